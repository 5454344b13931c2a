public import Torch

/// Two latents of one picture, of which one has a fraction of the other's sides.
public struct LatentPair {
  /// The one of more places, `[N, C_H, f·h, f·w]`.
  public let high: Tensor
  /// The one of fewer places, `[N, C_L, h, w]`.
  public let low: Tensor

  /// Gathers both.
  public init(high: Tensor, low: Tensor) { (self.high, self.low) = (high, low) }
}

/// How two latents lie in one tensor, so that all that works on one latent works on two.
///
/// A packed tensor has the sides of the low latent, and the channels of the low one first; behind them each channel of the high one has f² channels, the f×f
/// squares of its places row by row. The order of the elements is all that packing changes.
public struct PairLayout: Equatable, Sendable {
  /// C_H.
  public let high: Int
  /// C_L.
  public let low: Int
  /// f, how many times the sides of the low latent those of the high one are.
  public let factor: Int

  /// Creates a layout.
  public init(high: Int, low: Int, factor: Int) { (self.high, self.low, self.factor) = (high, low, factor) }

  /// The channels of a packed tensor.
  public var packedChannels: Int { low + factor * factor * high }

  /// The channels of both latents together.
  public var channels: Int { low + high }

  /// The layout of latents with `multiple` times the channels.
  public func times(_ multiple: Int) -> PairLayout { PairLayout(high: multiple * high, low: multiple * low, factor: factor) }

  /// Returns both in one tensor.
  ///
  /// - Throws: ``LatentModelError`` for sides that do not fit each other.
  public func packed(_ pair: LatentPair) throws -> Tensor {
    let (high, low) = (pair.high.shape, pair.low.shape)
    guard high.count == 4, low.count == 4, high[1] == self.high, low[1] == self.low, high[2] == factor * low[2],
      high[3] == factor * low[3]
    else {
      throw LatentModelError.size(
        expected: "a pair of \(self.high) and \(self.low) channels, the first of \(factor) times the sides", found: "\(high) and \(low)")
    }
    return try Tensor.concatenated([pair.low, pair.high.pixelsUnshuffled(factor: factor)], along: 1)
      .contiguous(pair.high.preferredFormat)
  }

  /// Returns what lies in one tensor, in its order of elements.
  ///
  /// - Throws: ``LatentModelError`` for another number of channels.
  public func unpacked(_ packed: Tensor) throws -> LatentPair {
    guard packed.shape.count == 4, packed.shape[1] == packedChannels else {
      throw LatentModelError.size(expected: "\(packedChannels) channels of two latents", found: "\(packed.shape)")
    }
    let format = packed.preferredFormat
    let high = try packed.narrowed(1, from: low, length: packedChannels - low).pixelsShuffled(factor: factor)
    return LatentPair(high: try high.contiguous(format), low: try packed.narrowed(1, from: 0, length: low).contiguous(format))
  }

  /// Returns side information of both in one tensor, or that of one where the other has none; nil where neither has any.
  func packed(high: Tensor?, low: Tensor?) throws -> Tensor? {
    guard let high else { return low }
    let lower = try low ?? Tensor.empty([high.shape[0], 0, high.shape[2] / factor, high.shape[3] / factor], device: high.device)
    return try packed(LatentPair(high: high, low: lower))
  }

  /// Returns side information of each latent; nil for one of no channels.
  func unpackedParts(_ packed: Tensor?) throws -> (high: Tensor?, low: Tensor?) {
    guard let packed else { return (nil, nil) }
    if high == 0 { return (nil, packed) }
    let pair = try unpacked(packed)
    return (pair.high, low == 0 ? nil : pair.low)
  }
}

extension Tensor {
  fileprivate var preferredFormat: MemoryFormat { !isContiguous && isChannelsLast ? .channelsLast : .contiguous }
}
