import Foundation
import Images
import Layers
import Models
import Torch

/// A model with random weights, small enough for quick tests, with its coder tables.
func tinyModel(seed: UInt64 = 7, channels: Int = 4) throws -> FactorizedPrior {
  try Runtime.setThreads(1)
  let model = try FactorizedPrior(
    channels: channels, expansionChannels: 6,
    nonlinearity: { channels, inverse in try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse) },
    seeds: SeedSequence(seed))
  // Random weights give latents near zero; larger ones make the payloads say something.
  try withoutGradients {
    for (name, parameter) in model.namedParameters() where name.hasPrefix("g_a") && name.hasSuffix("weight") {
      try parameter.tensor.scale(by: 3)
    }
  }
  try model.updateTables()
  return model
}

/// A smooth picture with some detail, the same for the same size.
func testImage(_ width: Int, _ height: Int, seed: Int = 0) -> Image {
  var pixels: [UInt8] = []
  pixels.reserveCapacity(width * height * 3)
  for y in 0..<height {
    for x in 0..<width {
      for channel in 0..<3 { pixels.append(UInt8(truncatingIfNeeded: (x * 5 + y * (3 + channel) + (x * y) / 7 + seed * 31) & 0xFF)) }
    }
  }
  return Image(width: width, height: height, pixels: pixels)
}
