public import Torch

/// A prediction whose last layers see each place by itself, so that coding can leave out the places of other groups.
///
/// It gives the numbers that ``GroupPrediction/parameters(of:known:)`` gives at these places.
public protocol PlacePrediction: GroupPrediction {
  /// Returns the parameters of the densities of a group's channels at some places, `[N, P·C, 1, E]`.
  ///
  /// - Parameter places: their numbers in a grid of H rows and W columns, row by row; int64, `[E]`.
  func parameters(of group: Int, known: Tensor, at places: Tensor) throws -> Tensor
}

extension Tensor {
  /// Returns some places of an `[N, C, H, W]` tensor, `[N, C, 1, E]`; nil stands for all and leaves the tensor as it is.
  func taken(at places: Tensor?) throws -> Tensor {
    guard let places else { return self }
    return try reshaped([shape[0], shape[1], -1]).slices(along: 2, at: places).reshaped([shape[0], shape[1], 1, -1])
  }
}
