import Benchpresso
import Configuration
import Foundation
import Registry
import Testing
import Training

/// The configurations that ship.
struct ConfigurationFilesTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static let files: [String] = {
    let folder = URL(fileURLWithPath: "\(root)/configs").resolvingSymlinksInPath().path
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    // Parts of experiments have tests of their own.
    let isPart = { (name: String) in ["trainer/", "rates/", "codecs/"].contains { name.hasPrefix($0) } }
    return all.filter { $0.hasSuffix(".yaml") && !isPart($0) }.sorted()
  }()

  /// The configurations of classical codecs.
  static let allCodecs = ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/configs/codecs")) ?? []).sorted()

  /// The files but for those that are alike.
  static let distinctFiles = files.filter { !$0.hasPrefix("thesis/variants/") || $0.contains("_gsdn_n192_test_q3_") }

  @Test(arguments: files)
  func everyFileIsAnExperiment(file: String) throws {
    let read = try ExperimentFile(paths: ["\(Self.root)/configs/\(file)"], overrides: [], catalogue: BuiltIn.catalogue())
    // Data and networks that are made first.
    let missing = ["data_dir", "coder.init_args.path"]
    #expect(
      read.notes.allSatisfy { note in missing.contains { note.path.hasSuffix($0) } || note.path == "trainer.logger" }, "\(read.notes)")
    // What was resolved says the same when it is read again.
    let folder = try TestFolder()
    try folder.add("resolved.yaml", read.resolved)
    let again = try ExperimentFile(paths: ["\(folder.path)/resolved.yaml"], overrides: [], catalogue: BuiltIn.catalogue())
    #expect(again.experiment.model == read.experiment.model && again.experiment.data == read.experiment.data)
    #expect(again.resolved == read.resolved)
  }

  @Test func thereAreSome() { #expect(Self.files.contains("quickstart/train.yaml")) }

  @Test func theFineTuningIsLaidOverTheTraining() throws {
    let paths = ["train", "finetune"].map { "\(Self.root)/configs/quickstart/\($0).yaml" }
    let both = try ExperimentFile(paths: paths, overrides: [], catalogue: BuiltIn.catalogue()).experiment
    let training = try ExperimentFile(paths: [paths[0]], overrides: [], catalogue: BuiltIn.catalogue()).experiment
    #expect(both.model == training.model && both.data == training.data)
    #expect(both.trainer.maxSteps < training.trainer.maxSteps)
  }

  @Test func everyComponentHasASummaryAndDefaultsThatHold() throws {
    let catalogue = try BuiltIn.catalogue()
    #expect(!catalogue.entries.isEmpty)
    for entry in catalogue.entries { #expect(entry.summary.hasSuffix("."), "\(entry.classPath)") }
  }
}
