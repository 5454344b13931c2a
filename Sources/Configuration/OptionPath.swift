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
    var steps: [Step] = []
    for part in (appends ? text.dropLast() : text[...]).split(separator: ".", omittingEmptySubsequences: false) {
      // An index may hold dots, so parts of one bracket are put together again.
      if case .item(let open)? = steps.last, !open.hasSuffix("]") {
        steps[steps.count - 1] = .item("\(open).\(part)")
      } else if let bracket = part.firstIndex(of: "[") {
        if bracket != part.startIndex { steps.append(.key(String(part[..<bracket]))) }
        steps.append(.item(String(part[part.index(after: bracket)...])))
      } else if !part.isEmpty {
        steps.append(.key(String(part)))
      } else {
        return nil
      }
    }
    var closed: [Step] = []
    for step in steps {
      switch step {
      case .key: closed.append(step)
      case .item(let text):
        guard text.hasSuffix("]"), text.count > 1 else { return nil }
        let selectors = text.dropLast().split(separator: "][", omittingEmptySubsequences: false)
        guard selectors.allSatisfy({ !$0.isEmpty }) else { return nil }
        closed += selectors.map { .item(String($0)) }
      }
    }
    guard case .key? = closed.first, closed.count <= Self.longest else { return nil }
    self.steps = closed
  }
}
