/// A source of seeds for the initial values of parameters: the same start gives the same sequence on every machine.
///
/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
public final class SeedSequence {
  private var state: UInt64

  /// Creates a sequence from its first seed.
  public init(_ seed: UInt64) { state = seed }

  /// Returns the next seed.
  public func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// Returns a seed that depends on all of `keys`.
  public static func combined(_ keys: UInt64...) -> UInt64 {
    keys.reduce(0) { mixed(($0 ^ $1) &+ 0x9E37_79B9_7F4A_7C15) }
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
