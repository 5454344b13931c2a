/// Named tensors in a fixed order, as a weights file holds them.
public struct StoredTensors: Sendable, Equatable {
  /// The names of the tensors in their order, each once.
  public private(set) var names: [String] = []
  /// Free text that a file carries beside its tensors.
  public var metadata: [String: String]
  private var tensors: [String: StoredTensor] = [:]

  /// Creates a collection from named tensors in their order; the names must differ from each other.
  public init(_ tensors: [(name: String, tensor: StoredTensor)] = [], metadata: [String: String] = [:]) {
    self.metadata = metadata
    for (name, tensor) in tensors {
      precondition(self[name] == nil, "the tensor '\(name)' is given twice")
      self[name] = tensor
    }
  }

  /// The tensor called `name`; assigning to a new name appends it, assigning nothing removes it.
  public subscript(name: String) -> StoredTensor? {
    get { tensors[name] }
    set {
      let isKnown = tensors[name] != nil
      tensors[name] = newValue
      if newValue == nil {
        names.removeAll { $0 == name }
      } else if !isKnown {
        names.append(name)
      }
    }
  }

  /// Returns the same tensors ordered by name.
  public func sortedByName() -> StoredTensors {
    var sorted = self
    sorted.names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return sorted
  }

  /// Returns the collection with its floating-point tensors converted to `type`, which must be a floating-point type; integers stay.
  public func converted(to type: ElementType) -> StoredTensors {
    var result = self
    result.tensors = tensors.mapValues { $0.converted(to: type) }
    return result
  }
}

extension StoredTensors: RandomAccessCollection {
  /// The position of the first tensor.
  public var startIndex: Int { 0 }
  /// The position after the last tensor.
  public var endIndex: Int { names.count }

  /// The name and the tensor at `position`, which must be less than ``count``.
  public subscript(position: Int) -> (name: String, tensor: StoredTensor) {
    let name = names[position]
    guard let tensor = tensors[name] else { preconditionFailure("the name '\(name)' has no tensor") }
    return (name, tensor)
  }
}
