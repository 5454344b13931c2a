import Foundation

@testable import Weights

/// The small files that the tests read.
enum Fixture {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  static func path(_ name: String) -> String { folder.appending(path: name).path }

  static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path(name)))) }

  /// The tensors that `checkpoints/generate.py` saved, by file name.
  static func expectedCheckpoints() throws -> [String: StoredTensors] {
    struct Entry: Decodable {
      let name: String
      let type: ElementType
      let shape: [Int]
      let bytes: [UInt8]
    }
    struct Expected: Decodable { let files: [String: [Entry]] }
    let expected = try JSONDecoder().decode(Expected.self, from: Data(try bytes("checkpoints/expected.json")))
    return expected.files.mapValues { entries in
      StoredTensors(entries.map { ($0.name, StoredTensor(type: $0.type, shape: $0.shape, bytes: $0.bytes)) })
    }
  }
}

/// A small deterministic source of numbers (SplitMix64), so that every run mutates the same bytes.
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}

/// Builds the bytes of archives and pickles by hand.
enum Build {
  static func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

  /// An archive with stored entries; `isLarge` writes sizes, offsets and the end record in the ZIP64 form.
  static func zip(_ entries: [(name: String, contents: [UInt8])], method: Int = 0, isLarge: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, contents) in entries {
      let checksum = Int(CRC32.checksum(contents[...]))
      let begin = bytes.count
      bytes += ZipArchive.magic + little(20, 2) + little(0, 2) + little(method, 2) + little(0, 4) + little(checksum, 4)
      bytes +=
        little(contents.count, 4) + little(contents.count, 4) + little(name.utf8.count, 2) + little(3, 2) + [UInt8](name.utf8) + [7, 7, 7]
      bytes += contents
      let extra = isLarge ? little(1, 2) + little(24, 2) + little(contents.count, 8) + little(contents.count, 8) + little(begin, 8) : []
      directory +=
        [0x50, 0x4b, 1, 2] + little(20, 2) + little(20, 2) + little(0, 2) + little(method, 2) + little(0, 4) + little(checksum, 4)
      directory += little(isLarge ? 0xffff_ffff : contents.count, 4) + little(isLarge ? 0xffff_ffff : contents.count, 4)
      directory += little(name.utf8.count, 2) + little(extra.count, 2) + little(0, 2) + little(0, 8)
      directory += little(isLarge ? 0xffff_ffff : begin, 4) + [UInt8](name.utf8) + extra
    }
    let offset = bytes.count
    bytes += directory
    if isLarge {
      let record = bytes.count
      bytes += [0x50, 0x4b, 6, 6] + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 8) + little(entries.count, 8)
      bytes += little(entries.count, 8) + little(directory.count, 8) + little(offset, 8)
      bytes += [0x50, 0x4b, 6, 7] + little(0, 4) + little(record, 8) + little(1, 4)
    }
    bytes += [0x50, 0x4b, 5, 6] + little(0, 4) + little(isLarge ? 0xffff : entries.count, 2) + little(isLarge ? 0xffff : entries.count, 2)
    bytes += little(isLarge ? 0xffff_ffff : directory.count, 4) + little(isLarge ? 0xffff_ffff : offset, 4) + little(0, 2)
    return bytes
  }

  static func text(_ text: String) -> [UInt8] { [UInt8(ascii: "X")] + little(text.utf8.count, 4) + [UInt8](text.utf8) }
  static func integer(_ value: Int) -> [UInt8] { [0x8a, 8] + little(value, 8) }
  static func global(_ module: String, _ name: String) -> [UInt8] { [UInt8]("c\(module)\n\(name)\n".utf8) }
  static func tuple(_ values: [[UInt8]]) -> [UInt8] { [UInt8(ascii: "(")] + values.flatMap { $0 } + [UInt8(ascii: "t")] }
  static func pickle(_ value: [UInt8]) -> [UInt8] { [0x80, 2] + value + [UInt8(ascii: ".")] }

  /// The pickle of a dictionary.
  static func dictionary(_ pairs: [(String, [UInt8])]) -> [UInt8] {
    [UInt8(ascii: "}"), UInt8(ascii: "(")] + pairs.flatMap { text($0.0) + $0.1 } + [UInt8(ascii: "u")]
  }

  /// The pickle of a view of the float storage `key`.
  static func tensor(key: String = "0", offset: Int = 0, shape: [Int], strides: [Int]) -> [UInt8] {
    let storage = tuple([text("storage"), global("torch", "FloatStorage"), text(key), text("cpu"), integer(4)]) + [UInt8(ascii: "Q")]
    let arguments = tuple([storage, integer(offset), tuple(shape.map(integer)), tuple(strides.map(integer)), [0x89], [UInt8(ascii: "}")]])
    return global("torch._utils", "_rebuild_tensor_v2") + arguments + [UInt8(ascii: "R")]
  }

  /// A checkpoint with the given pickle and one storage, `0`, of four floats: 1, 2, 3, 4.
  static func checkpoint(_ value: [UInt8], byteOrder: String = "little") -> [UInt8] {
    let floats = StoredTensor([1, 2, 3, 4] as [Float], shape: [4])
    return zip([("c/data.pkl", pickle(value)), ("c/byteorder", [UInt8](byteOrder.utf8)), ("c/data/0", floats.bytes)])
  }
}

/// Returns the problem that `body` throws, or nothing.
func problem(_ body: () throws -> some Any) -> WeightsProblem? {
  do {
    _ = try body()
    return nil
  } catch let error as WeightsError {
    return error.problem
  } catch {
    return error as? WeightsProblem
  }
}

/// Calls `body` with `count` copies of `bytes`, each with a few bytes changed, cut out, doubled or cut off at the end.
func withMutations(of bytes: [UInt8], count: Int, within range: Range<Int>? = nil, _ body: ([UInt8]) -> Void) {
  var numbers = Numbers(state: 1)
  let range = range ?? bytes.indices
  for round in 0..<count {
    var mutated = bytes
    for _ in 0..<Int.random(in: 1...3, using: &numbers) {
      let place = min(Int.random(in: range, using: &numbers), mutated.count - 1)
      switch round % 8 {
      case 0: mutated.remove(at: place)
      case 1: mutated.insert(mutated[place], at: place)
      case 2: mutated[place] = [0, 0xff, 0x7f, 0x80].randomElement(using: &numbers) ?? 0
      case 3: mutated[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
      default: mutated[place] = UInt8.random(in: 0...255, using: &numbers)
      }
    }
    body(mutated)
  }
}
