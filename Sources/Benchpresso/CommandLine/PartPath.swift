/// Taking the dotted path of a value apart.
enum PartPath {
  /// Returns the keys of `a.b[0].c`: `a`, `b`, `[0]`, `c`.
  static func keys(_ path: String) -> [String] {
    path.split(separator: ".").flatMap { part -> [String] in
      guard let bracket = part.firstIndex(of: "["), bracket != part.startIndex else { return [String(part)] }
      return [String(part.prefix(upTo: bracket)), String(part.suffix(from: bracket))]
    }
  }
}
