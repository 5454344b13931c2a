public import Configuration

/// What an entry's closure gets besides its settings: the means to build the components among them.
public struct BuildContext: Sendable {
  /// The catalogue that builds.
  public let catalogue: Catalogue
  /// The dotted path of the component being built.
  public let path: String
  /// The place of the component being built.
  public let mark: Mark
  /// The arguments of the component being built, suggestions filled in.
  let arguments: Node
  /// The dotted paths of the settings that the suggested arguments come from.
  let origins: [String: String]

  /// The dotted path of the setting that an argument of the component being built comes from: its own, or one of its surroundings.
  public func path(of argument: String) -> String {
    origins[argument] ?? KeySpelling.path(KeySpelling.path(path, "init_args"), argument)
  }

  /// The place at which an argument of the component being built was written; that of the component where nobody wrote it.
  public func mark(of argument: String) -> Mark {
    guard let mark = arguments[argument]?.mark, !mark.isDefault else { return self.mark }
    return mark
  }

  /// Returns an argument of the component being built, to be suggested to a component inside it under this or another name.
  public func suggestion(_ argument: String) -> Suggestion { Suggestion(arguments[argument] ?? .null, path: path(of: argument)) }

  /// Returns an argument of the component being built that is a whole number.
  ///
  /// - Throws: ``ConfigurationError`` when it is null, because neither the component nor its surroundings say it.
  public func number(_ argument: String) throws(ConfigurationError) -> StatedNumber {
    let node = arguments[argument] ?? .null
    guard case .int(let value) = node.value else {
      throw ConfigurationError(mark: mark, path: path(of: argument), "is not known here, expected an integer; write it down")
    }
    return StatedNumber(value, path: path(of: argument), mark: node.mark)
  }

  /// Builds a component anew; two calls give two objects that share nothing.
  ///
  /// - Parameters:
  ///   - component: A component among the settings.
  ///   - suggesting: Arguments that the surroundings know, such as the number of channels; each is used where the component has an
  ///     argument of that name whose value is null, and passed over otherwise.
  /// - Throws: ``ConfigurationError`` as ``Catalogue/build(_:as:suggesting:)`` does.
  public func build<Kind: ComponentKind, Product>(
    _ component: Component<Kind>, as type: Product.Type = Product.self, suggesting: [String: Node] = [:]
  ) throws(ConfigurationError) -> Product {
    try catalogue.build(component, as: type, suggesting: suggesting)
  }

  /// Builds a component anew with suggestions whose origin is known, so that its own errors can name it.
  ///
  /// - Throws: ``ConfigurationError`` as ``Catalogue/build(_:as:suggesting:)`` does.
  public func build<Kind: ComponentKind, Product>(
    _ component: Component<Kind>, as type: Product.Type = Product.self, suggesting: [String: Suggestion]
  ) throws(ConfigurationError) -> Product {
    try catalogue.make(component, as: type, suggesting: suggesting)
  }
}
