extension PickleMachine {
  /// Runs the instructions that name and call globals and that name storages; returns false for any other.
  mutating func call(_ code: UInt8) throws(WeightsProblem) -> Bool {
    switch code {
    case UInt8(ascii: "c"):
      let module = try reader.line()
      push(.global(try global(module: module, name: try reader.line())))
    case 0x93:
      let names = try pop(2)
      guard case .string(let module) = names[0], case .string(let name) = names[1] else {
        throw reader.malformed("the pickle names a global by something that is not text")
      }
      push(.global(try global(module: module, name: name)))
    case UInt8(ascii: "R"), 0x81:
      let values = try pop(2)
      push(try result(of: values[0], arguments: values[1]))
    case UInt8(ascii: "b"): try setState()
    case UInt8(ascii: "Q"): push(try storage(try pop()))
    default: return false
    }
    return true
  }

  private func global(module: String, name: String) throws(WeightsProblem) -> PickleGlobal {
    guard let global = PickleGlobal(module: module, name: name) else { throw .forbiddenGlobal("\(module).\(name)") }
    return global
  }

  private mutating func result(of function: PickleValue, arguments: PickleValue) throws(WeightsProblem) -> PickleValue {
    guard case .global(let global) = function, let arguments = heap.elements(arguments) else {
      throw reader.malformed("the pickle calls something that is not a function")
    }
    switch global {
    case .inert: return .opaque
    case .dictionary: return try dictionary(arguments)
    case .tensor: return try tensor(arguments)
    case .parameter:
      guard case .tensor? = arguments.first else { throw reader.malformed("a parameter is not a tensor") }
      return arguments[0]
    case .sequence:
      let elements = arguments.first.flatMap { heap.elements($0) } ?? []
      try copy(elements.count)
      return heap.sequence(elements)
    case .storage: throw reader.malformed("the pickle calls a storage type")
    }
  }

  /// Python calls `OrderedDict()`, `OrderedDict(pairs)`, `Counter(dictionary)` or `defaultdict(type)`.
  private mutating func dictionary(_ arguments: [PickleValue]) throws(WeightsProblem) -> PickleValue {
    var pairs: [(key: PickleValue, value: PickleValue)] = []
    for argument in arguments {
      if case .dictionary(let index) = argument {
        try copy(heap.dictionaries[index].count)
        pairs += heap.dictionaries[index]
      }
      try copy(heap.elements(argument)?.count ?? 0)
      for pair in heap.elements(argument) ?? [] {
        guard let pair = heap.elements(pair), pair.count == 2 else {
          throw reader.malformed("a dictionary is made of something other than pairs")
        }
        pairs.append((pair[0], pair[1]))
      }
    }
    return heap.dictionary(pairs)
  }

  private mutating func tensor(_ arguments: [PickleValue]) throws(WeightsProblem) -> PickleValue {
    guard arguments.count >= 4, case .storage(let storage) = arguments[0], case .int(let offset) = arguments[1],
      let shape = heap.integers(arguments[2], atMost: StorageTable.largestRank),
      let strides = heap.integers(arguments[3], atMost: StorageTable.largestRank)
    else { throw reader.malformed("a tensor is not made of a storage, an offset, a shape and strides") }
    heap.tensors.append(TensorReference(storage: heap.storages[storage], offset: offset, shape: shape, strides: strides))
    return .tensor(heap.tensors.count - 1)
  }

  /// Python sets the attributes of an object so; the `_metadata` of a state_dict is what occurs, and it does not matter here.
  private mutating func setState() throws(WeightsProblem) {
    _ = try pop()
    switch stack.last {
    case .dictionary, .opaque, .tensor: return
    default: throw reader.malformed("the pickle sets attributes of a plain value")
    }
  }

  /// torch.save names a storage by `("storage", type, key, device, element count)`; the oldest files add `(key, offset, count)` or `None`.
  private mutating func storage(_ identifier: PickleValue) throws(WeightsProblem) -> PickleValue {
    guard let values = heap.elements(identifier), values.count >= 5, values[0] == .string("storage"),
      case .global(.storage(let type)) = values[1], case .string(let key) = values[2]
    else { throw reader.malformed("the pickle names something outside that is not a storage") }
    var offset = 0
    if values.count > 5, let view = heap.elements(values[5]), view.count == 3, case .int(let first) = view[1] { offset = first }
    heap.storages.append(StorageReference(key: key, type: type, offset: offset))
    return .storage(heap.storages.count - 1)
  }
}
