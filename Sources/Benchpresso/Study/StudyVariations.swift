import Configuration

/// The variations of a study, named one by one or as a grid.
struct StudyVariations {
  /// One variation.
  struct Variation {
    /// The name.
    let name: String
    /// What differs from the base.
    let layer: StudyLayer
    /// The place it was written at.
    let mark: Mark
  }

  /// The variations in the order of the file, those named by themselves first.
  private(set) var all: [Variation] = []

  /// Reads `variations`, `grid` and `shorthand`.
  init(_ reader: inout StudyReader) {
    let tree = reader.tree
    let before = reader.problems.count
    let shorthand = Self.shorthand(&reader)
    for field in reader.named(tree["variations"], path: "variations") {
      let layer = reader.layer(field.value, path: "variations.\(field.key)", shorthand: shorthand)
      all.append(Variation(name: field.key, layer: layer, mark: field.mark))
    }
    if let grid = tree["grid"], !grid.isNull { all += StudyGrid(grid, shorthand: shorthand, reader: &reader).variations }
    if all.isEmpty, reader.problems.count == before {
      reader.report(
        tree.mark, "variations",
        "a study needs 'variations' (a map of names) or a 'grid'; 'variations: {base: {}}' is the base alone")
    }
    var seen: Set<String> = []
    for variation in all where !seen.insert(variation.name).inserted {
      reader.report(variation.mark, "variations", "two variations are called '\(variation.name)'; give one of them another name")
    }
  }

  /// The keys that each word of `shorthand` stands for.
  private static func shorthand(_ reader: inout StudyReader) -> [String: [String]] {
    var result: [String: [String]] = [:]
    for field in reader.fields(reader.tree["shorthand"], path: "shorthand") {
      let paths = field.value.elements ?? [field.value]
      result[field.key] = paths.compactMap(\.string)
      if paths.isEmpty || paths.contains(where: { $0.string == nil }) {
        reader.report(
          field.mark, "shorthand.\(field.key)",
          "expected the paths of settings, for example [model.encoder.activation], found \(field.value.onOneLine)")
      }
    }
    return result
  }
}
