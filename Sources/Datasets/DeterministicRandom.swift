/// A random number generator whose numbers follow from what they are for, not from what was drawn before.
///
/// The key is mixed from a seed, a purpose, a step and a sample index; number n of the generator is mix(key + (n + 1)·γ), where
/// mix is the finaliser of SplitMix64 and γ = 0x9E3779B97F4A7C15 (Steele, Lea and Flood: "Fast splittable pseudorandom number
/// generators", OOPSLA 2014). Two samples of one step therefore have unrelated numbers, and a sample has the same numbers
/// whichever thread or process draws them and wherever a run was resumed.
/// The derived draws are defined here rather than by the standard library, so that they stay the same in every version.
public struct DeterministicRandom: RandomNumberGenerator, Sendable, Equatable {
  /// What random numbers are for; draws for different purposes are independent.
  public struct Purpose: RawRepresentable, Sendable, Equatable {
    /// The number that goes into the key.
    public let rawValue: UInt64

    /// Creates a purpose from its number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The order of the samples in an epoch.
    public static let order = Purpose(rawValue: 1)
    /// Crops, flips and other changes of a picture.
    public static let transform = Purpose(rawValue: 2)
    /// The noise that stands for quantisation in training.
    public static let quantizationNoise = Purpose(rawValue: 3)
    /// The first values of the weights.
    public static let initialization = Purpose(rawValue: 4)
    /// What networks of others draw by themselves, dropout for example.
    public static let network = Purpose(rawValue: 5)
    /// Which rate a step of a model of several rates is for.
    public static let rate = Purpose(rawValue: 6)
    /// Which frame of a sequence stands for it.
    public static let frame = Purpose(rawValue: 16)
  }

  private var state: UInt64
  private static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Creates the generator for one purpose at one step of a run with one seed, for one sample where there are several.
  public init(seed: UInt64, purpose: Purpose, step: Int = 0, sample: Int = 0) {
    var key = Self.mix(seed &+ Self.gamma)
    for part in [purpose.rawValue, UInt64(bitPattern: Int64(step)), UInt64(bitPattern: Int64(sample))] {
      key = Self.mix((key ^ part) &+ Self.gamma)
    }
    state = key
  }

  /// Returns the next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= Self.gamma
    return Self.mix(state)
  }

  /// Returns a number from 0 up to but not including 1, a multiple of 2^-53.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Returns an integer from 0 up to but not including `bound`, each equally likely.
  ///
  /// - Precondition: `bound` is at least 1.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound >= 1, "there is no integer to draw from")
    let bound = UInt64(bound)
    // Lemire's method: the high word of a product is uniform once the few low words that repeat unevenly are drawn again.
    let uneven = (0 &- bound) % bound
    while true {
      let product = next().multipliedFullWidth(by: bound)
      if product.low >= uneven { return Int(product.high) }
    }
  }

  /// Returns 0..<count in random order (Fisher–Yates).
  public mutating func permutation(count: Int) -> [Int] {
    var order = Array(0..<count)
    for position in stride(from: count - 1, to: 0, by: -1) { order.swapAt(position, integer(below: position + 1)) }
    return order
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
