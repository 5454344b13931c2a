import Torch

/// Noise for the latents of one part of a model, drawn under other names than those of a part like it.
struct RenamedNoise: NoiseSource {
  let base: any NoiseSource
  let suffix: String

  /// Returns the noise of `name` with the suffix.
  func noise(for name: String, shape: [Int]) throws -> Tensor { try base.noise(for: name + suffix, shape: shape) }
}

extension NoiseSource {
  /// The source with a suffix behind all names.
  func named(_ suffix: String) -> any NoiseSource { RenamedNoise(base: self, suffix: suffix) }
}
