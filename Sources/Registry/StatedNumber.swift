public import Configuration

/// A number of a plan together with the setting that says it, so that two numbers that do not fit can both be named.
public struct StatedNumber: Sendable, Equatable {
  /// The number.
  public let value: Int
  /// The dotted path of the setting that says it; nil when it is fixed.
  public let path: String?
  /// The place of the setting.
  public let mark: Mark

  /// Creates a number; without a path it is one that no setting changes.
  public init(_ value: Int, path: String? = nil, mark: Mark = .defaults) {
    self.value = value
    self.path = path
    self.mark = mark
  }

  /// ` (model.init_args.channels)`, or nothing for a number that no setting changes.
  public var origin: String { path.map { " (\($0))" } ?? "" }
}
