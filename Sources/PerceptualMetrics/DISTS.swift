public import Images
public import Metrics
import Torch
import Weights

/// Deep image structure and texture similarity as a distance: about 0 for identical pictures, lower is better.
///
/// From the picture (0…1) and the five taps of VGG16 with energy pooling in place of maxima, means and variances of each channel over all places
/// are compared as SSIM does (c = 1e-6); the comparisons are weighted, and 1 minus their sum is the distance. Ding, Ma, Wang, Simoncelli:
/// "Image quality assessment: unifying structure and texture similarity", TPAMI 2022, eq. 8.
public final class DISTS: ImageMetric {
  private let network: FeatureNetwork
  private let means: [Tensor]
  private let structures: [Tensor]
  private static let channels = [3, 64, 128, 256, 512, 512]

  /// Loads the network and the weights of the comparisons.
  ///
  /// - Throws: ``MetricWeightsError`` where weights are missing or others, `TorchError`.
  public init() throws {
    network = try .vgg(MetricWeights.read(.lpipsVGG), poolsEnergy: true)
    let tensors = try MetricWeights.read(.dists)
    let (alpha, beta) = (try MetricWeights.tensor("alpha", in: tensors), try MetricWeights.tensor("beta", in: tensors))
    let total = try alpha.sum() + beta.sum()
    func parts(_ weights: Tensor) throws -> [Tensor] {
      var start = 0
      return try Self.channels.map { count in
        defer { start += count }
        return try (weights / total).narrowed(1, from: start, length: count)
      }
    }
    means = try parts(alpha)
    structures = try parts(beta)
  }

  /// `dists`.
  public var key: String { "dists" }
  /// The name.
  public var name: String { "DISTS" }
  /// Lower is better.
  public var higherIsBetter: Bool { false }

  /// Returns the distance; never nil.
  ///
  /// - Throws: `MetricError` when the pictures differ in size, `TorchError`.
  public func value(of reconstruction: Image, original: Image) throws -> Double? {
    try MetricError.check(reconstruction, original)
    return try withoutGradients {
      func samples(_ image: Image) throws -> Tensor {
        try Tensor.pictures(interleaved: image.pixels, count: 1, height: image.height, width: image.width, format: .channelsLast)
      }
      func input(_ samples: Tensor) throws -> Tensor {
        let mean = try Tensor([0.485, 0.456, 0.406] as [Float], shape: [1, 3, 1, 1])
        let deviation = try Tensor([0.229, 0.224, 0.225] as [Float], shape: [1, 3, 1, 1])
        return try (samples - mean) / deviation
      }
      let (left, right) = (try samples(reconstruction), try samples(original))
      var similarity = try compared(left, right, 0)
      var (leftFeatures, rightFeatures) = (try input(left), try input(right))
      for stage in network.stages.indices {
        leftFeatures = try network.features(leftFeatures, stage: stage)
        rightFeatures = try network.features(rightFeatures, stage: stage)
        similarity += try compared(leftFeatures, rightFeatures, stage + 1)
      }
      return 1 - similarity
    }
  }

  private func compared(_ x: Tensor, _ y: Tensor, _ tap: Int) throws -> Double {
    func mean(_ tensor: Tensor) throws -> Tensor { try tensor.mean(over: [2, 3], keeping: true) }
    let (meanX, meanY) = (try mean(x), try mean(y))
    let product = try meanX * meanY
    let texture = try (product * 2 + 1e-6) / (meanX.squared() + meanY.squared() + 1e-6)
    let (varianceX, varianceY) = (try mean((x - meanX).squared()), try mean((y - meanY).squared()))
    let covariance = try mean(x * y) - product
    let structure = try (covariance * 2 + 1e-6) / (varianceX + varianceY + 1e-6)
    return try (means[tap] * texture).sum().item() + (structures[tap] * structure).sum().item()
  }
}
