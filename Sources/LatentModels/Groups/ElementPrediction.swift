public import Torch

/// A prediction that computes the parameters of a group's elements alone, for context models of so many groups that whole tensors for each of them would
/// be too slow.
public protocol ElementPrediction: GroupPrediction {
  /// The context model that predicts.
  var context: any GroupedContext { get }

  /// Returns the parameters of the densities of a group's elements, `[N, P·E]`: each of the P numbers for all E elements in the order of
  /// ``ElementGroup/elements(height:width:)``. The groups are asked for one after the other.
  func elementParameters(of group: Int, known: Tensor) throws -> Tensor
}

extension ElementPrediction {
  /// Returns the parameters of the group's channels at all places, zeros for other groups' elements.
  public func parameters(of group: Int, known: Tensor) throws -> Tensor {
    let (shape, numbers) = (known.shape, context.parametersPerElement)
    let own = context.order(height: shape[2], width: shape[3]).groups[group]
    let places = own.elements(height: shape[2], width: shape[3])
    let values = try elementParameters(of: group, known: known).reshaped([shape[0], numbers, places.count])
    return try Tensor.zeros([shape[0], numbers, own.channels.count * shape[2] * shape[3]]).to(known.device)
      .withSlices(along: 2, at: Tensor(places, shape: [places.count]).to(known.device), values)
      .reshaped([shape[0], numbers * own.channels.count, shape[2], shape[3]])
  }
}
