import ArgumentParser
import Models
import Registry
import Reporting
import Torch

/// Turns weights of another program into a file that says which model they are of.
struct Import: ParsableCommand {
  /// A program whose weights can be read.
  enum Source: String, ExpressibleByArgument, CaseIterable {
    case compressai
  }

  static let configuration = CommandConfiguration(
    abstract: "Turn weights of CompressAI into a file of ours.",
    discussion: """
        benchpresso import compressai mbt2018-mean-1.pth.tar \\
            --architecture mbt2018-mean -o q1.safetensors

      The numbers of channels come from the shapes of the tensors, and the file is all that 'test', 'encode' and 'decode' need. \
      The coder's tables are kept as they are; where there are none, they are computed. 'benchpresso list models' names the models, \
      'describe' their names in CompressAI.
      """)

  @Argument(help: "The program that wrote the weights: compressai.") var source: Source
  @Argument(help: "The checkpoint: .pth, .pth.tar or safetensors.") var checkpoint: String
  @Option(help: ArgumentHelp("The name of the model in CompressAI, such as mbt2018-mean.", valueName: "name")) var architecture: String
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The file to write.", valueName: "file")) var output: String
  @Option(help: ArgumentHelp("Decode the payloads in this folder first; decoded.png beside them is compared.", valueName: "folder"))
  var verify: String?
  @Option(help: ArgumentHelp("The size of the picture of --verify, where the folder does not say it.", valueName: "widthxheight"))
  var size: PictureSize?
  @Option(help: ArgumentHelp("The rate at which a model of several wrote --verify; without it the highest.", valueName: "number"))
  var ratePoint: Double?
  @Option(help: ArgumentHelp("What the weights were trained with; a label of results.", valueName: "number")) var lambda: Double?
  @Flag(help: "Compute the coder's tables even where the checkpoint has them.") var update = false
  @Option(help: "How the result is told.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      if let lambda, !(lambda > 0 && lambda.isFinite) { throw UsageError.needs("--lambda must be a positive number, found \(lambda)") }
      guard ratePoint == nil || verify != nil else { throw UsageError.needs("--rate-point belongs to --verify") }
      guard size == nil || verify != nil else { throw UsageError.needs("--size belongs to --verify") }
      let catalogue = try Program.catalogue()
      let architecture = try Architecture(architecture, catalogue: catalogue)
      let imported = try CompressAIImport(path: checkpoint, architecture: architecture, lambda: lambda, updatesTables: update)
      if imported.tablesAreNew { Console.note("note: the coder's tables were computed from the weights") }
      if let verify {
        let isCompared = try imported.verify(PayloadFolder(path: verify), size: size, rate: ratePoint.map { RatePosition($0) })
        Console.note("verified: '\(verify)' is decoded" + (isCompared ? " and gives decoded.png" : ""))
      }
      try ExportedModel(model: imported.component).write(imported.model.storedState(), to: output)
      let parameters = imported.model.parameterCount
      Console.note("written: \(output) (\(imported.component.classPath), \(NumberText.grouped(parameters)) parameters)")
      guard format == .json else { return }
      let report = Imported(
        file: output, model: imported.component.classPath, parameters: parameters, tables: imported.tablesAreNew ? "computed" : "kept")
      Console.result(try JSONOutput.text(report))
    }
  }
}

/// An imported file as JSON.
private struct Imported: Encodable {
  let file: String
  let model: String
  let parameters: Int
  let tables: String
}
