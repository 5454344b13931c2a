/// Other coders such as JSON see a value that reads itself from a node as that node's plain values.
extension NodeDecodable {
  /// Creates a value from any coder.
  ///
  /// - Throws: ``ConfigurationError`` with all problems of the value.
  public init(from decoder: any Decoder) throws {
    let context = SettingsContext()
    do {
      try self.init(given: Node(from: decoder), fallback: nil, path: "", context: context)
    } catch is ReportedProblem {
      throw ConfigurationError(context.problems)
    }
    guard context.problems.isEmpty else { throw ConfigurationError(context.problems) }
  }

  /// Writes the plain values into any coder.
  public func encode(to encoder: any Encoder) throws { try node.encode(to: encoder) }
}
