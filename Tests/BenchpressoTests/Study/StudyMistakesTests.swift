import Foundation
import Testing

/// Mistakes in study files: every one at its place and with a remedy, all at once, before anything runs.
struct StudyMistakesTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    let messages: [String]

    /// The study without mistakes with other lines.
    init(_ name: String, _ lines: [Int: String], _ messages: String...) {
      var all = StudyMistakesTests.study
      for (number, line) in lines.sorted(by: { $0.key < $1.key }) {
        if number <= all.count { all[number - 1] = line } else { all.append(line) }
      }
      (testDescription, text, self.messages) = (name, all.joined(separator: "\n") + "\n", messages)
    }

    /// Another text.
    init(_ name: String, text: String, _ messages: String...) { (testDescription, self.text, self.messages) = (name, text, messages) }
  }

  private static let study = [
    "study: s", "base: [base.yaml]", "variations: {gdn: {}, relu: {model.activation: nonlinearity.ReLU}}",
    "rates: {values: {q1: 0.01, q2: 0.02}}", "datasets: {photos: {data.data_dir: pictures}}",
  ]

  /// The class paths of a kind as messages have them.
  static func known(_ kind: String) -> String { ErrorMessagesTests.Mistake.known(kind) }

  private func run(_ text: String) throws -> (result: Command.Result, folder: TestFolder) {
    let folder = try TestFolder()
    try folder.add(
      "base.yaml", "model: models.FactorizedPrior\ndata: {class_path: datasets.ImageFolder, init_args: {data_dir: pictures}}\n")
    try folder.add("m.yaml", text)
    var command = Command(["study", "plan", "m.yaml"], in: folder)
    // Nothing of this needs libtorch.
    command.program = try folder.lonelyProgram()
    return (try command.run(), folder)
  }

  @Test(arguments: inSettings + inVariations + inMeasurements)
  func isToldAtItsPlace(mistake: Mistake) throws {
    let (result, folder) = try run(mistake.text)
    let errors = result.messages.split(separator: "\n").filter { $0.hasPrefix("error: ") }.map { String($0.dropFirst(7)) }
    #expect(errors == mistake.messages)
    #expect(result.status == 2 && result.output.isEmpty, "\(result)")
    #expect(!folder.has("runs"), "nothing is written")
  }

  @Test func withoutAMistakeThereIsAPlan() throws {
    let (result, folder) = try run(Self.study.joined(separator: "\n") + "\n")
    #expect(result.status == 0 && folder.has("runs/s/plan.json"), "\(result)")
  }
}
