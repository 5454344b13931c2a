public import Configuration

/// What an entry's closure gets besides its settings: the means to build the components among them.
public struct BuildContext: Sendable {
  /// The catalogue that builds.
  public let catalogue: Catalogue
  /// The dotted path of the component being built.
  public let path: String
  /// The place of the component being built.
  public let mark: Mark

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
}
