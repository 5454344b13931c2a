public import Torch

/// A way to give one model several rates: what is learned for it, and what the model computes otherwise at each of them.
///
/// Its members are those of a ``RateControlledModel`` beside the members of the model without it.
public protocol RateControl: Module {
  /// The rates.
  var axis: RateAxis { get }

  /// Returns what the model computes otherwise at a rate; gradients go to the members.
  ///
  /// - Throws: ``RateError`` when there is no such point.
  func adaptation(at point: RatePosition) throws -> RateAdaptation
}
