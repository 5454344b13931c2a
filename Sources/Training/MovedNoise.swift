import LatentModels
import Torch

/// Noise that is drawn on the processor, so that every device sees the same, and moved to another device.
struct MovedNoise: NoiseSource {
  let source: any NoiseSource
  let device: Device

  func noise(for name: String, shape: [Int]) throws -> Tensor { try source.noise(for: name, shape: shape).to(device) }
}
