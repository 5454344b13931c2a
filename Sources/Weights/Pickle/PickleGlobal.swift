/// The functions and classes that a checkpoint's pickle may name; calling one of them never runs foreign code.
enum PickleGlobal: Equatable {
  /// Builds a dictionary from pairs or from a dictionary.
  case dictionary
  /// Builds a tensor from (storage, offset, shape, strides, …).
  case tensor
  /// Builds a parameter from (tensor, …), which is the tensor.
  case parameter
  /// Builds a sequence from one.
  case sequence
  /// Names a storage's number type.
  case storage(ElementType)
  /// Something harmless whose value does not matter here, as a device or a number type.
  case inert

  /// Returns what the pickle means by `module` and `name`, or nothing when it is not allowed.
  init?(module: String, name: String) {
    switch (module, name) {
    case ("collections", "OrderedDict"), ("collections", "defaultdict"), ("collections", "Counter"), ("builtins", "dict"),
      ("__builtin__", "dict"):
      self = .dictionary
    case ("torch._utils", "_rebuild_tensor_v2"): self = .tensor
    case ("torch._utils", "_rebuild_parameter"), ("torch._utils", "_rebuild_parameter_with_state"): self = .parameter
    case ("torch", "Size"), ("builtins", "list"), ("__builtin__", "list"): self = .sequence
    case ("torch", "device"), ("_codecs", "encode"): self = .inert
    case ("builtins", let name) where Self.inertBuiltins.contains(name), ("__builtin__", let name) where Self.inertBuiltins.contains(name):
      self = .inert
    case ("torch", let name) where Self.numberTypes.contains(name): self = .inert
    case ("torch", let name):
      guard let type = Self.storageTypes[name] else { return nil }
      self = .storage(type)
    default: return nil
    }
  }

  private static let inertBuiltins: Set<String> = ["set", "frozenset", "int", "float", "bool", "str", "complex", "bytes", "bytearray"]

  private static let numberTypes: Set<String> = [
    "float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool",
  ]

  private static let storageTypes: [String: ElementType] = [
    "DoubleStorage": .float64, "FloatStorage": .float32, "HalfStorage": .float16, "BFloat16Storage": .bfloat16, "LongStorage": .int64,
    "IntStorage": .int32, "ShortStorage": .int16, "CharStorage": .int8, "ByteStorage": .uint8, "BoolStorage": .bool,
  ]

  /// Returns the name that the storage type of numbers of `type` has in the module `torch`.
  static func storageName(of type: ElementType) -> String {
    guard let name = storageTypes.first(where: { $0.value == type })?.key else { preconditionFailure("\(type) has no storage type") }
    return name
  }
}
