import ArgumentParser
import Reporting
import SafeFiles

/// Lists the trained models that come with the program.
struct Zoo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the trained models that come with the program, or print the card of one.",
    discussion: """
        benchpresso zoo
        benchpresso zoo mshp_gdn_q3_mse
        benchpresso encode --weights zoo:mshp_gdn_q3_mse photo.png photo.bps

      'zoo:NAME' stands for the file wherever weights are asked for: encode, decode, find, --ckpt_path. The variable BENCHPRESSO_ZOO names \
      another folder of weights (NAME.safetensors), each with its card (NAME.card.md).
      """)

  @Argument(help: ArgumentHelp("Print the card of this model.", valueName: "name")) var name: String?
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let zoo = try ModelZoo.shipped()
      guard let name else {
        let report = ZooReport(zoo)
        return Console.result(try format == .json ? JSONOutput.text(report) : report.text)
      }
      let model = try zoo.model(name)
      if format == .json {
        let own = ZooReport.Model(name: model.name, path: model.path, isDefault: model.isDefault, card: model.card)
        return Console.result(try JSONOutput.text(own))
      }
      Console.result(String(decoding: try FileBytes.read("\(zoo.folder)/\(model.name).card.md"), as: UTF8.self))
    }
  }
}
