/// A layer each row of whose output depends on a bounded number of rows of its input, and columns likewise.
///
/// This is what must be known to run a network on one part of a picture after the other. Rows outside of the input count as zeros, as a
/// convolution pads them, and the rows move with each other: a shift of the input by the layer's stride shifts the output by one.
public protocol LocalLayer: Layer {
  /// Returns the rows of the input that the given rows of the output depend on.
  ///
  /// - Parameter rows: at least one; rows before 0 and behind the end are meant as if the tensor had no end.
  /// - Throws: ``UnknownReach`` when a part of the layer does not say it.
  func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int>
}

/// A layer that computes each place `[:, :, row, column]` of its output of the same place of its input alone.
public protocol PointwiseLayer: LocalLayer {}

extension PointwiseLayer {
  /// The same rows.
  public func inputRows(for rows: Range<Int>) -> Range<Int> { rows }
}

extension Layer {
  /// Returns the rows of the input that rows of the output depend on.
  ///
  /// - Throws: ``UnknownReach`` for a layer that is no ``LocalLayer``.
  public func neededRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> {
    guard let layer = self as? any LocalLayer else { throw UnknownReach(layer: "\(type(of: self))") }
    return try layer.inputRows(for: rows)
  }
}

extension Sequential: LocalLayer {
  /// The rows that the layers need, from the last to the first.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> {
    var rows = rows
    for layer in layers.reversed() { rows = try layer.neededRows(for: rows) }
    return rows
  }
}

/// A layer that does not say how far it sees.
public struct UnknownReach: Error, Sendable, Equatable, CustomStringConvertible {
  /// The type of the layer.
  public let layer: String

  /// Creates the error.
  public init(layer: String) { self.layer = layer }

  /// A clause.
  public var description: String { "how far '\(layer)' sees is not known" }
}
