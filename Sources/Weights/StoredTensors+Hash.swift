import Crypto

extension StoredTensors {
  /// The SHA-256 hash of the contents, 32 bytes: the identity of the weights whatever file they come from.
  ///
  /// It covers the names, types, shapes and bytes of all tensors, ordered by name; the order of the tensors and the metadata do not count.
  /// Every length goes into the hash before what it counts, so that different contents never give the same input.
  public var sha256: [UInt8] {
    var hash = SHA256()
    func add(_ number: Int) { withUnsafeBytes(of: UInt64(number).littleEndian) { hash.update(bufferPointer: $0) } }
    func add(_ bytes: [UInt8]) {
      add(bytes.count)
      bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    add([UInt8]("benchpresso.weights/1".utf8))
    add(count)
    for (name, tensor) in sortedByName() {
      add([UInt8](name.utf8))
      add([UInt8](tensor.type.rawValue.utf8))
      add(tensor.shape.count)
      for size in tensor.shape { add(size) }
      add(tensor.bytes)
    }
    return [UInt8](hash.finalize())
  }

  /// ``sha256`` in lower-case hexadecimal, 64 characters.
  public var sha256Hexadecimal: String { Hash.hexadecimal(sha256) }
}
