/// The dotted path of an option, taken apart: `trainer.callbacks[EarlyStopping].patience`, `trainer.callbacks+`.
struct OptionPath: Equatable {
  enum Step: Equatable {
    /// A key of a map; of a list, a key of its last item.
    case key(String)
    /// An item of a list, by its class or its index.
    case item(String)
  }

  /// No setting lies deeper, and what is nested deeper could not be read again.
  static let longest = YAMLReader.largestDepth

  let steps: [Step]
  /// Whether the value is appended to the list.
  let appends: Bool

  /// Creates a path; nil when the text is none.
  init?(_ text: String) {
    appends = text.hasSuffix("+")
    guard let keys = KeySpelling.keys(of: appends ? String(text.dropLast()) : text), keys.first?.hasPrefix("[") == false,
      keys.count <= Self.longest
    else { return nil }
    steps = keys.map { $0.hasPrefix("[") ? .item(String($0.dropFirst().dropLast())) : .key($0) }
  }
}
