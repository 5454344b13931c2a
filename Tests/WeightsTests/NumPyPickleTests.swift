import Testing

@testable import Weights

/// Pickles of NumPy arrays, built by hand as NumPy writes them, and what is wrong with others.
@Suite struct NumPyPickleTests {
  private static func ascii(_ text: String) -> [UInt8] { [UInt8](text.utf8) }
  private static func number(_ value: Int) -> [UInt8] { ascii("J") + Build.little(value, 4) }
  private static let type =
    Build.global("numpy", "dtype") + Build.tuple([Build.text("f4")]) + ascii("R")
    + state([number(3), Build.text("<"), ascii("N"), ascii("N"), ascii("N"), number(-1), number(-1), number(0)])
  private static func state(_ parts: [[UInt8]]) -> [UInt8] { Build.tuple(parts) + ascii("b") }
  private static let empty =
    Build.global("numpy.core.multiarray", "_reconstruct")
    + Build.tuple([Build.global("numpy", "ndarray"), Build.tuple([number(0)]), ascii("C") + [1, 0x62]]) + ascii("R")

  private static func array(
    _ values: [Float], shape: [Int], type: [UInt8] = type, isColumnMajor: Bool = false, bytes: Int? = nil
  ) -> [UInt8] {
    let data = values.flatMap { Build.little(Int($0.bitPattern), 4) }.prefix(bytes ?? .max)
    return empty
      + state([
        number(1), Build.tuple(shape.map(number)), type, [isColumnMajor ? 0x88 : 0x89], ascii("B") + Build.little(data.count, 4) + data,
      ])
  }

  private static func dictionary(_ fields: [(String, [UInt8])]) -> [UInt8] {
    ascii("}(") + fields.flatMap { Build.text($0.0) + $0.1 } + ascii("u")
  }

  private static func pickle(_ code: [UInt8]) -> [UInt8] { [0x80, 3] + code + ascii(".") }

  private static func outcome(_ bytes: [UInt8]) -> Result<StoredTensors, WeightsError> {
    do throws(WeightsError) { return .success(try NumPyPickle.decode(bytes, name: "a.ckpt")) } catch { return .failure(error) }
  }

  private static let good = pickle(
    dictionary([
      ("net", dictionary([("kernel", array([1, 2, 3, 4, 5, 6], shape: [2, 3])), ("bias", array([-0.5], shape: [1]))])),
      ("scale", array([7], shape: [])),
    ]))

  @Test func arraysStandUnderTheirPaths() throws {
    let tensors = try NumPyPickle.decode(Self.good, name: "a.ckpt")
    #expect(tensors["net.kernel"]?.floats == [1, 2, 3, 4, 5, 6] && tensors["net.kernel"]?.shape == [2, 3])
    #expect(tensors["net.bias"]?.floats == [-0.5])
    #expect(tensors["scale"]?.shape == [])
  }

  @Test func everyCutIsAnError() {
    for count in 0..<Self.good.count {
      guard case .failure = Self.outcome(Array(Self.good.prefix(count))) else {
        Issue.record("\(count) of \(Self.good.count) bytes are taken")
        continue
      }
    }
  }

  /// Whatever a byte becomes, the reader comes to an end, and what it reads is no larger than the file.
  @Test func damagedBytesNeverTrap() throws {
    var numbers = Numbers(state: 11)
    for _ in 0..<4000 {
      var bytes = Self.good
      for _ in 0...Int.random(in: 0..<3, using: &numbers) {
        bytes[Int.random(in: bytes.indices, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      }
      if case .success(let tensors) = Self.outcome(bytes) {
        #expect(tensors.names.compactMap { tensors[$0]?.bytes.count }.reduce(0, +) <= bytes.count)
      }
    }
  }

  private static let nested = (0..<200_000).reduce(into: ascii("N")) { bytes, _ in bytes.append(0x85) }
  /// Seven dictionaries, each with ten fields that are the next one: ten million paths.
  private static let bush = (0..<7).reduce(into: array([1], shape: [1])) { bytes, level in
    bytes += ascii("q") + [UInt8(level)] + ascii("}(")
    for field in 0..<10 { bytes += Build.text("\(field)") + ascii("h") + [UInt8(level)] }
    bytes += ascii("u")
  }
  private static let shared =
    array([1], shape: [1]) + ascii("q") + [0] + ascii("}(") + Build.text("a") + ascii("h") + [0]
    + Build.text("b") + ascii("h") + [0] + ascii("u")
  /// A thousand arrays of the same bytes.
  private static let swollen: [UInt8] = {
    let bytes = ascii("B") + Build.little(4000, 4) + [UInt8](repeating: 0, count: 4000) + ascii("q") + [0]
    let one = empty + state([number(1), Build.tuple([number(1000)]), type, [0x89], ascii("h") + [0]])
    return bytes + ascii("}(") + (0..<1000).flatMap { Build.text("\($0)") + one } + ascii("u")
  }()

  private static let hostile: [(code: [UInt8], says: String)] = [
    (Build.global("os", "system") + Build.tuple([Build.text("true")]) + ascii("R"), "os.system"),
    (Build.global("numpy.core.multiarray", "scalar"), "numpy.core.multiarray.scalar"),
    (dictionary([("a", array([1, 2], shape: [3]))]), "another number of bytes than its shape"),
    (dictionary([("a", array([1, 2], shape: [-2]))]), "another number of bytes than its shape"),
    (dictionary([("a", array([], shape: [0x4000_0000, 0x4000_0000, 0x4000_0000]))]), "another number of bytes than its shape"),
    (dictionary([("a", array([1], shape: [1], isColumnMajor: true))]), "not in row-major order"),
    (
      dictionary([("a", array([1], shape: [1], type: Build.global("numpy", "dtype") + Build.tuple([Build.text("f8")]) + ascii("R")))]),
      "32-bit floating-point"
    ),
    (
      Build.global("numpy", "dtype") + Build.tuple([Build.text("f4")]) + ascii("R") + state([number(3), Build.text(">")]),
      "big endian"
    ),
    (dictionary([("a", empty)]), "no elements"),
    (dictionary([("a", number(1))]), "something else than arrays"),
    (dictionary([("a", array([1], shape: [1])), ("a", array([2], shape: [1]))]), "'a'"),
    (ascii("}(") + number(1) + array([1], shape: [1]) + ascii("u"), "a key is no text"),
    (ascii("}(") + Build.text("a") + ascii("u"), "a key has no dictionary"),
    (ascii("}q") + [0] + Build.text("a") + ascii("h") + [0] + ascii("s"), "a dictionary stands at two places"),
    (ascii("h") + [9], "was not stored"), (ascii("t"), "a mark is missing"), ([0x87], "a value is missing"),
    (ascii("R"), "a value is missing"),
    (ascii("]"), "the instruction 93"), (nested, "nested more than three deep"), (bush, "an array stands at two places"),
    (shared, "an array stands at two places"), (swollen, "more than"),
  ]

  @Test(arguments: hostile.indices)
  func hostileOnesAreRefused(index: Int) {
    let (code, says) = Self.hostile[index]
    guard case .failure(let error) = Self.outcome(Self.pickle(code)) else {
      Issue.record("taken; expected '\(says)'")
      return
    }
    #expect(error.description.contains(says), "\(error)")
    #expect(error.description.contains("a.ckpt"))
  }
}
