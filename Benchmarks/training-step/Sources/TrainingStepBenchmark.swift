import ArgumentParser
import LatentModels
import Layers
import Models
import Torch
import Training

/// Times training steps of the factorized-prior model on random pictures and prints the seconds of each as JSON.
@main
struct TrainingStepBenchmark: ParsableCommand {
  @Option(help: "N, the channels between the layers.") var channels = 128
  @Option(help: "M, the channels of the latent.") var expansionChannels = 192
  @Option(help: "The pictures of a batch.") var batch = 8
  @Option(help: "The side of the pictures.") var size = 256
  @Option(help: "The threads of one operator.") var threads = 2
  @Option(help: "The steps to time.") var steps = 8

  func run() throws {
    try Runtime.setThreads(threads)
    let model = try FactorizedPrior(
      channels: channels, expansionChannels: expansionChannels,
      nonlinearity: { try GeneralizedDivisiveNormalization(channels: $0, inverse: $1) }, seeds: SeedSequence(1))
    var settings = TrainingState.Settings(main: Adam.Settings(lr: 1e-4), auxiliary: Adam.Settings(lr: 1e-3))
    settings.clipping = GradientClipping(limit: 1)
    let state = try TrainingState(model: model, loss: RateDistortionLoss(lambda: 0.0130), settings: settings)
    let pictures = try Tensor.uniform([batch, 3, size, size], in: 0...1, seed: 2)
    var seconds: [Double] = []
    for step in 0..<steps {
      let start = ContinuousClock.now
      _ = try state.update(pictures, noise: SampleNoise(seed: 3, step: step, indices: Array(0..<batch)))
      seconds.append((ContinuousClock.now - start) / .seconds(1))
    }
    print("{\"seconds\": [\(seconds.map { "\($0)" }.joined(separator: ", "))]}")
  }
}
