import Codecs
import Models
import Reporting

/// One rate of a model that is measured: all there is of a model of one, a point of the curve of a model of several.
struct RateUnderTest {
  let codec: LearnedCodec
  let lambda: Double
  let label: String
  let notes: [String]
}

extension ModelUnderTest {
  /// The rates to measure.
  ///
  /// - Parameter positions: those that were asked for; nil takes all that the model was trained for.
  /// - Throws: `RateError` when the model has not such a rate.
  func rates(_ positions: [Double]?) throws -> [RateUnderTest] {
    guard let axis = codec.rateAxis else {
      guard positions == nil else { throw RateError.fixedRate(model: codec.identity) }
      return [RateUnderTest(codec: codec, lambda: lambda, label: NumberText.fixed(lambda, decimals: 4), notes: [])]
    }
    return try (positions?.map { RatePosition($0) } ?? axis.points).map { position in
      let lambda = try axis.lambda(at: position)
      let place = NumberText.fixed(position.position, decimals: 3)
      let isTrained = axis.points.contains(position)
      return RateUnderTest(
        codec: try codec.at(position), lambda: lambda,
        // Two rates between two trained ones may have one λ but for digits that are not shown.
        label: NumberText.fixed(lambda, decimals: 4) + (isTrained ? "" : " at \(place)"),
        notes: ["rate point \(place) of one set of weights"])
    }
  }
}
