import Configuration
package import Registry

/// How `--print_config` prints the resolved configuration: `--print_config=comments,skip_null,skip_default`.
package struct ConfigurationPrinting: Equatable {
  enum Flag: String, CaseIterable { case comments, skipNull = "skip_null", skipDefault = "skip_default" }

  /// The flags; empty for everything without comments.
  var flags: Set<Flag> = []

  /// Takes the names of flags apart, joined by commas.
  ///
  /// - Throws: ``UsageError`` when there is no such flag.
  package init(_ text: String?) throws {
    for word in (text ?? "").split(separator: ",").map(String.init) {
      guard let flag = Flag(rawValue: word) else {
        throw UsageError.badValue(option: "print_config", value: word, valid: Flag.allCases.map(\.rawValue))
      }
      flags.insert(flag)
    }
  }

  /// Returns the text.
  package func text(_ file: ExperimentFile, catalogue: Catalogue) -> String {
    var tree = file.tree
    let standard = ConfigurationDefaults(catalogue: catalogue)
    let defaults = (try? ExperimentFile(ConfigurationRequest(), catalogue: catalogue).tree) ?? Node(.map([]))
    if flags.contains(.skipDefault) { tree = standard.without(tree, defaults: defaults, isTop: true) ?? Node(.map([])) }
    if flags.contains(.skipNull) { tree = standard.withoutNulls(tree, defaults: defaults) }
    let header = ["benchpresso \(BuiltIn.version)"]
    guard flags.contains(.comments) else { return Variables.escaped(tree).yaml(header: header) }
    let places = file.tree
    return Variables.escaped(tree).yaml(header: header) { path, _ in
      let keys = KeySpelling.keys(of: path) ?? []
      let text = catalogue.place(keys, in: places, root: Experiment.self)?.description?.documentation ?? ""
      return YAMLComment(above: text.isEmpty ? [] : TextWrap.lines(text, width: max(40, 100 - 2 * keys.count)))
    }
  }
}
