public import Torch

/// A model with several rates in one set of weights.
public protocol VariableRateModel: CompressionModel {
  /// The rates.
  var rateAxis: RateAxis { get }

  /// Returns the model at one rate: a light view that shares all weights and tables and is otherwise a model as any other.
  ///
  /// What it computes follows changes of the weights, but for what depends on the rate alone, which is taken now.
  ///
  /// - Throws: ``RateError`` when there is no such point.
  func bound(to point: RatePosition) throws -> any TransformCodingModel
}

/// A model with several rates in which each place of a picture can have a quality of its own.
public protocol QualityMapModel: VariableRateModel {
  /// Whether the model takes maps; it may depend on what it is made of.
  var takesQualityMaps: Bool { get }

  /// Returns the model with a map of qualities, a view as ``VariableRateModel/bound(to:)`` gives it.
  ///
  /// What it codes is decoded at any rate: a decoder needs no map.
  ///
  /// - Parameter map: from 0, the lowest rate, to 1, the highest, `[1, 1, H, W]` or `[N, 1, H, W]` with the sides of the padded pictures.
  /// - Throws: ``RateError/noQualityMap`` when the model takes none.
  func bound(toMap map: Tensor) throws -> any TransformCodingModel
}

extension CompressionModel {
  /// Returns the model at a rate.
  ///
  /// - Parameters:
  ///   - point: the rate; nil takes the highest of a model with several, and the model itself otherwise.
  ///   - name: what errors call the model.
  /// - Throws: ``RateError`` when the model has no such rate.
  public func atRate(_ point: RatePosition?, name: String) throws -> any CompressionModel {
    if let model = self as? any VariableRateModel { return try model.bound(to: point ?? model.rateAxis.last) }
    guard point == nil else { throw RateError.fixedRate(model: name) }
    return self
  }
}
