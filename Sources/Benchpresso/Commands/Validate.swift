import ArgumentParser
import Datasets
import Models
import Registry
import Reporting
import Torch
import Training

/// Measures the loss on the validation pictures.
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the rate–distortion loss on the validation pictures.",
    discussion: "Latents are rounded and rates estimated from likelihoods; 'test' measures with real bitstreams.")

  @OptionGroup var options: ExperimentOptions
  @Option(help: "How the result is printed: text or json.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let catalogue = try Program.catalogue()
      let file = try options.load(catalogue)
      let session = try Session(file.experiment, catalogue: catalogue)
      _ = try session.data.files(.validate)
      guard let path = try session.checkpointPath() else {
        throw ValidationError("name the weights to validate with --ckpt_path; without them the measurement would be of random weights")
      }
      let weights = try ModelWeights(path: path)
      let state = try session.trainingState(session.model())
      try StateMismatch.naming(path) { try state.model.load(weights.tensors) }
      let folder = RunFolder(path: ".")
      let trainer = Trainer(
        settings: file.experiment.trainer, data: session.data, folder: folder, seed: session.seed, configuration: file.resolved)
      let report = try trainer.validate(state)
      switch format {
      case .text:
        Console.result(
          "loss \(NumberText.fixed(report.loss, decimals: 6))  bpp (estimated) \(NumberText.fixed(report.bitsPerPixel, decimals: 6))  "
            + "psnr \(NumberText.fixed(report.psnr, decimals: 4)) dB  \(report.pictures) pictures")
      case .json:
        Console.result(
          "{\"loss\": \(report.loss), \"bpp_estimated\": \(report.bitsPerPixel), \"psnr\": \(report.psnr), \"mse\": \(report.meanSquaredError), "
            + "\"pictures\": \(report.pictures)}")
      }
    }
  }
}

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
