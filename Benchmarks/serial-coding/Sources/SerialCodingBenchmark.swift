import ArgumentParser
import LatentModels
import Torch

/// Times the serial part of coding with a context model, on random weights and latents, and prints the seconds of each pass as JSON.
///
/// Everything between the output of the hyper synthesis and the payload of y is in the times, and the way back; the transforms are not. Beside
/// the clock's seconds stand those of the processor, which do not count what other programs took.
@main
struct SerialCodingBenchmark: ParsableCommand {
  @Option(help: "M, the channels of the latent.") var channels = 192
  @Option(help: "The height of the latent.") var height = 32
  @Option(help: "The width of the latent.") var width = 48
  @Option(help: "The passes to time, each in both directions.") var passes = 5

  func run() throws {
    try Runtime.setThreads(1)
    let model = try ContextModel(channels: channels, seeds: SeedSequence(1))
    let conditional = try GaussianConditional()
    try conditional.updateTables()
    let latent = try Tensor.uniform([1, channels, height, width], in: -4...4, seed: 2)
    let hyper = try Tensor.uniform([1, 2 * channels, height, width], in: -4...4, seed: 3)
    var payloads: [[UInt8]] = []
    var encoding = Times()
    var decoding = Times()
    for _ in 0..<passes {
      try encoding.add { payloads = try model.compress(latent, hyper: hyper, conditional: conditional) }
      try decoding.add { _ = try model.decompress(payloads, hyper: hyper, conditional: conditional) }
    }
    print("{\"bytes\": \(payloads[0].count), \"encode\": \(encoding), \"decode\": \(decoding)}")
  }
}

/// The seconds of passes.
struct Times: CustomStringConvertible {
  private var seconds: [Double] = []
  private var processorSeconds: [Double] = []

  mutating func add(_ pass: () throws -> Void) rethrows {
    let (start, processorStart) = (ContinuousClock.now, ProcessorClock.seconds)
    try pass()
    seconds.append((ContinuousClock.now - start) / .seconds(1))
    processorSeconds.append(ProcessorClock.seconds - processorStart)
  }

  var description: String { "{\"seconds\": \(seconds), \"processor_seconds\": \(processorSeconds)}" }
}
