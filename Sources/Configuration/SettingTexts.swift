/// Finds the text of a setting in the type that owns the property, while settings are decoded from the outside in.
final class SettingTexts {
  /// The texts of the settings met so far, by their path and then by key.
  private var owners: [String: [String: String]] = [:]

  /// Remembers the texts of `type` where it is a type of settings.
  func enter(_ type: Any.Type, path: String) {
    guard owners[path] == nil, let settings = type as? any Settings.Type else { return }
    let texts = settings.documentation.map { (KeySpelling.snakeCase($0), $1) }
    owners[path] = Dictionary(texts) { first, _ in first }
  }

  /// Returns the text of the setting at a dotted path; empty when there is none.
  func text(of path: String) -> String {
    guard let dot = path.lastIndex(of: ".") else { return owners[""]?[path] ?? "" }
    return owners[String(path[..<dot])]?[String(path[path.index(after: dot)...])] ?? ""
  }
}
