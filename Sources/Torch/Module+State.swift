public import Weights

/// A difference between a module and the weights that were to be loaded into it.
public struct StateMismatch: Error, Sendable, Equatable, CustomStringConvertible {
  /// Tensors that the module has and the file lacks.
  public let missing: [String]
  /// Tensors that the file has and the module lacks.
  public let unexpected: [String]
  /// Tensors of another shape, as sentences.
  public let shapes: [String]
  /// Parts of the module that are others than those of the weights, as sentences.
  public let parts: [String]
  /// The file of the weights, where it is known.
  public private(set) var file: String?

  init(missing: [String], unexpected: [String], shapes: [String], parts: [String] = []) {
    self.missing = missing
    self.unexpected = unexpected
    self.shapes = shapes
    self.parts = parts
  }

  /// Runs `body` and names the file in a mismatch that it throws.
  public static func naming<Value>(_ file: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch var mismatch as StateMismatch {
      mismatch.file = file
      throw mismatch
    }
  }

  /// The first differences of each kind, as a clause.
  public var differences: String {
    var parts = parts
    if !missing.isEmpty { parts.append("it lacks \(Self.list(missing))") }
    if !unexpected.isEmpty { parts.append("it holds \(Self.list(unexpected)), which the model has not") }
    if !shapes.isEmpty { parts.append("shapes differ: \(Self.list(shapes))") }
    return parts.joined(separator: "; ")
  }

  /// One sentence that names the first differences of each kind.
  public var description: String {
    let subject = "the weights\(file.map { " '\($0)'" } ?? "") belong to"
    guard !missing.isEmpty || !unexpected.isEmpty || !shapes.isEmpty else { return "\(subject) another network: \(differences)" }
    return "\(subject) another architecture: \(differences); check the model's class path and settings"
  }

  private static func list(_ names: [String]) -> String {
    names.count <= 3 ? names.joined(separator: ", ") : "\(names.prefix(3).joined(separator: ", ")) and \(names.count - 3) more"
  }
}

extension Module {
  /// Returns all parameters and buffers under their names.
  public func storedState() throws -> StoredTensors {
    var state = StoredTensors()
    for (name, parameter) in namedParameters() { state[name] = try parameter.tensor.detached().stored() }
    for (name, buffer) in namedBuffers() { state[name] = try buffer.tensor.stored() }
    return state
  }

  /// Overwrites parameters and buffers with those of `state`; half precision is widened.
  ///
  /// Buffers take the file's shape (coder tables grow with training) unless they say otherwise; parameters must have the module's. Nothing is
  /// changed when anything differs.
  ///
  /// - Parameter optionalBuffers: whether buffers may be missing, as in files of weights alone; those keep their values.
  /// - Throws: ``StateMismatch`` when names or shapes differ, or the module is made of other parts (``Buffer/Loading``).
  public func load(_ state: StoredTensors, optionalBuffers: Bool = true) throws {
    let parameters = namedParameters()
    let buffers = namedBuffers()
    let known = Set(parameters.map(\.name) + buffers.map(\.name))
    var missing: [String] = []
    var shapes: [String] = []
    var parts: [String] = []
    func compare(_ stored: StoredTensor, _ tensor: Tensor, _ name: String) {
      let shape = tensor.shape
      if stored.shape != shape { shapes.append("\(name) is \(stored.shape) in the file and \(shape) in the model") }
    }
    for (name, parameter) in parameters {
      if let stored = state[name] { compare(stored, parameter.tensor, name) } else { missing.append(name) }
    }
    for (name, buffer) in buffers {
      guard let stored = state[name] else { continue }
      switch buffer.loading {
      case .replaces: break
      case .overwrites: compare(stored, buffer.tensor, name)
      case .compares(let difference): if let sentence = difference(stored) { parts.append(sentence) }
      }
    }
    if !optionalBuffers { missing += buffers.map(\.name).filter { state[$0] == nil } }
    let unexpected = state.names.filter { !known.contains($0) }
    guard missing.isEmpty && unexpected.isEmpty && shapes.isEmpty && parts.isEmpty else {
      throw StateMismatch(missing: missing, unexpected: unexpected, shapes: shapes, parts: parts)
    }
    try withoutGradients {
      for (name, parameter) in parameters {
        if let stored = state[name] { try parameter.tensor.assign(Tensor(stored)) }
      }
      for (name, buffer) in buffers {
        guard let stored = state[name] else { continue }
        switch buffer.loading {
        case .replaces:
          let type = buffer.tensor.elementType ?? stored.type
          buffer.tensor = try Tensor(stored).to(type).to(buffer.tensor.device)
        case .overwrites: try buffer.tensor.assign(Tensor(stored))
        case .compares: break
        }
      }
    }
  }
}
