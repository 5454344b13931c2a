public import Torch

/// Where the training noise comes from that stands for quantisation.
public protocol NoiseSource {
  /// Returns numbers of U(−½, ½) for the latent `name` (`y`, `z`, …) with `shape` `[N, C, H, W]`.
  func noise(for name: String, shape: [Int]) throws -> Tensor
}

/// Noise that depends only on the seed, the step, the index of the sample in the data set and the latent's name.
///
/// So a run does not change with the number of workers or processes, nor with the split of a batch over devices.
public struct SampleNoise: NoiseSource {
  private let seed: UInt64
  private let step: Int
  private let indices: [Int]
  private let device: Device

  /// Creates the noise of one step for the samples `indices`, in the order of the batch.
  public init(seed: UInt64, step: Int, indices: [Int], device: Device = .cpu) {
    self.seed = seed
    self.step = step
    self.indices = indices
    self.device = device
  }

  /// Returns one draw for each sample, stacked.
  public func noise(for name: String, shape: [Int]) throws -> Tensor {
    let key = name.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    let samples = try indices.map { index in
      try Tensor.uniform(
        Array(shape.dropFirst()), in: -0.5...0.5, seed: SeedSequence.combined(seed, UInt64(step), UInt64(index), key))
    }
    return try Tensor.stacked(samples).to(device)
  }
}
