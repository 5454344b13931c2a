/// The sentence for a key that nothing takes.
struct UnknownKey {
  let sentence: String

  init(_ field: Node.Field, valid: [String], owner: String?) {
    let near = NearMatch.best(for: field.key, among: valid).first
    let list = valid.isEmpty ? "nothing" : valid.joined(separator: ", ")
    let source = field.mark.source
    if source.hasPrefix("--"), source.hasSuffix(".\(field.key)") || source == "--\(field.key)" {
      let stem = source.dropLast(field.key.count)
      sentence =
        "unknown option" + (near.map { "; did you mean \(stem)\($0)?" } ?? "; \(owner.map { "\($0) takes" } ?? "valid keys:") \(list)")
      return
    }
    let what = owner.map { "\($0) has no argument '\(field.key)'" } ?? "unknown key '\(field.key)'"
    let rest = owner == nil ? "alid keys: \(list)" : "t takes \(list)"
    let (first, later) = owner == nil ? ("V", "v") : ("I", "i")
    sentence = what + (near.map { "; did you mean '\($0)'? \(first)\(rest)" } ?? "; \(later)\(rest)")
  }
}
