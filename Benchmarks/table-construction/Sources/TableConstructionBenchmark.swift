import ArgumentParser
import BenchmarkClock
import LatentModels
import Torch

/// Times the making of the entropy coder's tables from fresh densities: all tables anew for each line of its input, answered as JSON.
@main
struct TableConstructionBenchmark: ParsableCommand {
  @Option(help: "The channels of the entropy bottleneck.") var channels = 192
  @Option(help: "The threads of one operator.") var threads = 1

  func run() throws {
    try Runtime.setThreads(threads)
    let bottleneck = try EntropyBottleneck(channels: channels, seeds: SeedSequence(1))
    let conditional = try GaussianConditional()
    while readLine() != nil {
      let density = try Clock.seconds { try bottleneck.updateTables() }
      let gaussians = try Clock.seconds { try conditional.updateTables() }
      Answer.write(["bottleneck": density, "gaussians": gaussians])
    }
  }
}
