import Configuration
import Registry
import Results

/// What one word of the command line asks to be measured: `[NAME=]WHAT[,KEY=VALUE…]`.
///
/// WHAT is a configuration file with a model or a codec, weights that say which model they belong to, or a class path.
struct VariantWords: Equatable {
  /// The name that was given; nil takes one from what is measured.
  let name: String?
  /// The file or the class path.
  let subject: String
  /// Settings laid over it, paths below `model` or `codec`.
  let settings: [Setting]

  /// A setting that was typed.
  struct Setting: Equatable {
    let path: String
    let value: String
  }

  /// Takes a word apart.
  ///
  /// - Throws: ``UsageError`` for a word without a subject and for a setting without a value.
  init(_ word: String) throws {
    var parts = Self.split(word)
    let first = parts.removeFirst()
    if let sign = first.firstIndex(of: "="), !PathText.exists(first) {
      (name, subject) = (String(first[..<sign]), String(first[first.index(after: sign)...]))
    } else {
      (name, subject) = (nil, first)
    }
    guard !subject.isEmpty, name != "" else {
      throw UsageError.needs("'\(word)': write NAME=FILE, NAME=CLASS or either alone, for example small=configs/smoke.yaml")
    }
    settings = try parts.map { part in
      guard let sign = part.firstIndex(of: "="), sign != part.startIndex else {
        throw UsageError.needs("'\(word)': '\(part)' is no setting; write KEY=VALUE, for example channels=192")
      }
      return Setting(path: String(part[..<sign]), value: String(part[part.index(after: sign)...]))
    }
  }

  /// The parts between commas, but for those in braces and brackets.
  private static func split(_ word: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in word {
      if "{[".contains(character) { depth += 1 }
      if "}]".contains(character) { depth -= 1 }
      if character == ",", depth <= 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }
}
