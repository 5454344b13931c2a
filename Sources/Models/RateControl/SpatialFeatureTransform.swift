public import Torch

/// A rate control to which each place of a picture can have a quality of its own.
public protocol QualityMapControl: RateControl {
  /// Returns what a model computes otherwise with a map.
  ///
  /// - Parameter map: from 0, the lowest rate, to 1, the highest, `[1, 1, H, W]` or `[N, 1, H, W]` with the sides of the padded pictures.
  func adaptation(map: Tensor) throws -> RateAdaptation
}

/// Feature transforms that a map of qualities steers: each place of a picture has a quality of its own.
///
///     h' = h ⊙ (1 + γ(c)) + β(c) behind stage l of the encoder, c = features of the map at the size of the stage
///     the same ahead of stage l of the decoder, c = features of ŷ;  λ(q) = λ_min·(λ_max/λ_min)^q for the quality q of a place
///
/// Song, Choi, Han, "Variable-rate deep image compression through spatially-adaptive feature transform", ICCV 2021, section 3. A rate point is
/// the same quality everywhere. A file says nothing of the map: the decoder has to read from ŷ what it needs.
///
/// What the paper leaves open or has otherwise: the decoder's condition is made of ŷ here, where the paper makes it of ẑ and gives the map to the
/// hyper analysis; 1 + γ stands for γ, so that random weights begin near the model without the control; a training draws a uniform map for every other
/// update and else one that rises from one quality to another in a random direction, where the paper draws kernels and the maps of data sets
/// beside.
public final class SpatialFeatureTransform: QualityMapControl {
  /// The rates.
  public let axis: RateAxis
  private let encoder: SpatialTransformLayers
  private let decoder: SpatialTransformLayers

  /// Creates a control for the networks of a place.
  ///
  /// - Parameters:
  ///   - points: how many rate points there are, at least 2.
  ///   - condition: the channels of the features of the condition.
  init(
    lambdas: ClosedRange<Double>, points: Int, condition: Int, place: RateControlPlan.Place, seeds: SeedSequence
  ) throws {
    let ends = RateAxis(lambdas: [lambdas.lowerBound, lambdas.upperBound])
    let inner = try (1..<points - 1).map { try ends.lambda(at: RatePosition(Double($0) / Double(points - 1))) }
    axis = RateAxis(lambdas: [lambdas.lowerBound] + inner + [lambdas.upperBound], isTrainedBetween: true)
    encoder = try SpatialTransformLayers(encoder: StageShape.encoder(place), condition: condition, seeds: seeds)
    decoder = try SpatialTransformLayers(decoder: StageShape.decoder(place), condition: condition, seeds: seeds)
  }

  /// The layers of all stages.
  public var members: [Member] { encoder.members("encoder") + decoder.members("decoder") }

  /// Returns the networks with one quality everywhere.
  public func adaptation(at point: RatePosition) throws -> RateAdaptation {
    _ = try axis.interval(at: point)
    return adaptation(condition: .level(point.position / axis.last.position))
  }

  /// Returns the networks with a map.
  public func adaptation(map: Tensor) throws -> RateAdaptation { adaptation(condition: .map(map)) }

  private func adaptation(condition: SpatialTransformNetwork.Condition) -> RateAdaptation {
    let (encoder, decoder) = (encoder, decoder)
    var adaptation = RateAdaptation()
    adaptation.analysis = { SpatialTransformNetwork(try stagedNetwork($0), layers: encoder, condition: condition) }
    adaptation.synthesis = { SpatialTransformNetwork(try stagedNetwork($0), layers: decoder, condition: .input) }
    return adaptation
  }
}
