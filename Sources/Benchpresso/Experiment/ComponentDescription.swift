import Configuration
import Registry
import Taxonomy

/// What is known of a component, for people and as JSON.
struct ComponentDescription: Encodable {
  /// One argument.
  struct Setting: Encodable {
    let key: String
    let type: String
    let isOptional: Bool
    let choices: [String]
    let defaultValue: Node
    let documentation: String

    private enum CodingKeys: String, CodingKey {
      case key, type, choices, documentation
      case isOptional = "is_optional"
      case defaultValue = "default_value"
    }
  }

  /// The paper a component comes from; of one that no list knows there is only what its entry says.
  struct Paper: Encodable {
    let key: String
    let citation: String?
    let title: String?
    let year: Int?

    init(_ key: String, in bibliography: Bibliography) {
      let publication = bibliography.publication(key)
      self.key = key
      citation = publication?.citation
      title = publication?.title
      year = publication?.year
    }

    /// `Ballé et al. 2018, Variational Image Compression … (balle2018variational)`.
    var text: String { citation.map { "\($0), \(title ?? "") (\(key))" } ?? key }
  }

  let classPath: String
  let kind: String
  let summary: String
  let aliases: [String]
  let taxonomyLeaves: [String]
  let outsideTaxonomy: String?
  let paper: Paper?
  let equation: String?
  let cost: ComponentCost?
  let settings: [Setting]
  let example: String

  private let descriptions: [SettingDescription]

  private enum CodingKeys: String, CodingKey {
    case kind, summary, aliases, paper, equation, cost, settings, example
    case classPath = "class_path"
    case taxonomyLeaves = "taxonomy_leaves"
    case outsideTaxonomy = "outside_taxonomy"
  }

  /// Describes a component.
  ///
  /// - Parameter cost: its parameters and multiply–accumulates; nil where it has none, or where they are not wanted.
  init(_ entry: Entry, catalogue: Catalogue, bibliography: Bibliography, cost: ComponentCost?) {
    classPath = entry.classPath
    kind = entry.kind
    summary = entry.summary
    aliases = entry.aliases
    taxonomyLeaves = entry.leaves
    outsideTaxonomy = entry.outside
    paper = entry.paper.map { Paper($0, in: bibliography) }
    equation = entry.equation
    self.cost = cost
    descriptions = entry.settings
    settings = entry.settings.map {
      Setting(
        key: $0.key, type: $0.type, isOptional: $0.isOptional, choices: $0.choices, defaultValue: $0.defaultValue,
        documentation: $0.documentation)
    }
    example = ComponentExample(entry, catalogue: catalogue).yaml
  }

  /// The description as text.
  var text: String {
    var lines = ["\(classPath)  (\(kind))", TextWrap.indented(summary, indent: 2)]
    if let paper { lines.append(TextWrap.indented("Paper: \(paper.text)", indent: 2)) }
    // Its lines are those of the equation, and no width breaks them.
    if let equation { lines += equation.split(separator: "\n").map { "    \($0)" } }
    lines += taxonomyLeaves.map { TextWrap.indented("Taxonomy: \($0)", indent: 2) }
    if let outsideTaxonomy { lines.append(TextWrap.indented("Taxonomy: none (\(outsideTaxonomy))", indent: 2)) }
    if let cost { lines.append(TextWrap.indented("Cost: \(cost.text)", indent: 2)) }
    if !aliases.isEmpty { lines.append("  Also called: \(aliases.joined(separator: ", "))") }
    lines += ["", "Settings"]
    lines.append(descriptions.isEmpty ? "  none" : SettingsReference(settings: descriptions).text(indent: 2))
    lines += ["", "Example"]
    lines += example.split(separator: "\n").map { "  \($0)" }
    return lines.joined(separator: "\n")
  }
}
