import Benchpresso
import Foundation
import Registry
import Testing

/// What the program says to mistakes: the whole text on standard error, status 2, nothing on standard output.
struct ErrorMessagesTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    let name: String
    /// Files beside `ok.yaml`, a configuration without mistakes, and the listings of the thesis.
    var files: [String: String] = [:]
    let arguments: [String]
    let message: String

    var testDescription: String { name }

    /// The list of a kind's class paths as messages have it, so that a new component changes no test.
    static func known(_ kind: String) -> String {
      "Known: \(BuiltIn.entries.filter { $0.kind == kind }.map(\.classPath).sorted().joined(separator: ", "))"
    }

    init(_ name: String, files: [String: String] = [:], _ arguments: String..., says message: String) {
      self.name = name
      self.files = files
      self.arguments = arguments
      self.message = message
    }
  }

  /// A folder with a configuration in which nothing is wrong, though no pictures are there.
  static func folder() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.add("ok.yaml", "model: models.FactorizedPrior\ndata: {class_path: datasets.ImageFolder, init_args: {data_dir: pictures}}\n")
    for name in ["6.4.3", "6.5.5", "6.6.1"].map({ "listing-\($0).yaml" }) {
      try folder.add(name, String(contentsOfFile: "\(ThesisListingsTests.printed)/\(name)", encoding: .utf8))
    }
    return folder
  }

  @Test(arguments: MistakesInSettings.all + MistakesInComponents.all + MistakesInFiles.all + MistakesInCommands.all)
  func isToldAtItsPlace(mistake: Mistake) throws {
    let folder = try Self.folder()
    for (name, text) in mistake.files { try folder.add(name, text) }
    var command = Command(mistake.arguments, in: folder)
    // Nothing of this needs libtorch.
    command.program = try folder.lonelyProgram()
    let result = try command.run()
    #expect(result.messages == mistake.message + "\n")
    #expect(result.status == 2 && result.output.isEmpty, "\(result)")
    let longest = result.messages.components(separatedBy: "error: ").map { $0.split(separator: "\n").count }.max() ?? 0
    #expect(longest <= 6, "\(result.messages)")
    #expect(!folder.has("logs") && !folder.has("runs"), "nothing was run")
  }
}
