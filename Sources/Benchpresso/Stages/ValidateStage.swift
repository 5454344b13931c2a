import Datasets
import Models
import Registry
import Reporting
import Torch
import Training

/// The stage `validate`: the loss on the validation pictures.
struct ValidateStage {
  let invocation: StageInvocation
  /// How the result is printed.
  var format = OutputFormat.text
  /// Whether the result is told beside standard output, where another one goes.
  var isQuiet = false
  /// The checkpoint to take where the configuration names none.
  var fallback: String?

  /// Measures and prints.
  func run() throws {
    guard let weights = try invocation.checkpoint() ?? fallback.map({ try ModelWeights(path: $0) }) else {
      guard try invocation.load() != nil else { return }
      throw UsageError.needs(
        "validate needs trained weights: name them with --ckpt_path (a path, last or best); "
          + "without them the measurement would be of random weights")
    }
    guard let file = try invocation.load(weights: weights) else { return }
    let session = try Session(file.experiment, catalogue: invocation.catalogue)
    try session.data.prepare()
    _ = try session.data.files(.validate)
    let state = try session.trainingState(session.model())
    try StateMismatch.naming(weights.path) { try state.model.load(weights.tensors) }
    let trainer = Trainer(
      settings: file.experiment.trainer, data: session.data, folder: RunFolder(path: "."), seed: session.seed, configuration: "",
      parts: session.trainerParts)
    let report = try trainer.validate(state)
    switch isQuiet ? .text : format {
    case .text:
      let tell = isQuiet ? Console.note : Console.result
      tell(
        "loss \(NumberText.fixed(report.loss, decimals: 6))  bpp (estimated) \(NumberText.fixed(report.bitsPerPixel, decimals: 6))  "
          + "psnr \(NumberText.fixed(report.psnr, decimals: 4)) dB  \(report.pictures) pictures")
    case .json:
      Console.result(
        "{\"loss\": \(report.loss), \"bpp_estimated\": \(report.bitsPerPixel), \"psnr\": \(report.psnr), \"mse\": \(report.meanSquaredError), "
          + "\"pictures\": \(report.pictures)}")
    }
  }
}
