import Configuration
import Foundation
import Registry
import Testing

@testable import Benchpresso

struct ConfigurationPrintingTests {
  /// Every combination of flags.
  static let flags = [
    "", "comments", "skip_null", "skip_default", "comments,skip_null", "comments,skip_default", "skip_null,skip_default",
    "comments,skip_null,skip_default",
  ]

  static func print(_ file: ExperimentFile, _ flags: String) throws -> String {
    try ConfigurationPrinting(flags).text(file, catalogue: BuiltIn.catalogue())
  }

  private static func expectToComeBack(_ file: ExperimentFile, _ what: String) throws {
    let folder = try TestFolder()
    for flags in flags {
      try folder.add("printed.yaml", try print(file, flags))
      let again = try ExperimentFile(paths: ["\(folder.path)/printed.yaml"], catalogue: BuiltIn.catalogue())
      let differences = Difference.between(file.tree, again.tree).map {
        "\($0.path): \(Difference.text($0.left)) | \(Difference.text($0.right))"
      }
      #expect(differences.isEmpty, "\(what), \(flags)")
    }
  }

  @Test(arguments: ConfigurationFilesTests.distinctFiles)
  func everyFileComesBack(file: String) throws {
    try Self.expectToComeBack(
      try ExperimentFile(paths: ["\(ConfigurationFilesTests.root)/configs/\(file)"], catalogue: BuiltIn.catalogue()), file)
  }

  @Test(arguments: [
    [], ["--trainer.gradient_clip_val", "null"], ["--aux_optimizer.lr", "1e-4"], ["--aux_optimizer.lr", "1e-3"],
    ["--optimizer.lr", "1e-4"], ["--trainer.logger", "false"],
    ["--trainer.callbacks+", "ModelCheckpoint", "--trainer.callbacks.save_top_k", "0"], ["--model.activation", "ReLU"],
    ["--model.encoder.activation", "ReLU"], ["--model.activation.inverse", "true"],
    ["--model", "FactorizedPriorReLU"], ["--description", "\"$${N} $$$${M} \\uFFFF \\e[1m\\n#x: 'y' \\r\\L\""],
    ["--lr_scheduler", "MultiStep", "--lr_scheduler.milestones", "[1, 2]"],
    [
      "--data.transform",
      "{class_path: transform.Compose, init_args: {transforms: [RandomCrop, NoCrop, {class_path: transform.RandomHorizontalFlip, init_args: {p: 1}}]}}",
    ],
    ["--model.entropy_bottleneck", "{class_path: prior.EntropyBottleneck, init_args: {channels: 192, filters: [3]}}"],
    ["--seed_everything", "random"], ["--trainer.fast_dev_run", "3"],
  ])
  func whatWasTypedComesBack(words: [String]) throws {
    try Self.expectToComeBack(try SpellingTests.file(words), "\(words)")
  }

  @Test func nothingLeftOut() throws {
    let text = try Self.print(try SpellingTests.file([]), "")
    #expect(text.hasPrefix("# benchpresso \(BuiltIn.version)\nname: experiment\n"))
    #expect(
      text.contains("\n  max_steps: 1000000\n") && text.contains("\n  max_epochs: null\n")
        && text.split(separator: "\n").count { $0.hasPrefix("#") } == 1)
  }

  @Test func comments() throws {
    let text = try Self.print(try SpellingTests.file([]), "comments")
    #expect(text.contains("\n  # The number of steps after which training ends, at least 1; -1 for no limit.\n  max_steps: 1000000\n"))
    #expect(text.contains("\n      # How many pictures a batch has") || text.contains("\n    # How many pictures a batch has"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 130 })
  }

  @Test func skippedNulls() throws {
    let text = try Self.print(try SpellingTests.file([]), "skip_null")
    #expect(!text.contains("null") && text.contains("max_steps"))
    let other = try Self.print(try SpellingTests.file(["--trainer.gradient_clip_val", "null"]), "skip_null")
    #expect(other.split(separator: "\n").filter { $0.contains("null") } == ["  gradient_clip_val: null"])
  }

  @Test func skippedDefaults() throws {
    #expect(try Self.print(try SpellingTests.file([]), "skip_default") == "# benchpresso \(BuiltIn.version)\n{}\n")
    let words = [
      "--trainer.max_steps", "3", "--data.batch_size", "2", "--model.encoder.activation", "{class_path: GDN, init_args: {beta_min: 1e-5}}",
      "--optimizer.lr", "0.0001",
    ]
    let text = try Self.print(try SpellingTests.file(words), "skip_default")
    let tree = try ConfigurationFile.parse(text, source: "a.yaml")
    #expect(tree["trainer"] == ["max_steps": 3] && tree.node(at: "data.init_args") == ["batch_size": 2])
    #expect(tree["model"]?["init_args"]?.fields?.map(\.key) == ["encoder"])
    #expect(tree.fields?.map(\.key) == ["model", "data", "trainer"])
  }

  static let known: [(text: String, flags: [ConfigurationPrinting.Flag])] = [
    ("", []), (",", []), ("comments", [.comments]), ("skip_null,comments", [.comments, .skipNull]), ("skip_default", [.skipDefault]),
  ]

  @Test(arguments: known)
  func knownFlags(text: String, flags: [ConfigurationPrinting.Flag]) throws { #expect(try ConfigurationPrinting(text).flags == Set(flags)) }

  @Test(arguments: ["comment", "skip_nul", "x,comments"])
  func wrongFlags(text: String) throws {
    let error = try #require(throws: UsageError.self) { try ConfigurationPrinting(text) }
    #expect(
      error.description.hasPrefix("--print_config: there is no '")
        && error.description.hasSuffix("Valid: comments, skip_null, skip_default"))
  }
}
