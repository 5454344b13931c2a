import Configuration
import Models
import Registry
import Torch
import Weights

/// A model of the catalogue under its name in CompressAI: an alias without dots, such as `mbt2018-mean`.
struct Architecture {
  let name: String
  let entry: Entry
  let catalogue: Catalogue

  /// The names that the models of a catalogue have in CompressAI.
  static func names(in catalogue: Catalogue) -> [String] {
    catalogue.entries(of: ModelKind.self).flatMap(\.aliases).filter { !$0.contains(".") }.sorted()
  }

  /// Looks a name up.
  ///
  /// - Throws: ``UsageError`` with the names that there are.
  init(_ name: String, catalogue: Catalogue) throws(UsageError) {
    guard let entry = catalogue.entry(name), entry.kind == ModelKind.name else {
      throw .badValue(option: "architecture", value: name, valid: Self.names(in: catalogue))
    }
    (self.name, self.entry, self.catalogue) = (name, entry, catalogue)
  }

  /// Returns the model with the sizes that the shapes of its weights tell; everything else is the default.
  ///
  /// - Parameter lambda: what the weights were trained with, where it is known.
  /// - Throws: ``ImportError`` when a tensor that tells a size is missing, `ConfigurationError` for sizes that no model has.
  func component(for weights: StoredTensors, lambda: Double? = nil) throws -> Component<ModelKind> {
    let (sizes, missing) = ArchitectureSizes.settings(of: entry, in: weights)
    guard missing.isEmpty else { throw ImportError.noSize(tensors: missing) }
    var arguments = Node(.map([]))
    for (setting, size) in sizes { arguments[setting] = Node(.int(size)) }
    let rateControl = "rate_control"
    for (tensor, setting) in ArchitectureSizes.switches where weights[tensor] != nil && entry.argumentNames.contains(rateControl) {
      arguments[rateControl] = ["init_args": [setting: Node(.bool(true))]]
    }
    if let lambda { arguments["rate_distortion_function"] = ["init_args": ["lagrangian_multiplier": Node(.double(lambda))]] }
    let node = try catalogue.resolve(Component<ModelKind>(entry.classPath, arguments))
    return Component(entry.classPath, node["init_args"] ?? arguments)
  }

  /// Builds the model and loads the weights.
  ///
  /// - Throws: `StateMismatch` when tensors do not fit, and what ``component(for:lambda:)`` throws.
  func model(_ component: Component<ModelKind>, weights: StoredTensors) throws -> any CompressionModel {
    let plan: ModelPlan = try catalogue.build(component)
    let model = try plan.build(seed: 0)
    try model.load(weights)
    return model
  }

  /// The other architectures whose tensors are those of the weights.
  func others(fitting weights: StoredTensors) -> [String] {
    Self.names(in: catalogue).filter { other in
      guard other != name, let architecture = try? Architecture(other, catalogue: catalogue) else { return false }
      return (try? architecture.model(architecture.component(for: weights), weights: weights)) != nil
    }
  }
}

/// Why weights cannot be imported.
enum ImportError: Error, Equatable, CustomStringConvertible {
  /// None of the tensors that tell a number of channels is there.
  case noSize(tensors: [String])
  /// The weights are of another architecture; `others` are those that they fit.
  case architecture(file: String, name: String, differences: String, others: [String])
  /// The picture that the weights decode is another one than that beside the payloads.
  case otherPicture(file: String, samples: Int, of: Int, largest: Int)
  /// The picture beside the payloads has another size.
  case otherSize(file: String)

  var description: String {
    switch self {
    case .noSize(let tensors): "it lacks \(tensors.joined(separator: ", ")), of which one tells the number of channels"
    case .architecture(let file, let name, let differences, let others):
      "'\(file)' is not of the architecture '\(name)': \(differences)"
        + (others.isEmpty ? "" : "; it is of \(others.map { "'\($0)'" }.joined(separator: " or "))")
    case .otherPicture(let file, let samples, let count, let largest):
      "the payloads do not give '\(file)': \(samples) of \(count) samples differ, by at most \(largest)"
    case .otherSize(let file): "the payloads do not give '\(file)', which has another size"
    }
  }
}
