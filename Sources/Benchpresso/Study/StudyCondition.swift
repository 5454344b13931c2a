import Configuration

/// A condition on the cells of a study, such as `{variation: fp_gsdn, quality: [q4, q5]}`.
struct StudyCondition {
  /// The values that a cell may have, by what is asked about.
  let wanted: [String: [String]]

  /// Whether a cell meets the condition as far as its values are known.
  func isMet(by values: [String: String]) -> Bool {
    wanted.allSatisfy { key, wanted in values[key].map { wanted.contains($0) } ?? true }
  }

  /// Whether everything is known that the condition asks about: one on data sets says nothing of trainings.
  func isDecided(by values: [String: String]) -> Bool { wanted.keys.allSatisfy { values[$0] != nil } }

  /// Reads a list of conditions, or one.
  ///
  /// - Parameter known: what can be asked about, each with the values that there are.
  static func list(_ node: Node?, path: String, known: [(key: String, values: [String])], reader: inout StudyReader) -> [StudyCondition] {
    guard let node, !node.isNull else { return [] }
    return (node.elements ?? [node]).enumerated().compactMap { index, element in
      let place = node.elements == nil ? path : "\(path)[\(index)]"
      guard let fields = element.fields, !fields.isEmpty else {
        reader.report(element.mark, place, "expected a map such as {\(known.first?.key ?? "variation"): NAME}, found \(element.summary)")
        return nil
      }
      reader.checkKeys(element, path: place, known: known.map(\.key), what: "a condition")
      var wanted: [String: [String]] = [:]
      for field in fields {
        let values = field.value.elements ?? [field.value]
        wanted[field.key] = values.map { $0.string ?? $0.text ?? $0.onOneLine }
        guard let valid = known.first(where: { $0.key == field.key })?.values else { continue }
        for (name, value) in zip(wanted[field.key] ?? [], values) {
          reader.checkName(name, among: valid, at: value.mark, path: "\(place).\(field.key)", what: field.key)
        }
      }
      return StudyCondition(wanted: wanted)
    }
  }
}
