public import Images
public import Metrics
import Torch
import Weights

/// The learned perceptual image patch similarity, version 0.1; 0 for identical pictures, lower is better.
///
/// Samples are scaled to −1…1, then shifted and scaled as the network was trained. At each of five taps the features of both pictures are brought to unit length over
/// the channels; their squared differences are weighted per channel, summed, and averaged over the places; the taps are added. Zhang, Isola,
/// Efros, Shechtman, Wang: "The unreasonable effectiveness of deep features as a perceptual metric", CVPR 2018, eq. 1.
public final class LPIPS: ImageMetric {
  /// The network under the measure.
  public enum Network: String, Sendable, CaseIterable {
    /// VGG16.
    case vgg
    /// AlexNet.
    case alex
  }

  private let kind: Network
  private let network: FeatureNetwork
  private let heads: [Tensor]

  /// Loads the network.
  ///
  /// - Throws: ``MetricWeightsError`` where its weights are missing or others, `TorchError`.
  public init(_ kind: Network) throws {
    let tensors = try MetricWeights.read(kind == .vgg ? .lpipsVGG : .lpipsAlex)
    self.kind = kind
    network = try kind == .vgg ? .vgg(tensors) : .alex(tensors)
    heads = try (0..<5).map { try MetricWeights.tensor("head\($0).weight", in: tensors) }
  }

  /// `lpips_vgg` or `lpips_alex`.
  public var key: String { "lpips_\(kind.rawValue)" }
  /// The name.
  public var name: String { "LPIPS (\(kind == .vgg ? "VGG16" : "AlexNet"), v0.1)" }
  /// Lower is better.
  public var higherIsBetter: Bool { false }
  /// The sizes for which it is defined.
  public var requirement: String { "both sides of at least \(smallestSide) pixels" }

  private var smallestSide: Int { kind == .vgg ? 16 : 31 }

  /// Returns the distance; nil where the pictures are too small for the network's poolings.
  ///
  /// - Throws: `MetricError` when the pictures differ in size, `TorchError`.
  public func value(of reconstruction: Image, original: Image) throws -> Double? {
    try MetricError.check(reconstruction, original)
    guard min(original.width, original.height) >= smallestSide else { return nil }
    return try withoutGradients {
      var (left, right) = (try Self.input(reconstruction), try Self.input(original))
      var sum = 0.0
      for stage in network.stages.indices {
        left = try network.features(left, stage: stage)
        right = try network.features(right, stage: stage)
        let difference = try (Self.normalized(left) - Self.normalized(right)).squared()
        sum += try difference.convolved(weight: heads[stage], bias: nil).mean().item()
      }
      return sum
    }
  }

  private static func input(_ image: Image) throws -> Tensor {
    let samples = try Tensor.pictures(interleaved: image.pixels, count: 1, height: image.height, width: image.width, format: .channelsLast)
    let shift = try Tensor([-0.030, -0.088, -0.188] as [Float], shape: [1, 3, 1, 1])
    let scale = try Tensor([0.458, 0.448, 0.450] as [Float], shape: [1, 3, 1, 1])
    return try (samples * 2 - 1 - shift) / scale
  }

  private static func normalized(_ features: Tensor) throws -> Tensor {
    try features / (features.squared().sum(over: [1], keeping: true).squareRoot() + 1e-10)
  }
}
