import Benchpresso
import Foundation
import Registry
import Testing
import Training

/// The configurations that ship.
struct ConfigurationFilesTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static let files: [String] = {
    let folder = URL(fileURLWithPath: "\(root)/Configs").resolvingSymlinksInPath().path
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test(arguments: files)
  func everyFileIsAnExperiment(file: String) throws {
    let read = try ExperimentFile(paths: ["\(Self.root)/Configs/\(file)"], overrides: [], catalogue: BuiltIn.catalogue())
    #expect(read.notes.isEmpty)
    // What was resolved says the same when it is read again.
    let folder = try TestFolder()
    try folder.add("resolved.yaml", read.resolved)
    let again = try ExperimentFile(paths: ["\(folder.path)/resolved.yaml"], overrides: [], catalogue: BuiltIn.catalogue())
    #expect(again.experiment.model == read.experiment.model && again.experiment.data == read.experiment.data)
    #expect(again.resolved == read.resolved)
  }

  @Test func thereAreSome() { #expect(Self.files.contains("quickstart/train.yaml")) }

  @Test func theFineTuningIsLaidOverTheTraining() throws {
    let paths = ["train", "finetune"].map { "\(Self.root)/Configs/quickstart/\($0).yaml" }
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
