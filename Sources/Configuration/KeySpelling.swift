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
}
