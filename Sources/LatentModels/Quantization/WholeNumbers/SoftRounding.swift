public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Rounding that can be differentiated, and what undoes it after noise was added.
///
/// With r = y − ⌊y⌋ − ½
///
///     s_α(y) = ⌊y⌋ + ½ + ½·tanh(α·r) / tanh(α/2)
///     r_α(v) = s_α⁻¹(v − ½) + ½
///
/// s_α tends to the identity for α → 0 and to rounding for α → ∞; whole numbers and the borders between their cells stay where they are, so that
/// round(s_α(y)) = round(y) and r_α(k) = k for whole k. r_α(v) is the mean of y given s_α(y) + u = v with u ~ U(−½, ½), where y is spread evenly around v.
/// Agustsson, Theis, "Universally quantized neural compression", NeurIPS 2020.
public struct SoftRounding: Sendable, Equatable {
  /// α.
  public let sharpness: Double

  /// The range of α: above it 32 bits do not tell s_α from rounding, below it not from the identity.
  public static let range = 0.01...14.0

  /// Creates soft rounding of a sharpness, limited to ``range``.
  public init(sharpness: Double) {
    self.sharpness = min(max(sharpness, Self.range.lowerBound), Self.range.upperBound)
  }

  /// Returns s_α(y).
  public func rounded(_ latent: Tensor) throws -> Tensor {
    let floor = try latent.detached().roundedDown()
    let step = try ((latent - floor - 0.5) * sharpness).hyperbolicTangent()
    return try floor + (step * (0.5 / tanh(sharpness / 2)) + 0.5)
  }

  /// Returns r_α(v).
  public func undone(_ values: Tensor) throws -> Tensor {
    let shifted = try values - 0.5
    let floor = try shifted.detached().roundedDown()
    // Rounding errors must not lead to the poles of the area tangent.
    let part = try ((shifted - floor - 0.5) * (2 * tanh(sharpness / 2))).clamped(from: -Self.largestTangent, to: Self.largestTangent)
    let area = try ((part + 1) / (-part + 1)).logarithm() * (0.5 / sharpness)
    return try floor + (area + 1)
  }

  private static let largestTangent = 1 - 1e-6
}
