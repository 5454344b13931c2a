import ArgumentParser
import BenchmarkClock
import LatentModels
import Torch

/// Times the serial part of coding with a context model, on random weights and latents: a pass for each line of its input, answered as JSON.
///
/// Everything between the output of the hyper synthesis and the payload of y is in the times, and the way back; the transforms are not. Beside
/// the clock's seconds stand those of the processor, which do not count what other programs took.
@main
struct SerialCodingBenchmark: ParsableCommand {
  @Option(help: "M, the channels of the latent.") var channels = 192
  @Option(help: "The height of the latent.") var height = 32
  @Option(help: "The width of the latent.") var width = 48

  func run() throws {
    try Runtime.setThreads(1)
    let model = try ContextModel(channels: channels, seeds: SeedSequence(1))
    let conditional = try GaussianConditional()
    try conditional.updateTables()
    let latent = try Tensor.uniform([1, channels, height, width], in: -4...4, seed: 2)
    let hyper = try Tensor.uniform([1, 2 * channels, height, width], in: -4...4, seed: 3)
    while readLine() != nil {
      let (payloads, encoding) = try Self.measured { try model.compress(latent, hyper: hyper, conditional: conditional) }
      let (_, decoding) = try Self.measured { try model.decompress(payloads, hyper: hyper, conditional: conditional) }
      Answer.write("{\"bytes\": \(payloads[0].count), \"encode\": \(encoding), \"decode\": \(decoding)}")
    }
  }

  /// What `work` gives and the seconds that it takes, of the clock and of the processor, as JSON.
  private static func measured<Result>(_ work: () throws -> Result) rethrows -> (Result, String) {
    let start = ProcessorClock.seconds
    let (result, seconds) = try Clock.measured(work)
    return (result, "{\"seconds\": \(seconds), \"processor_seconds\": \(ProcessorClock.seconds - start)}")
  }
}
