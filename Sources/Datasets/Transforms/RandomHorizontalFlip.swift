public import Images

/// Exchanges left and right of some pictures.
public struct RandomHorizontalFlip: ImageTransform, Equatable {
  /// What a configuration says about this transform.
  public struct Settings: Codable, Sendable, Equatable {
    /// The probability of a flip, 0...1.
    public var p = 0.5

    /// Creates the default settings.
    public init() {}
  }

  /// The probability of a flip.
  public let p: Double

  /// Creates the transform.
  ///
  /// - Throws: ``DatasetError`` when `p` is not in 0...1.
  public init(p: Double = Settings().p) throws(DatasetError) {
    guard 0...1 ~= p else { throw DatasetError.setting(name: "p", value: "\(p)", allowed: "between 0 and 1") }
    self.p = p
  }

  /// Returns `image` or its mirror image.
  public func apply(_ image: Image, random: inout DeterministicRandom) -> Image {
    random.unit() < p ? image.flippedHorizontally() : image
  }
}
