import Configuration
import Registry

/// The model that a network is made for.
struct NetworkHost {
  /// Networks at settings that are null by default.
  private static let optional = ["networks.ThumbnailSynthesis": (model: "models.Composed", setting: "thumbnail")]

  /// The first model of the catalogue that has the network by default, itself or within one of its parts.
  let model: Entry
  /// The parts around the network from the outermost on, each with the setting that names it; the last one is the network.
  private let parts: [(setting: String, classPath: String)]

  /// The setting that names the network.
  var setting: String { parts.last?.setting ?? "" }

  /// Finds the model; nil where no model has the network by default or a place of its own for it.
  init?(of network: Entry, catalogue: Catalogue) {
    let models = catalogue.entries.filter { $0.kind == ModelKind.name }
    for depth in 1...2 {
      for model in models {
        guard let parts = Self.parts(of: network, in: catalogue.defaultArguments(of: model), depth: depth) else { continue }
        (self.model, self.parts) = (model, parts)
        return
      }
    }
    if let (path, setting) = Self.optional[network.classPath], let model = catalogue.entry(path) {
      (self.model, parts) = (model, [(setting, network.classPath)])
      return
    }
    return nil
  }

  private static func parts(of network: Entry, in arguments: Node, depth: Int) -> [(setting: String, classPath: String)]? {
    for field in arguments.fields ?? [] {
      guard let classPath = field.value["class_path"]?.string else { continue }
      if classPath == network.classPath { return [(field.key, classPath)] }
      guard depth > 1, let inner = field.value["init_args"], let rest = parts(of: network, in: inner, depth: depth - 1) else { continue }
      return [(field.key, classPath)] + rest
    }
    return nil
  }

  /// The arguments of the model in which a component stands in the place of the network.
  func arguments(with component: Node) -> Node {
    var node = Node.map([(setting, component)])
    for part in parts.dropLast().reversed() {
      node = .map([(part.setting, .map([("class_path", Node(.string(part.classPath))), ("init_args", node)]))])
    }
    return node
  }
}
