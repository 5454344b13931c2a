/// What is looked for.
public struct RegistryQuery: Sendable, Equatable {
  /// A condition on a number of a point.
  public struct Condition: Sendable, Equatable {
    /// How the number lies to the bound.
    public enum Comparison: String, Sendable, CaseIterable {
      case less = "<"
      case atMost = "<="
      case more = ">"
      case atLeast = ">="
      case equal = "="
    }

    /// The number's name.
    public let key: String
    /// The comparison.
    public let comparison: Comparison
    /// The bound.
    public let bound: Double

    /// Reads `psnr>=32`; nil for anything else.
    public init?(_ text: String) {
      guard let sign = text.firstIndex(where: { "<>=".contains($0) }) else { return nil }
      let rest = text[sign...]
      let symbol = rest.prefix { "<>=".contains($0) }
      let key = text[..<sign].trimming { $0.isWhitespace }
      let bound = rest[symbol.endIndex...].trimming { $0.isWhitespace }
      guard let comparison = Comparison(rawValue: String(symbol)), let number = Double(bound), number.isFinite, !key.isEmpty,
        key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
      else { return nil }
      (self.key, self.comparison, self.bound) = (String(key), comparison, number)
    }
  }

  /// Words that all have to be there, each a beginning of a word.
  public var words: [String] = []
  /// Only these kinds; empty for all.
  public var kinds: [RecordKind] = []
  /// Only this class path, or one that ends so.
  public var model: String?
  /// Only this data set.
  public var dataset: String?
  /// Only with all of these tags.
  public var tags: [String] = []
  /// Only where one point meets all of these.
  public var conditions: [Condition] = []
  /// At most so many, the last added first.
  public var limit = 50

  /// A query that finds everything.
  public init() {}
}

extension Substring {
  fileprivate func trimming(_ isLeftOut: (Character) -> Bool) -> Substring {
    var text = drop(while: isLeftOut)
    while let last = text.last, isLeftOut(last) { text.removeLast() }
    return text
  }
}
