public import Configuration

extension Catalogue {
  /// Returns the arguments of a component with their defaults, also those of the components within.
  public func defaultArguments(of entry: Entry) -> Node { entry.complete(Node(.map([])), "", SettingsContext(components: self)) }

  /// Returns the tree of a component with its canonical class path and all arguments, defaults filled in, also in components within.
  ///
  /// - Throws: ``ConfigurationError`` with all problems of the component.
  public func resolve<Kind: ComponentKind>(_ component: Component<Kind>) throws(ConfigurationError) -> Node {
    try resolved(component).node
  }

  /// Builds a component anew; two calls give two objects that share nothing.
  ///
  /// - Parameters:
  ///   - component: The component.
  ///   - type: The type wanted of the product, for example `(any Nonlinearity).self`.
  ///   - suggesting: Arguments that the surroundings know; each is used where the component has an argument of that name whose value is
  ///     null, and passed over otherwise.
  /// - Throws: ``ConfigurationError`` with all problems of the component, or with the place and the sentence of what failed in making it.
  public func build<Kind: ComponentKind, Product>(
    _ component: Component<Kind>, as type: Product.Type = Product.self, suggesting: [String: Node] = [:]
  ) throws(ConfigurationError) -> Product {
    try make(component, as: type, suggesting: suggesting.mapValues { Suggestion($0) })
  }

  func make<Kind: ComponentKind, Product>(
    _ component: Component<Kind>, as type: Product.Type, suggesting: [String: Suggestion]
  ) throws(ConfigurationError) -> Product {
    var component = try resolved(component)
    var origins: [String: String] = [:]
    for field in component.arguments.fields ?? [] where field.value.isNull {
      guard let suggestion = suggesting[field.key], !suggestion.value.isNull else { continue }
      component.arguments[field.key] = suggestion.value
      origins[field.key] = suggestion.path
    }
    let context = BuildContext(
      catalogue: self, path: component.path, mark: component.mark, arguments: component.arguments, origins: origins)
    let product: Any?
    do {
      product = try entry(component.classPath)?.make(component.arguments, context)
    } catch let error as ConfigurationError {
      throw error
    } catch {
      throw ConfigurationError(mark: component.mark, path: component.path, "\(component.classPath): \(error)")
    }
    guard let product = product as? Product else {
      let sentence = "\(component.classPath) does not make a \(Product.self); this is a mistake in its entry"
      throw ConfigurationError(mark: component.mark, path: component.path, sentence)
    }
    return product
  }

  private func resolved<Kind: ComponentKind>(_ component: Component<Kind>) throws(ConfigurationError) -> Component<Kind> {
    let context = SettingsContext(components: self)
    let result = try? Component<Kind>(given: component.node, fallback: nil, path: component.path, context: context)
    guard let result, context.problems.isEmpty else { throw ConfigurationError(context.problems) }
    return result
  }
}
