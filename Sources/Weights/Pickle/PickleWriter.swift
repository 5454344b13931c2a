/// Writes the pickle (Python's serialisation, protocol 2) of an ordered dictionary of tensors, as torch.save would.
///
/// Only the instructions that torch.load accepts with `weights_only` occur; nothing is shared, so there is no memo.
struct PickleWriter {
  private(set) var bytes: [UInt8] = []

  /// Returns the pickle of `tensors`, whose storages are called `0`, `1`, … in their order.
  static func stateDictionary(_ tensors: StoredTensors) -> [UInt8] {
    var writer = PickleWriter()
    writer.bytes += [0x80, 2]
    writer.emptyDictionary()
    writer.code("(")
    for (index, (name, tensor)) in tensors.enumerated() {
      writer.text(name)
      writer.tensor(tensor, key: String(index))
    }
    writer.code("u")
    writer.code(".")
    return writer.bytes
  }

  /// Calls the function that PyTorch rebuilds a tensor with: storage, offset, shape, strides, no gradient, no hooks.
  private mutating func tensor(_ tensor: StoredTensor, key: String) {
    global("torch._utils", "_rebuild_tensor_v2")
    code("(")
    code("(")
    text("storage")
    global("torch", PickleGlobal.storageName(of: tensor.type))
    text(key)
    text("cpu")
    integer(tensor.elementCount)
    code("t")
    code("Q")
    integer(0)
    integers(tensor.shape)
    integers(Self.strides(of: tensor.shape))
    bytes.append(0x89)
    emptyDictionary()
    code("t")
    code("R")
  }

  private mutating func emptyDictionary() {
    global("collections", "OrderedDict")
    code(")")
    code("R")
  }

  private mutating func global(_ module: String, _ name: String) {
    code("c")
    bytes += Array("\(module)\n\(name)\n".utf8)
  }

  private mutating func text(_ text: String) {
    code("X")
    bytes.append(littleEndian: UInt32(text.utf8.count))
    bytes += Array(text.utf8)
  }

  private mutating func integers(_ values: [Int]) {
    code("(")
    for value in values { integer(value) }
    code("t")
  }

  private mutating func integer(_ value: Int) {
    if let small = Int32(exactly: value) {
      code("J")
      bytes.append(littleEndian: UInt32(bitPattern: small))
    } else {
      bytes += [0x8a, 8]
      bytes.append(littleEndian: UInt64(bitPattern: Int64(value)))
    }
  }

  private mutating func code(_ character: Unicode.Scalar) { bytes.append(UInt8(ascii: character)) }

  /// Row-major strides; those of a tensor without elements are counted as if its empty dimensions were 1, as PyTorch does.
  private static func strides(of shape: [Int]) -> [Int] {
    var strides: [Int] = []
    var step = 1
    for size in shape.reversed() {
      strides.append(step)
      step *= max(size, 1)
    }
    return strides.reversed()
  }
}

extension [UInt8] {
  /// Appends a number, the least significant byte first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
