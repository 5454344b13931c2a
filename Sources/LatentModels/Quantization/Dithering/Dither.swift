import Torch

/// The offsets of a dithered quantizer, the same for whoever knows a seed.
///
/// The element at place i of a latent's row-major order is shifted by u = (j + ½)/D − ½, where j in 0 ..< D is drawn from (seed, i) alone: the upper 32
/// bits of ``SeedSequence/combined(_:)`` times D, divided by 2³². The D offsets lie evenly in −½ … ½, so that the coder can have a table for each. Given y, the error
/// takes D values at distances of 1/D; where y is spread evenly over such a distance, its variance is that of continuous offsets, 1/12.
///
/// A stream states them in 6 bytes: the number of this generator (1), the seed (4 bytes, little-endian) and D.
public struct Dither: Sendable, Equatable {
  /// The seed.
  public let seed: UInt32
  /// D, 1 to 255.
  public let count: Int

  /// The number of the generator above in streams.
  static let generator: UInt8 = 1
  /// The bytes of a statement.
  static let statementByteCount = 6

  /// Creates the offsets of a seed.
  public init(seed: UInt32, count: Int) {
    precondition(1...255 ~= count, "between 1 and 255 offsets have tables")
    self.seed = seed
    self.count = count
  }

  /// Returns j of the element at a place.
  public func level(at place: Int) -> Int {
    let upper = SeedSequence.combined(UInt64(seed), UInt64(place)) >> 32
    return Int((upper * UInt64(count)) >> 32)
  }

  /// Returns u of j.
  public func offset(ofLevel level: Int) -> Float { (Float(level) + 0.5) / Float(count) - 0.5 }

  /// What a stream says of the offsets.
  public var statement: [UInt8] {
    [Self.generator] + (0..<4).map { UInt8(truncatingIfNeeded: seed >> (8 * $0)) } + [UInt8(count)]
  }

  /// Reads what a stream says.
  ///
  /// - Throws: ``LatentModelError/stream(reason:)`` when it is no statement, or one of another generator.
  public init(statement: [UInt8]) throws(LatentModelError) {
    guard statement.count == Self.statementByteCount, let generator = statement.first, let count = statement.last, count > 0 else {
      throw .stream(reason: "its statement of the offsets has \(statement.count) bytes and no valid form")
    }
    guard generator == Self.generator else {
      throw .stream(reason: "its offsets come from generator \(generator), and this program knows generator \(Self.generator) alone")
    }
    seed = statement[1...4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    self.count = Int(count)
  }
}
