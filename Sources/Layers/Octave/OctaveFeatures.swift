public import Torch

/// Features at two resolutions: those of high frequencies at the full one, and those of low frequencies at half of it.
public struct OctaveFeatures {
  /// `[N, C_H, H, W]`.
  public let high: Tensor
  /// `[N, C_L, ⌈H/2⌉, ⌈W/2⌉]`; nil where there are no low frequencies.
  public let low: Tensor?

  /// Gathers both.
  public init(high: Tensor, low: Tensor? = nil) { (self.high, self.low) = (high, low) }

  /// The sum with features of the same shapes.
  static func + (left: OctaveFeatures, right: OctaveFeatures) throws -> OctaveFeatures {
    let low: Tensor? = if let one = left.low, let other = right.low { try one + other } else { left.low ?? right.low }
    return OctaveFeatures(high: try left.high + right.high, low: low)
  }
}

/// The rows at both resolutions, each in its own numbers.
public struct OctaveRows: Equatable, Sendable {
  /// The rows of high frequencies.
  public let high: Range<Int>
  /// The rows of low frequencies; nil where there are none.
  public let low: Range<Int>?

  /// Gathers both.
  public init(high: Range<Int>, low: Range<Int>?) { (self.high, self.low) = (high, low) }
}

/// How many of a number of channels are for high and how many for low frequencies.
public struct OctaveChannels: Equatable, Sendable {
  /// C_H.
  public let high: Int
  /// C_L; 0 for none.
  public let low: Int

  /// Only high frequencies, as pictures and latents of other models have them.
  public init(high: Int, low: Int = 0) { (self.high, self.low) = (high, low) }

  /// α·C channels for low frequencies, rounded, and the rest for high ones, of each 1 at least.
  public init(_ channels: Int, ratio: Double) {
    low = max(1, min(channels - 1, Int((ratio * Double(channels)).rounded())))
    high = max(1, channels - low)
  }
}

/// A layer that works at two resolutions and lets them exchange what they know.
public protocol OctaveLayer: Module {
  /// Returns the layer's output.
  func forward(_ input: OctaveFeatures) throws -> OctaveFeatures

  /// Returns the rows of the input that rows of the output depend on.
  ///
  /// - Throws: `UnknownReach` when a part of the layer does not say it.
  func inputRows(for rows: OctaveRows) throws(UnknownReach) -> OctaveRows
}
