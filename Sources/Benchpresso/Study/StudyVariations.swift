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
    /// The values of the axes that it was made of; empty where it was named by itself.
    var axes: [String: String] = [:]
  }

  /// The variations in the order of the file, those named by themselves first.
  private(set) var all: [Variation] = []
  private let shorthand: [String: [String]]
  private let folder: String

  /// Reads `variations`, `grid` and `shorthand`.
  init(_ tree: Node, folder: String, problems: inout [Problem]) {
    self.folder = folder
    var shorthand: [String: [String]] = [:]
    for field in tree["shorthand"]?.fields ?? [] {
      let paths = (field.value.elements ?? [field.value]).compactMap(\.string)
      if paths.isEmpty || paths.count != (field.value.elements ?? [field.value]).count {
        problems.append(
          Problem(
            mark: field.mark, path: "shorthand.\(field.key)", sentence: "expected the paths of settings, found \(field.value.summary)"))
      }
      shorthand[field.key] = paths
    }
    self.shorthand = shorthand
    for field in tree["variations"]?.fields ?? [] {
      let path = "variations.\(field.key)"
      guard StudySettings.isName(field.key) else {
        problems.append(
          Problem(mark: field.mark, path: path, sentence: "names of variations have letters, digits, '-' and '_', found '\(field.key)'"))
        continue
      }
      let layer = StudyLayer(field.value, shorthand: shorthand, folder: folder, path: path, problems: &problems)
      all.append(Variation(name: field.key, layer: layer, mark: field.mark))
    }
    if let list = tree["variations"], list.fields == nil, !list.isNull {
      problems.append(Problem(mark: list.mark, path: "variations", sentence: "expected a map of names, found \(list.summary)"))
    }
    if let grid = tree["grid"], !grid.isNull { readGrid(grid, problems: &problems) }
    if all.isEmpty, problems.isEmpty {
      let sentence = "a study needs 'variations' (a map of names) or a 'grid'; 'variations: {base: {}}' is the base alone"
      problems.append(Problem(mark: tree.mark, path: "variations", sentence: sentence))
    }
    var seen: Set<String> = []
    for variation in all where !seen.insert(variation.name).inserted {
      problems.append(Problem(mark: variation.mark, path: "variations", sentence: "two variations are called '\(variation.name)'"))
    }
  }

  /// One value of an axis.
  private struct Choice {
    let name: String
    let layer: StudyLayer
  }

  /// Every combination of the axes, the first axis slowest, without those that are excluded.
  private mutating func readGrid(_ grid: Node, problems: inout [Problem]) {
    let known = ["name", "axes", "exclude"]
    for field in grid.fields ?? [] where !known.contains(field.key) {
      problems.append(
        Problem(
          mark: field.mark, path: "grid.\(field.key)",
          sentence: "there is no such key\(NearMatch.question(for: field.key, among: known, then: "a grid has name, axes and exclude"))"))
    }
    guard let axes = grid["axes"]?.fields, !axes.isEmpty else {
      problems.append(
        Problem(
          mark: grid.mark, path: "grid.axes",
          sentence: "a grid needs axes, for example axes: {activation: {gdn: {activation: GDN}, relu: {activation: ReLU}}}"))
      return
    }
    var combinations: [[(axis: String, choice: Choice)]] = [[]]
    for axis in axes {
      var choices: [Choice] = []
      for field in axis.value.fields ?? [] {
        let path = "grid.axes.\(axis.key).\(field.key)"
        if !StudySettings.isName(field.key) {
          problems.append(Problem(mark: field.mark, path: path, sentence: "names have letters, digits, '-' and '_', found '\(field.key)'"))
        }
        choices.append(
          Choice(
            name: field.key,
            layer: StudyLayer(field.value, shorthand: shorthand, folder: folder, path: path, problems: &problems)))
      }
      if choices.isEmpty {
        problems.append(
          Problem(mark: axis.mark, path: "grid.axes.\(axis.key)", sentence: "expected a map of names, found \(axis.value.summary)"))
      }
      combinations = combinations.flatMap { combination in choices.map { combination + [(axis.key, $0)] } }
    }
    let excluded = Self.conditions(grid["exclude"], path: "grid.exclude", keys: axes.map(\.key), problems: &problems)
    let pattern = grid["name"]?.string ?? axes.map { "{\($0.key)}" }.joined(separator: "_")
    for combination in combinations {
      let values = Dictionary(combination.map { ($0.axis, $0.choice.name) }, uniquingKeysWith: { first, _ in first })
      if excluded.contains(where: { condition in condition.allSatisfy { $0.value.contains(values[$0.key] ?? "") } }) { continue }
      let name = values.reduce(pattern) { $0.replacing("{\($1.key)}", with: $1.value) }
      guard StudySettings.isName(name) else {
        problems.append(
          Problem(
            mark: grid["name"]?.mark ?? grid.mark, path: "grid.name", sentence: "'\(name)' is no name; write {axis} for a value of an axis")
        )
        return
      }
      all.append(
        Variation(
          name: name, layer: combination.reduce(StudyLayer()) { $0 + $1.choice.layer }, mark: grid.mark, axes: values))
    }
  }

  /// Reads a list of conditions such as `- {variation: fp_gsdn, quality: [q4, q5]}`.
  static func conditions(_ node: Node?, path: String, keys: [String], problems: inout [Problem]) -> [[String: [String]]] {
    guard let node, !node.isNull else { return [] }
    var result: [[String: [String]]] = []
    for (index, element) in (node.elements ?? [node]).enumerated() {
      guard let fields = element.fields, !fields.isEmpty else {
        problems.append(
          Problem(
            mark: element.mark, path: "\(path)[\(index)]",
            sentence: "expected a map such as {\(keys.first ?? "variation"): NAME}, found \(element.summary)"))
        continue
      }
      var condition: [String: [String]] = [:]
      for field in fields {
        if !keys.contains(field.key) {
          let hint = NearMatch.question(for: field.key, among: keys, then: "it can be \(keys.joined(separator: ", "))")
          problems.append(Problem(mark: field.mark, path: "\(path)[\(index)].\(field.key)", sentence: "there is no such key\(hint)"))
        }
        condition[field.key] = (field.value.elements ?? [field.value]).compactMap { $0.string ?? $0.text }
      }
      result.append(condition)
    }
    return result
  }
}
