/// The one place where names of Swift properties become keys of configuration files.
public enum KeySpelling {
  /// Returns the snake_case key of a camelCase name: `betaMin` gives `beta_min`, `everyNTrainSteps` gives `every_n_train_steps`.
  ///
  /// A run of capitals counts as one word, whose last letter starts the next word when a small letter follows. A snake_case name stays
  /// as it is.
  public static func snakeCase(_ name: String) -> String {
    if name.utf8.allSatisfy({ $0 < 0x80 && !(0x41...0x5A).contains($0) }) { return name }
    let letters = Array(name)
    var result = ""
    for (index, letter) in letters.enumerated() {
      if letter.isUppercase, index > 0, letters[index - 1] != "_" {
        let afterCapital = letters[index - 1].isUppercase
        let beforeSmall = index + 1 < letters.count && letters[index + 1].isLowercase
        if !afterCapital || beforeSmall { result.append("_") }
      }
      result += letter.lowercased()
    }
    return result
  }

  /// Returns `path` extended by `key` with a dot.
  public static func path(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// Returns the keys of a dotted path: `a.b[0].c` gives `a`, `b`, `[0]`, `c`; dots between brackets belong to the item's name.
  ///
  /// - Returns: Nil when the text is no path: an empty key, or a bracket without its other.
  public static func keys(of path: String) -> [String]? {
    var keys: [String] = []
    var rest = path[...]
    while !rest.isEmpty {
      if rest.first == "[" {
        guard let end = rest.firstIndex(of: "]"), rest.index(after: rest.startIndex) < end else { return nil }
        keys.append(String(rest[...end]))
        rest = rest[rest.index(after: end)...]
      } else {
        let key = rest.prefix { $0 != "." && $0 != "[" }
        guard !key.isEmpty, !key.contains("]") else { return nil }
        keys.append(String(key))
        rest = rest[key.endIndex...]
      }
      guard let next = rest.first else { break }
      if next == "." {
        rest = rest.dropFirst()
        guard let first = rest.first, first != "." else { return nil }
      } else if next != "[" {
        return nil
      }
    }
    return keys
  }
}
