public import Weights

/// A tensor that training changes, unless it is frozen.
public final class Parameter {
  /// The current value, a leaf for which gradients are recorded unless it is frozen.
  public private(set) var tensor: Tensor
  /// Whether training changes it; false for a frozen one.
  public private(set) var isTrained: Bool

  /// Creates a parameter that starts as `value`.
  public init(_ value: Tensor, isTrained: Bool = true) throws(TorchError) {
    tensor = value
    self.isTrained = isTrained
    if isTrained { try tensor.setRequiresGradient() }
  }

  /// Keeps the value from now on: no gradient is recorded for it.
  ///
  /// Optimisers are made after it, since they take what is trained.
  public func freeze() throws(TorchError) {
    guard isTrained else { return }
    isTrained = false
    tensor = try tensor.detached()
  }

  /// Moves the value to another device; whoever keeps the tensor, such as an optimiser, must be made after it.
  func move(to device: Device) throws(TorchError) {
    tensor = try tensor.detached().to(device)
    if isTrained { try tensor.setRequiresGradient() }
  }
}

/// A tensor that belongs to a module's state but is not trained.
public final class Buffer {
  /// What happens to the buffer when weights are loaded.
  public enum Loading {
    /// It is replaced, also by a tensor of another shape.
    case replaces
    /// Its elements are overwritten by as many, because the tensor belongs to someone else, too.
    case overwrites
    /// It stays, since it says what the module is made of; the closure returns what is wrong with a stored value that differs.
    case compares((StoredTensor) -> String?)
  }

  /// The current value.
  public var tensor: Tensor
  /// What happens to it when weights are loaded.
  public let loading: Loading
  /// Whether it is counted of the pictures of a training, so that processes which train together take the mean of theirs after each step.
  public let isAveraged: Bool

  /// Creates a buffer.
  public init(_ value: Tensor, loading: Loading = .replaces, isAveraged: Bool = false) {
    tensor = value
    self.loading = loading
    self.isAveraged = isAveraged
  }

  /// Whether the buffer says what the module is made of, and is no part of what it learned.
  public var isFingerprint: Bool { if case .compares = loading { true } else { false } }
}

/// A part of a module under its name in PyTorch's state_dict.
public enum Member {
  /// A trained tensor.
  case parameter(String, Parameter)
  /// A tensor of the state that is not trained.
  case buffer(String, Buffer)
  /// A module inside the module.
  case module(String, any Module)
}

/// A part of a network with parameters, buffers and modules of its own.
///
/// The names of the members are those of PyTorch's state_dict, so that weights can be exchanged.
public protocol Module: AnyObject {
  /// All parts, in the order of PyTorch's state_dict.
  var members: [Member] { get }
}

/// A module that maps one tensor to one tensor.
public protocol Layer: Module {
  /// Returns the layer's output.
  func forward(_ input: Tensor) throws -> Tensor
}

/// Layers one after the other, named `0`, `1`, … in the state_dict.
public final class Sequential: Layer {
  /// The layers in the order of their use.
  public let layers: [any Layer]

  /// Creates a chain of layers.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// The layers under their numbers.
  public var members: [Member] { layers.enumerated().map { .module(String($0.offset), $0.element) } }

  /// Returns the last layer's output.
  public func forward(_ input: Tensor) throws -> Tensor {
    var value = input
    for layer in layers { value = try layer.traced(value) }
    return value
  }
}

extension Module {
  /// All parameters of this module and of those inside it, under their full names (`g_a.0.weight`).
  public func namedParameters(prefix: String = "") -> [(name: String, parameter: Parameter)] {
    members.flatMap { member -> [(name: String, parameter: Parameter)] in
      switch member {
      case .parameter(let name, let parameter): [(prefix + name, parameter)]
      case .buffer: []
      case .module(let name, let module): module.namedParameters(prefix: "\(prefix)\(name).")
      }
    }
  }

  /// All buffers of this module and of those inside it, under their full names.
  public func namedBuffers(prefix: String = "") -> [(name: String, buffer: Buffer)] {
    members.flatMap { member -> [(name: String, buffer: Buffer)] in
      switch member {
      case .parameter: []
      case .buffer(let name, let buffer): [(prefix + name, buffer)]
      case .module(let name, let module): module.namedBuffers(prefix: "\(prefix)\(name).")
      }
    }
  }

  /// Moves all parameters and buffers to a device.
  ///
  /// Optimisers are made after it, since they keep the tensors.
  public func move(to device: Device) throws {
    for (_, parameter) in namedParameters() { try parameter.move(to: device) }
    for (_, buffer) in namedBuffers() { buffer.tensor = try buffer.tensor.to(device) }
  }

  /// The number of numbers in all parameters, frozen ones included.
  public var parameterCount: Int { namedParameters().reduce(0) { $0 + $1.parameter.tensor.count } }

  /// The number of numbers that training changes.
  public var trainedParameterCount: Int { namedParameters().reduce(0) { $0 + ($1.parameter.isTrained ? $1.parameter.tensor.count : 0) } }
}
