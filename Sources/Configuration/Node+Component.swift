/// The forms in which a component can be written.
extension Node {
  /// Whether the node is a map that names a class or holds its arguments.
  var isComponentMap: Bool { self["class_path"] != nil || self["init_args"] != nil }

  /// Whether a person typed the node as a map of plain arguments, where files need `init_args`.
  var isTypedArguments: Bool {
    guard let fields, !fields.isEmpty, !isComponentMap else { return false }
    return mark.isCommandLine || mark.isEnvironment
  }

  /// The bare class path as a component map.
  var expandedClassPath: Node { .map([("class_path", self)], mark: mark) }

  /// The arguments as a component map without a class.
  var wrappedArguments: Node { .map([("init_args", self)], mark: mark) }
}
