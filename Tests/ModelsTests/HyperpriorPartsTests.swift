import LatentModels
import Layers
import Models
import Testing
import Torch

@Suite(.serialized) struct HyperpriorPartsTests {
  private static func parts(_ name: String) throws -> HyperpriorParts {
    let normalization = { (channels: Int, inverse: Bool) -> any Layer in
      try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
    }
    let seeds = SeedSequence(1)
    return switch name {
    case "cheng2020-anchor":
      try Cheng2020Anchor(channels: 24, nonlinearity: normalization, evaluationRounding: .asCoded, seeds: seeds).parts
    default:
      try JointAutoregressiveHyperprior(
        channels: 16, expansionChannels: 24, nonlinearity: normalization, evaluationRounding: .asCoded, seeds: seeds
      ).parts
    }
  }

  /// How a convolution is shared among threads changes the last bits of its sums; what is coded with must not depend on it.
  @Test(arguments: ["mbt2018", "cheng2020-anchor"])
  func theNumberOfThreadsChangesNoBit(name: String) throws {
    try withoutGradients {
      let parts = try Self.parts(name)
      let channels = name == "mbt2018" ? 16 : 24
      let z = try (Tensor.uniform([1, channels, 8, 12], in: -20...20, seed: 4)).rounded()
      defer { try? Runtime.setThreads(1) }
      try Runtime.setThreads(1)
      let expected = try parts.codingOutput(z).elements(Float.self).map(\.bitPattern)
      for threads in [2, 3, 16, 32, 64] {
        try Runtime.setThreads(threads)
        #expect(try parts.codingOutput(z).elements(Float.self).map(\.bitPattern) == expected, "\(threads) threads")
        // What follows has the threads that were set.
        #expect(try Runtime.threads() == threads)
      }
    }
  }
}
