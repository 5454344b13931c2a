import LatentModels
import Layers
public import Torch

/// A chain of octave layers, from one tensor or two packed latents to one tensor or two packed latents.
///
/// Where latents are packed, rows are those of the low one; see `PairLayout`.
public final class OctaveNetwork: LocalLayer {
  private let layers: [any OctaveLayer]
  private let input: PairLayout?
  private let output: PairLayout?

  /// Creates a network.
  ///
  /// - Parameters:
  ///   - input: how what it gets is packed; nil for a tensor of high frequencies alone.
  ///   - output: how what it gives is packed; nil for high frequencies alone.
  init(_ layers: [any OctaveLayer], input: PairLayout?, output: PairLayout?) {
    precondition([input, output].allSatisfy { $0 == nil || $0?.factor == 2 }, "an octave is a factor of two")
    (self.layers, self.input, self.output) = (layers, input, output)
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.enumerated().map { .module("\($0.offset)", $0.element) } }

  /// Returns the network's output.
  public func forward(_ tensor: Tensor) throws -> Tensor {
    let pair = try input?.unpacked(tensor)
    let given = pair.map { OctaveFeatures(high: $0.high, low: $0.low) } ?? OctaveFeatures(high: tensor)
    let features = try layers.reduce(given) { try $1.forward($0) }
    guard let output else { return features.high }
    guard let low = features.low else { throw LatentModelError.size(expected: "features of two resolutions", found: "one") }
    return try output.packed(LatentPair(high: features.high, low: low))
  }

  /// The rows that all layers need.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> {
    var needed = OctaveRows(high: rows, low: nil)
    if output != nil { needed = OctaveRows(high: 2 * rows.lowerBound..<2 * rows.upperBound, low: rows) }
    for layer in layers.reversed() { needed = try layer.inputRows(for: needed) }
    guard input != nil else { return needed.high }
    // Both rounded away from the rows in question, also below zero.
    let halves = needed.high.lowerBound >> 1..<((needed.high.upperBound - 1) >> 1) + 1
    guard let low = needed.low else { return halves }
    return min(low.lowerBound, halves.lowerBound)..<max(low.upperBound, halves.upperBound)
  }
}
