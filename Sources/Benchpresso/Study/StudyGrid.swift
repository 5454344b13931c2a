import Configuration

/// Variations as the combinations of some axes, the first one slowest; axes that are zipped go forward together.
struct StudyGrid {
  private(set) var variations: [StudyVariations.Variation] = []

  /// One value of an axis.
  private struct Choice {
    let axis: String
    let name: String
    let layer: StudyLayer
  }

  private static let keys = ["name", "axes", "zip", "exclude"]
  /// The most combinations: more are a mistake, and a study of so many trainings comes to no end.
  private static let limit = 10_000

  /// Reads `grid`.
  init(_ grid: Node, shorthand: [String: [String]], reader: inout StudyReader) {
    reader.checkKeys(grid, path: "grid", known: Self.keys, what: "a grid")
    guard let fields = grid["axes"]?.fields, !fields.isEmpty else {
      reader.report(
        grid["axes"]?.mark ?? grid.mark, "grid.axes",
        "a grid needs axes, for example axes: {activation: {gdn: {activation: GDN}, relu: {activation: ReLU}}}")
      return
    }
    var axes: [[Choice]] = []
    for field in reader.named(grid["axes"], path: "grid.axes") {
      let path = "grid.axes.\(field.key)"
      let choices = reader.named(field.value, path: path).map { value in
        Choice(
          axis: field.key, name: value.key, layer: reader.layer(value.value, path: "\(path).\(value.key)", shorthand: shorthand))
      }
      if choices.isEmpty { reader.report(field.mark, path, "expected a map of names, found \(field.value.summary)") }
      axes.append(choices)
    }
    let known = axes.compactMap { choices in choices.first.map { (key: $0.axis, values: choices.map(\.name)) } }
    let excluded = StudyCondition.list(grid["exclude"], path: "grid.exclude", known: known, reader: &reader)
    let steps = Self.zipped(axes, grid["zip"], reader: &reader)
    guard steps.reduce(1, { $0 > Self.limit ? $0 : $0 * max($1.count, 1) }) <= Self.limit else {
      reader.report(grid.mark, "grid.axes", "more than \(Self.limit) combinations; take fewer values, or zip axes that belong together")
      return
    }
    let combinations = steps.reduce([[]]) { combinations, step in combinations.flatMap { combination in step.map { combination + $0 } } }
    let pattern = grid["name"]?.string ?? known.map { "{\($0.key)}" }.joined(separator: "_")
    for combination in combinations where !combination.isEmpty {
      let values = Dictionary(combination.map { ($0.axis, $0.name) }, uniquingKeysWith: { first, _ in first })
      if excluded.contains(where: { $0.isMet(by: values) }) { continue }
      let name = combination.reduce(pattern) { $0.replacing("{\($1.axis)}", with: $1.name) }
      guard StudySettings.isName(name) else {
        reader.report(
          grid["name"]?.mark ?? grid.mark, "grid.name",
          "'\(name)' is no name; write {axis} for a value of an axis, as in '\(known.map { "{\($0.key)}" }.joined(separator: "_"))'")
        return
      }
      variations.append(.init(name: name, layer: combination.reduce(StudyLayer()) { $0 + $1.layer }, mark: grid.mark))
    }
  }

  /// What goes forward together: the choices of each axis alone, and those of the zipped axes side by side, at the place of the first of them.
  private static func zipped(_ axes: [[Choice]], _ node: Node?, reader: inout StudyReader) -> [[[Choice]]] {
    let names = axes.compactMap { $0.first?.axis }
    let zipped = (node.map { $0.elements ?? [$0] } ?? []).filter { !$0.isNull }
    for element in zipped {
      reader.checkName(element.string ?? element.onOneLine, among: names, at: element.mark, path: "grid.zip", what: "axis")
    }
    let chosen = zipped.compactMap(\.string)
    let together = axes.filter { chosen.contains($0.first?.axis ?? "") }
    guard let first = together.first, together.count > 1 else { return axes.map { $0.map { [$0] } } }
    guard together.allSatisfy({ $0.count == first.count }) else {
      let counts = together.map { "\($0.first?.axis ?? "") has \($0.count)" }.joined(separator: ", ")
      reader.report(node?.mark ?? .defaults, "grid.zip", "axes that go forward together need as many values each: \(counts)")
      return axes.map { $0.map { [$0] } }
    }
    return axes.compactMap { choices in
      guard let axis = choices.first?.axis, chosen.contains(axis) else { return choices.map { [$0] } }
      return axis == first.first?.axis ? first.indices.map { place in together.map { $0[place] } } : nil
    }
  }
}
