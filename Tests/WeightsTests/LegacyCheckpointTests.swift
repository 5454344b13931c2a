import Testing

@testable import Weights

@Suite struct LegacyCheckpointTests {
  private static let magic: [UInt8] = [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]

  /// A stream of the old form with one tensor in one storage of four floats.
  private static func stream(version: Int = 1001, littleEndian: UInt8 = 0x88, keys: [String] = ["0"], count: Int = 4) -> [UInt8] {
    let facts = Build.dictionary([("little_endian", [littleEndian])])
    let object = Build.dictionary([("w", Build.tensor(offset: 1, shape: [3], strides: [1]))])
    let list = [UInt8(ascii: "]"), UInt8(ascii: "(")] + keys.flatMap(Build.text) + [UInt8(ascii: "e")]
    let pickles = [magic, Build.integer(version), facts, object, list].flatMap(Build.pickle)
    return pickles + Build.little(count, 8) + StoredTensor([1, 2, 3, 4] as [Float], shape: [4]).bytes
  }

  private static func decode(_ bytes: [UInt8]) throws(WeightsProblem) -> StoredTensors { try LegacyCheckpoint(bytes).tensors() }

  @Test func readsTheStream() throws {
    #expect(LegacyCheckpoint.begins(Self.stream()))
    #expect(try Self.decode(Self.stream())["w"]?.floats == [2, 3, 4])
  }

  @Test func refuses() {
    #expect(problem { try Self.decode(Self.stream(littleEndian: 0x89)) } == .bigEndian)
    #expect(problem { try Self.decode(Self.stream(version: 7)) }?.description.contains("version other than 1001") == true)
    #expect(problem { try Self.decode(Self.stream(keys: ["5"])) }?.description.contains("a storage belongs to no tensor") == true)
    #expect(problem { try Self.decode(Self.stream(keys: [])) } == .missingEntry("0"))
    #expect(problem { try Self.decode(Self.stream(count: 3)) } == .outsideStorage(tensor: "w", storage: "0"))
    for count in [5, -1, .max, .max / 4 + 1] { #expect(problem { try Self.decode(Self.stream(count: count)) } != nil) }
  }

  @Test func mutationsNeverTrap() {
    withMutations(of: Self.stream(), count: 4000) { _ = try? Self.decode($0) }
  }
}
