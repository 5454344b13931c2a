import ArgumentParser
import Configuration
import Models
import Registry
import Reporting
import Torch
import Training
import Weights

/// Writes the weights of a checkpoint alone, with the model's configuration.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write weights, tables and model into one file.",
    discussion: """
      The file is all that 'test', 'encode' and 'decode' need. With --half the parameters are kept in 16 bits; the coder tables are computed from the
      rounded parameters, so that whoever reads the file codes with the same numbers.

        benchpresso export --ckpt_path logs/smoke/version_0/checkpoints/last.ckpt --half model.safetensors
      """)

  @OptionGroup var options: StageOptions
  @Flag(help: "Keep the parameters in half precision.") var half = false
  @Option(help: ArgumentHelp("The file to write.", valueName: "file")) var output: String
  @Option(help: "How the result is told: text or json.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let invocation = try StageInvocation(stage: "export", words: try options.configuration())
      let catalogue = invocation.catalogue
      guard let weights = try invocation.checkpoint() else { throw UsageError.needs("export needs weights: name them with --ckpt_path") }
      guard let file = try invocation.load(weights: weights) else { return }
      let plan: ModelPlan = try catalogue.build(file.experiment.model)
      let model = try plan.build(seed: 0)
      let parameters = Set(model.namedParameters().map(\.name))
      // Only parameters are rounded: constants such as 2⁻³⁶ would vanish in half precision.
      func rounded(_ tensors: StoredTensors) -> StoredTensors {
        half
          ? StoredTensors(tensors.map { ($0.name, parameters.contains($0.name) ? $0.tensor.converted(to: .float16) : $0.tensor) }) : tensors
      }
      try StateMismatch.naming(weights.path) { try model.load(rounded(weights.tensors)) }
      try model.updateTables()
      var state = rounded(try model.storedState())
      let configuration = try SettingsEncoder.node(of: ExportedModel(model: file.experiment.model))
      state.metadata = ["benchpresso.format": "benchpresso.weights/1", "benchpresso.configuration": configuration.yaml()]
      if let step = weights.step { state.metadata["benchpresso.step"] = String(step) }
      try SafeTensors.write(state, to: output)
      if format == .json { Console.result(try JSONOutput.text(Exported(file: output, parameters: model.parameterCount))) }
      Console.note("written: \(output) (\(NumberText.grouped(model.parameterCount)) parameters)")
    }
  }
}

/// An exported file as JSON.
private struct Exported: Encodable {
  let file: String
  let parameters: Int
}

/// The configuration that a file of weights carries.
struct ExportedModel: Settings {
  /// The model that the weights belong to.
  var model = Component<ModelKind>("models.FactorizedPrior")

  init() {}

  init(model: Component<ModelKind>) { self.model = model }
}
