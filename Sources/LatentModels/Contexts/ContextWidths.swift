/// How wide a network of three layers is after its first and its second one.
public struct ContextWidths: Sendable, Equatable {
  /// After the first layer.
  public let first: Int
  /// After the second layer.
  public let second: Int

  /// Creates widths.
  public init(first: Int, second: Int) { (self.first, self.second) = (first, second) }

  /// 224 and 128, those of Minnen and Singh (2020) and of He and others (2022) for latents of 320 channels.
  public static let paper = ContextWidths(first: 224, second: 128)
}
