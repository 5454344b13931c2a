/// A struct of settings: every property has a default, so that a configuration names only what differs.
///
/// Use synthesised coding: the names of the properties in snake_case are the keys. Properties may be truth values, integers, floating-point
/// numbers, texts, enums with text raw values, other settings, components, and optionals, lists and dictionaries (by text) of these.
public protocol Settings: Codable, Sendable, Equatable {
  /// Creates the defaults.
  init()

  /// What each setting means, by the name of its property: the documentation comments, as `make documentation` collects them.
  ///
  /// Without a declaration of it there are no texts.
  static var documentation: [String: String] { get }
}

extension Settings {
  /// No texts.
  public static var documentation: [String: String] { [:] }
}

/// Settings that check their own values.
public protocol ValidatedSettings: Settings {
  /// Returns what is wrong, as the property's name and a sentence such as "must be positive, found 0"; empty when all is well.
  func problems() -> [(key: String, sentence: String)]
}

/// The settings of something that has none.
public struct NoSettings: Settings {
  /// Creates the only value.
  public init() {}
}
