import ArgumentParser
import Reporting
import SafeFiles

/// Lists the trained models that come with the program.
struct Zoo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the trained models that come along.",
    discussion: """
        benchpresso zoo
        benchpresso zoo quickstart/lambda-0.0130
        benchpresso encode --weights zoo:quickstart/lambda-0.0130 photo.png photo.bps

      'zoo:NAME' stands for the file wherever weights are asked for: encode, decode, find, --ckpt_path. The variable BENCHPRESSO_ZOO names \
      another folder, in which or in whose folders weights lie (NAME.safetensors), each with its card (NAME.card.md).
      """)

  @Argument(help: ArgumentHelp("Print the card of this model.", valueName: "name")) var name: String?
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let zoo = try ModelZoo.shipped()
      guard let name else {
        return Console.result(try format == .json ? JSONOutput.text(ZooReport(zoo)) : ZooReport.text(zoo))
      }
      let model = try zoo.model(name)
      if format == .json { return Console.result(try JSONOutput.text(ZooReport.Model(model))) }
      Console.result(String(decoding: try FileBytes.read(zoo.cardPath(of: model)), as: UTF8.self))
    }
  }
}
