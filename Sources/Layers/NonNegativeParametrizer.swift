public import Torch

/// The reparametrisation that keeps a parameter above a minimum during training.
///
/// With the pedestal p = 2⁻³⁶ the stored value s stands for max(s, √(minimum + p))² − p. Near zero the step of a gradient descent shrinks with the
/// value, so that a parameter neither crosses the minimum nor sticks to it (Ballé, "Efficient nonlinear transforms for lossy image compression",
/// PCS 2018). Pedestal and form are CompressAI's.
public final class NonNegativeParametrizer: Module {
  private let pedestal: Buffer
  private let bound: Buffer

  private static let pedestalValue: Double = 0x1p-36

  /// Creates the reparametrisation for values of at least `minimum`.
  public init(minimum: Double = 0) throws(TorchError) {
    pedestal = Buffer(try Tensor.full([1], Self.pedestalValue))
    bound = Buffer(try Tensor.full([1], (minimum + Self.pedestalValue).squareRoot()))
  }

  /// The buffers under CompressAI's names.
  public var members: [Member] {
    [.buffer("pedestal", pedestal), .module("lower_bound", BoundBuffer(bound))]
  }

  /// Returns the value to store for `value`: √max(value + p, p).
  public func initial(_ value: Tensor) throws(TorchError) -> Tensor {
    try (value + Self.pedestalValue).clamped(from: Self.pedestalValue).squareRoot()
  }

  /// Returns the value that `stored` stands for.
  public func value(of stored: Tensor) throws -> Tensor {
    try LowerBound.apply(stored, bound: bound.tensor).squared() - pedestal.tensor
  }
}

/// Gives a lower bound its place in the state_dict (`….lower_bound.bound`).
public final class BoundBuffer: Module {
  private let bound: Buffer

  /// Creates the module around its buffer.
  public init(_ bound: Buffer) { self.bound = bound }

  /// The buffer `bound`.
  public var members: [Member] { [.buffer("bound", bound)] }
}
