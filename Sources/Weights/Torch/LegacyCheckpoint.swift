/// A checkpoint as torch.save wrote it before PyTorch 1.6, and still does on request: five pickles one after the other (a magic number,
/// a version, facts about the machine, the object, the list of storage keys), then for each key an element count of 8 bytes and the elements.
struct LegacyCheckpoint {
  /// The magic number 0x1950A86A20F9469CFC6C as the first pickle holds it.
  private static let magic: [UInt8] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns whether a file of this form begins with `bytes`; what precedes the magic number depends on the pickle protocol.
  static func begins(_ bytes: [UInt8]) -> Bool {
    guard bytes.first == 0x80 else { return false }
    return (2..<16).contains { bytes.dropFirst($0).starts(with: magic) }
  }

  func tensors() throws(WeightsProblem) -> StoredTensors {
    var machine = PickleMachine(ByteReader(bytes, part: "the checkpoint's pickle"))
    _ = try machine.run()
    guard try machine.run() == .int(1001) else { throw machine.reader.malformed("the stream form has a version other than 1001") }
    let machineFacts = try machine.run()
    if machine.heap.value(of: "little_endian", in: machineFacts) == .bool(false) { throw .bigEndian }
    let root = try machine.run()
    let keys = try machine.run()
    let places = try places(of: keys, &machine)
    var storages = StorageTable(limit: bytes.count) { [bytes] (storage) throws(WeightsProblem) in
      guard let place = places[storage.key] else { throw .missingEntry(storage.key) }
      return bytes[place]
    }
    return try TorchCheckpoint.tensors(root: root, heap: machine.heap, storages: &storages)
  }

  /// Returns where the bytes of each storage are.
  private func places(of keys: PickleValue, _ machine: inout PickleMachine) throws(WeightsProblem) -> [String: Range<Int>] {
    guard let keys = machine.heap.elements(keys) else { throw machine.reader.malformed("the list of storages is missing") }
    let types = Dictionary(machine.heap.storages.map { ($0.key, $0.type) }, uniquingKeysWith: { first, _ in first })
    var places: [String: Range<Int>] = [:]
    for key in keys {
      guard case .string(let key) = key, let type = types[key] else { throw machine.reader.malformed("a storage belongs to no tensor") }
      let count = try machine.reader.count64()
      let (size, overflow) = count.multipliedReportingOverflow(by: type.byteCount)
      guard !overflow else { throw .cutShort(part: "the storage '\(key)'") }
      places[key] = try machine.reader.range(size)
    }
    return places
  }
}
