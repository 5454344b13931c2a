import ArgumentParser
import BenchmarkClock
import BenchmarkModels
import LatentModels
import Models
import Torch
import Training

/// Times training steps on random pictures, one for each line of its input; the line 'count' asks for the multiply–accumulates of a step instead.
@main
struct TrainingStepBenchmark: ParsableCommand {
  @Option(help: "CompressAI's name of the model.") var architecture = "bmshj2018-factorized"
  @Option(help: "N, the channels between the layers.") var channels = 128
  @Option(help: "M, the channels of the latent.") var expansionChannels = 192
  @Option(help: "The pictures of a batch.") var batch = 8
  @Option(help: "The side of the pictures.") var size = 256
  @Option(help: "The threads of one operator.") var threads = 2

  func run() throws {
    try Runtime.setThreads(threads)
    let model = try BenchmarkModel.make(architecture, channels: channels, expansionChannels: expansionChannels)
    var settings = TrainingState.Settings(main: Adam.Settings(lr: 1e-4), auxiliary: Adam.Settings(lr: 1e-3))
    settings.clipping = GradientClipping(limit: 1)
    let state = try TrainingState(model: model, loss: RateDistortionLoss(lambda: 0.0130), settings: settings)
    let pictures = try Tensor.uniform([batch, 3, size, size], in: 0...1, seed: 2)
    var step = 0
    while let line = readLine() {
      let noise = SampleNoise(seed: 3, step: step, indices: Array(0..<batch))
      if line == "count" {
        let trace = try LayerTrace.recording { _ = try model.forward(pictures, noise: noise) }
        // Backward there are two products for each one forward, for the input and for the weights.
        Answer.write(["macs": 3 * trace.multiplyAccumulates])
      } else {
        Answer.write(["seconds": try Clock.seconds { _ = try state.update(pictures, noise: noise) }])
        step += 1
      }
    }
  }
}
