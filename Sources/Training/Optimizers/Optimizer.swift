public import Torch
public import Weights

/// The settings of an optimiser, from which it is made for the parameters of a model.
public protocol OptimizerSettings: Sendable {
  /// The learning rate that the settings name, before any schedule.
  var lr: Double { get }

  /// Creates the optimiser of named parameters.
  func optimizer(of parameters: [(name: String, parameter: Parameter)]) throws -> any Optimizer
}

/// What changes parameters along their gradients.
public protocol Optimizer: AnyObject {
  /// The parameters that it changes.
  var parameters: OptimizedParameters { get }

  /// The learning rate that the settings name, before any schedule.
  var baseRate: Double { get }

  /// Updates the parameters that have a gradient, with the learning rate `rate`.
  func update(rate: Double) throws

  /// The state between two updates, under `prefix`.
  func storedState(prefix: String) throws -> [(name: String, tensor: StoredTensor)]

  /// Overwrites the state with a stored one.
  ///
  /// - Throws: ``CheckpointError/optimizerState(missing:)`` when a part is missing or has another shape.
  func load(_ state: StoredTensors, prefix: String) throws
}

extension Optimizer {
  /// Forgets the gradients.
  public func zeroGradients() throws { try parameters.zeroGradients() }
}

/// The parameters of an optimiser with their names in the state_dict.
public struct OptimizedParameters {
  /// The names.
  public let names: [String]
  /// The tensors, in the order of the names.
  public let tensors: [Tensor]

  /// Takes the parameters that are trained; frozen ones are left out.
  public init(_ parameters: [(name: String, parameter: Parameter)]) {
    let trained = parameters.filter(\.parameter.isTrained)
    names = trained.map(\.name)
    tensors = trained.map(\.parameter.tensor)
  }

  private init(_ parameters: [(String, Tensor)]) { (names, tensors) = (parameters.map(\.0), parameters.map(\.1)) }

  /// Those whose name `isFirst` takes, and the others.
  func divided(_ isFirst: (String) -> Bool) -> (first: OptimizedParameters, rest: OptimizedParameters) {
    let all = Array(zip(names, tensors))
    return (OptimizedParameters(all.filter { isFirst($0.0) }), OptimizedParameters(all.filter { !isFirst($0.0) }))
  }

  /// Forgets the gradients.
  public func zeroGradients() throws {
    for tensor in tensors { try tensor.setGradient(nil) }
  }

  /// The places of the parameters that have a gradient, with the gradients.
  func withGradients() throws -> (places: [Int], gradients: [Tensor]) {
    var places: [Int] = []
    var gradients: [Tensor] = []
    for (place, tensor) in tensors.enumerated() {
      guard let gradient = try tensor.gradient() else { continue }
      places.append(place)
      gradients.append(gradient)
    }
    return (places, gradients)
  }

  /// Zeros of the parameters' shapes, for the state of an optimiser.
  func zeros() throws -> [Tensor] { try tensors.map { try $0.detached().zerosLike() } }

  /// Stores one tensor for each parameter as `<prefix><name>.<suffix>`.
  func stored(_ state: [Tensor], prefix: String, suffix: String) throws -> [(name: String, tensor: StoredTensor)] {
    try zip(names, state).map { ("\(prefix)\($0).\(suffix)", try $1.stored()) }
  }

  /// Overwrites one tensor for each parameter.
  func restore(_ state: [Tensor], from stored: StoredTensors, prefix: String, suffix: String) throws {
    for (name, tensor) in zip(names, state) { try Self.restore(tensor, from: stored, name: "\(prefix)\(name).\(suffix)") }
  }

  /// Overwrites one tensor.
  static func restore(_ target: Tensor, from stored: StoredTensors, name: String) throws {
    guard let value = stored[name], value.shape == target.shape else { throw CheckpointError.optimizerState(missing: name) }
    try withoutGradients { try target.assign(Tensor(value)) }
  }
}
