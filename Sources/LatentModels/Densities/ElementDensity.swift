public import Torch

/// A family of densities: what is coded of an element whose parameters are predicted.
///
/// Parameters come as a tensor whose second dimension holds each of the P numbers for all elements, one number after the other: `[N, P·C, H, W]` for
/// values `[N, C, H, W]`, or `[N, P·E]` for `[N, E]`.
public protocol ElementDensity: Module {
  /// How many numbers describe an element, P.
  var parametersPerElement: Int { get }

  /// Returns what elements are rounded around, of the values' shape; nil for zero.
  func center(of parameters: Tensor) throws -> Tensor?

  /// Returns the parameters of the densities of values times a gain.
  ///
  /// - Parameter gain: positive, broadcast to the values' shape.
  func scaled(_ parameters: Tensor, by gain: Tensor) throws -> Tensor

  /// Returns the probability of the interval of length 1 around each value, bounded below by 1e-9.
  func likelihoods(of values: Tensor, parameters: Tensor) throws -> Tensor

  /// Computes the coder's tables, where there are any.
  func updateTables() throws

  /// Returns a writer of one stream.
  func encoder() throws -> any ElementEncoder

  /// Returns a reader of one stream.
  func decoder(_ stream: [UInt8]) throws -> any ElementDecoder
}

/// A writer of one stream of whole numbers, given in the order in which they are read.
public protocol ElementEncoder: AnyObject {
  /// Adds whole numbers.
  ///
  /// - Parameters:
  ///   - symbols: int32, `[1, E]`: the elements less their centres.
  ///   - parameters: `[1, P·E]`.
  func append(_ symbols: Tensor, parameters: Tensor) throws

  /// Returns the stream.
  func finish() throws -> [UInt8]
}

/// A reader of one stream of whole numbers.
public protocol ElementDecoder: AnyObject {
  /// Returns the next whole numbers as int32, `[1, E]`.
  ///
  /// - Parameter parameters: `[1, P·E]`.
  func next(parameters: Tensor) throws -> Tensor

  /// Checks that nothing is left.
  func finish() throws
}
