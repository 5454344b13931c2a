import Torch
import Weights

/// The whole numbers that an entropy coder takes.
enum Symbols {
  /// The error for an element that is not finite or beyond 32 bits.
  static var notCodable: LatentModelError { .notCodable(reason: "an element is not finite or too large; did the training diverge?") }

  /// Returns whole floating-point numbers as int32 in row-major order.
  ///
  /// - Throws: ``LatentModelError/notCodable(reason:)`` when an element is not finite or beyond 32 bits.
  static func make(_ rounded: Tensor) throws -> Tensor {
    guard try rounded.count == 0 || rounded.absolute().maximumElement().item() < 0x1p30 else { throw notCodable }
    return try rounded.to(.int32).contiguous()
  }

  /// Returns where the elements of each sample of an `[N, C, H, W]` tensor lie in row-major order.
  static func samples(of shape: [Int]) -> [Range<Int>] {
    let perSample = shape[1] * shape[2] * shape[3]
    return (0..<shape[0]).map { $0 * perSample..<($0 + 1) * perSample }
  }
}
