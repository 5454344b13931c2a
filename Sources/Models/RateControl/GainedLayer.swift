import Torch

/// A network whose input or output is multiplied by a number for each channel.
final class GainedLayer: LocalLayer {
  private let network: any Layer
  private let before: Tensor?  // [1, C, 1, 1]
  private let after: Tensor?

  /// Creates the layer.
  ///
  /// - Parameters:
  ///   - before: what the input is multiplied by, `[C]`.
  ///   - after: what the output is multiplied by, `[C]`.
  init(_ network: any Layer, before: Tensor? = nil, after: Tensor? = nil) throws {
    self.network = network
    self.before = try before?.reshaped([1, -1, 1, 1])
    self.after = try after?.reshaped([1, -1, 1, 1])
  }

  var members: [Member] { network.members }

  func forward(_ input: Tensor) throws -> Tensor {
    let output = try network.traced(before.map { try input * $0 } ?? input)
    return try after.map { try output * $0 } ?? output
  }

  func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try network.neededRows(for: rows) }
}
