import Configuration
import Models
import Torch
import Weights

/// The weights that a training starts from: those of a whole model, or of some of its parts.
struct InitialWeights {
  let path: String
  /// `FROM` or `FROM=TO`; nil for a whole model.
  let parts: [String]?
  let tree: Node

  /// Overwrites the model's weights.
  ///
  /// - Throws: ``StateMismatch`` where names or shapes differ, and `ConfigurationError` for a part that is not there.
  func load(into model: any CompressionModel) throws {
    let weights = try ModelWeights(path: path).tensors
    guard let parts else { return try StateMismatch.naming(path) { try model.load(weights) } }
    for (number, part) in parts.enumerated() {
      let ends = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let from = ends.first, let to = ends.last, !from.isEmpty, !to.isEmpty else {
        throw failure(number, "must be the name of a part or FROM=TO, found '\(part)'")
      }
      guard let module = model.part(to) else { throw failure(number, "the model has no part '\(to)'\(Self.known(model))") }
      let own = StoredTensors(
        weights.filter { $0.name.hasPrefix("\(from).") }.map { (String($0.name.dropFirst(from.count + 1)), $0.tensor) })
      guard !own.names.isEmpty else { throw failure(number, "'\(path)' has no part '\(from)'") }
      try StateMismatch.naming("\(path), \(from)") { try module.load(own) }
    }
  }

  private static func known(_ model: any Module) -> String {
    let names = model.members.compactMap { member in if case .module(let name, _) = member { name } else { nil } }
    return "; there are \(names.joined(separator: ", ")) and the parts in them"
  }

  private func failure(_ number: Int, _ sentence: String) -> ConfigurationError {
    let place = "init_parts[\(number)]"
    return ConfigurationError(mark: tree["init_parts"]?.mark ?? .defaults, path: place, sentence)
  }
}

extension Module {
  /// The part with a dotted name.
  func part(_ name: String) -> (any Module)? {
    var module: any Module = self
    for piece in name.split(separator: ".", omittingEmptySubsequences: false) {
      let found = module.members.lazy.compactMap { member -> (any Module)? in
        if case .module(String(piece), let part) = member { part } else { nil }
      }.first
      guard let found else { return nil }
      module = found
    }
    return module
  }
}
