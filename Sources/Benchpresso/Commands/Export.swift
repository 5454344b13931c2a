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

        benchpresso export --ckpt_path last.ckpt --half --output m.safetensors
        benchpresso export --ckpt_path last.ckpt --compressai --output m.pth

      --compressai writes a PyTorch checkpoint of plain tensors instead, which torch.load reads with weights_only and CompressAI's \
      load_state_dict takes. It does not say which model it is of.
      """)

  @OptionGroup var options: StageOptions
  @Flag(help: "Keep the parameters in half precision.") var half = false
  @Flag(help: "Write a PyTorch checkpoint for CompressAI.") var compressai = false
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The file to write.", valueName: "file")) var output: String
  @Option(help: "How the result is told.") var format = OutputFormat.text

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
      let state = rounded(try model.storedState())
      if compressai {
        if let note = note(file.experiment.model, catalogue: catalogue) { Console.note("note: \(note)") }
        // load_state_dict would refuse what no PyTorch module has.
        let fingerprints = Set(model.namedBuffers().filter(\.buffer.isFingerprint).map(\.name))
        try TorchCheckpoint.write(StoredTensors(state.filter { !fingerprints.contains($0.name) }), to: output)
      } else {
        try ExportedModel(model: file.experiment.model).write(state, step: weights.step, to: output)
      }
      if format == .json { Console.result(try JSONOutput.text(Exported(file: output, parameters: model.parameterCount))) }
      Console.note("written: \(output) (\(NumberText.grouped(model.parameterCount)) parameters)")
    }
  }

  /// What keeps CompressAI from computing the same with these weights; nil when the model is one of its own.
  private func note(_ model: Component<ModelKind>, catalogue: Catalogue) -> String? {
    guard let entry = catalogue.entry(model.classPath), let name = entry.aliases.first(where: { !$0.contains(".") }) else {
      return "CompressAI has no counterpart of \(model.classPath); its tensors keep their names"
    }
    let sizes = ArchitectureSizes.sources.map(\.setting)
    let arguments = (model.arguments.fields ?? []).filter { sizes.contains($0.key) }.map { ($0.key, $0.value) }
    guard let plain = try? catalogue.resolve(Component<ModelKind>(entry.classPath, .map(arguments)))["init_args"] else { return nil }
    let others = (model.arguments.fields ?? []).filter { $0.key != "rate_distortion_function" && plain[$0.key] != $0.value }.map(\.key)
    guard !others.isEmpty else { return nil }
    return
      "the model has other settings than CompressAI's \(name) (\(others.joined(separator: ", "))); both compute the same only where they mean the same"
  }
}

/// An exported file as JSON.
private struct Exported: Encodable {
  let file: String
  let parameters: Int
}
