public import Torch

/// A context model whose elements are coded in groups: each group is predicted from the groups before it and from side information.
///
/// One engine, ``GroupCoding``, trains, estimates and codes with all of them.
public protocol GroupedContext: Module {
  /// The channels of the latent, M.
  var channels: Int { get }
  /// How many numbers describe the density of an element, P.
  var parametersPerElement: Int { get }

  /// The order for a latent of some height and width.
  func order(height: Int, width: Int) -> CodingOrder

  /// Returns the parts under their names, with the density among them where CompressAI's models keep theirs.
  func members(with density: any ElementDensity) -> [Member]

  /// Begins the prediction of one batch.
  ///
  /// - Parameter hyper: what side information says, ψ, `[N, K, H, W]`; nil for none.
  func begin(hyper: Tensor?) throws -> any GroupPrediction
}

extension GroupedContext {
  /// The parts and `y`, the density.
  public func members(with density: any ElementDensity) -> [Member] { members + [.module("y", density)] }
}

/// The prediction of one batch, asked for one group after the other.
public protocol GroupPrediction {
  /// Returns the parameters of the densities of a group's channels at all places; those of other groups' elements do not matter.
  ///
  /// - Parameters:
  ///   - group: the number of the group.
  ///   - known: ŷ, `[N, M, H, W]`, of the groups before this one and zero elsewhere.
  /// - Returns: `[N, P·C, H, W]`, each of the P numbers for all C channels of the group.
  func parameters(of group: Int, known: Tensor) throws -> Tensor

  /// Returns ŷ after a group is known, of which groups behind it and the synthesis see the result.
  ///
  /// - Parameter known: ŷ, `[N, M, H, W]`, with the group's elements.
  func refined(after group: Int, known: Tensor) throws -> Tensor
}

extension GroupPrediction {
  /// Returns what is known as it is.
  public func refined(after group: Int, known: Tensor) throws -> Tensor { known }
}
