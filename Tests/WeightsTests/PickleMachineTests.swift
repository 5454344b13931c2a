import Testing

@testable import Weights

@Suite struct PickleMachineTests {
  private static func run(_ bytes: [UInt8]) throws(WeightsProblem) -> (value: PickleValue, heap: PickleHeap) {
    var machine = PickleMachine(ByteReader(bytes, part: "the pickle"))
    let value = try machine.run()
    return (value, machine.heap)
  }

  private static func bytes(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

  private static let constants: [([UInt8], PickleValue)] =
    [
      (bytes("N"), .none), ([0x88], .bool(true)), ([0x89], .bool(false)), (bytes("K") + [200], .int(200)),
      (bytes("M") + [1, 2], .int(513)),
      (bytes("J") + [0xfe, 0xff, 0xff, 0xff], .int(-2)), ([0x8a, 0], .int(0)), ([0x8a, 1, 0xff], .int(-1)),
      ([0x8a, 2, 0xff, 0], .int(255)),
      (Build.integer(.min), .int(.min)), ([0x8a, 9] + Build.little(1, 9), .opaque), ([0x8b, 1, 0, 0, 0, 7], .int(7)),
      (bytes("G") + [0x3f, 0xf8, 0, 0, 0, 0, 0, 0], .float(1.5)), (Build.text("é"), .string("é")), ([0x8c, 1, 0x61], .string("a")),
      ([0x8d] + Build.little(1, 8) + [0x61], .string("a")), (bytes("U") + [1, 0x61], .string("a")), (bytes("C") + [2, 1, 2], .opaque),
      ([0x96] + Build.little(1, 8) + [0x61], .opaque), ([0x8f, 0x28, 0x4b, 1, 0x90], .opaque), ([0x28, 0x4b, 1, 0x91], .opaque),
      ([0x95] + Build.little(1, 8) + bytes("N"), .none), (bytes("K") + [1, 0x94] + bytes("0h") + [0], .int(1)), (bytes("N20"), .none),
      (Build.global("torch", "device") + bytes("(tR"), .opaque), (bytes("N(0"), .none),
    ] as [([UInt8], PickleValue)]

  @Test(arguments: constants)
  func values(code: [UInt8], value: PickleValue) throws {
    #expect(try Self.run(Build.pickle(code)).value == value)
  }

  @Test func containers() throws {
    let (list, heap) = try Self.run(Build.pickle(Self.bytes("](K\u{1}K\u{2}eK\u{3}a")))
    #expect(heap.integers(list, atMost: 3) == [1, 2, 3])
    #expect(heap.integers(list, atMost: 2) == nil)
    let pair = Build.tuple([Build.text("k"), Build.integer(5)])
    let arguments = Build.tuple([Self.bytes("](") + pair + Self.bytes("e")])
    let (ordered, orderedHeap) = try Self.run(Build.pickle(Build.global("collections", "OrderedDict") + arguments + Self.bytes("R}b")))
    #expect(orderedHeap.value(of: "k", in: ordered) == .int(5))
    let counter =
      Build.global("collections", "Counter") + Build.tuple([Build.dictionary([("a", Build.integer(1)), ("a", Build.integer(2))])])
    let (counted, countedHeap) = try Self.run(Build.pickle(counter + Self.bytes("R")))
    #expect(countedHeap.members(counted)?.map(\.value) == [.int(2)])
  }

  @Test(arguments: [
    ("os", "system"), ("posix", "system"), ("builtins", "eval"), ("builtins", "getattr"), ("__builtin__", "exec"), ("torch", "load"),
    ("torch.storage", "_load_from_bytes"), ("numpy.core.multiarray", "_reconstruct"), ("torch", "ComplexFloatStorage"), ("", ""),
  ])
  func refusesGlobals(module: String, name: String) {
    let plain = Build.pickle(Build.global(module, name) + Build.tuple([Build.text("echo hello")]) + [UInt8(ascii: "R")])
    let stacked = Build.pickle(
      Build.text(module) + Build.text(name) + [0x93] + Build.tuple([Build.text("echo hello")]) + [UInt8(ascii: "R")])
    #expect(problem { try Self.run(plain) } == .forbiddenGlobal("\(module).\(name)"))
    #expect(problem { try Self.run(stacked) } == .forbiddenGlobal("\(module).\(name)"))
  }

  @Test func refusesOtherWaysToRunCode() {
    // INST, OBJ, the extension registry, and a call of what is not a function.
    for code in ["(ios\nsystem\n", "(cos\nsystem\no", "\u{82}", "N)R", "](Nsb", "Nb"] {
      #expect(problem { try Self.run(Build.pickle(Self.bytes(code))) } != nil, "\(code)")
    }
  }

  private static let damaged: [[UInt8]] =
    [
      [], bytes("t"), bytes("(0t"), bytes("h\u{5}"), bytes("a"), bytes("Na"), bytes("N(Ns"), bytes("}(Nu"), bytes("Q"), bytes("NQ"),
      bytes("q\u{1}"), [0x85],
      bytes("N") + [0x86], bytes("(N") + [0x85, 0x86], bytes("X") + [0xff, 0xff, 0xff, 0xff], [0x8d] + Build.little(.max, 8),
      [0x8d] + Build.little(-1, 8),
      bytes("T") + [0xff, 0xff, 0xff, 0xff], [0x8b, 0, 0, 0, 0x80], [0x80, 1], [0x80, 9], bytes("X") + [1, 0, 0, 0, 0xff], bytes("c\n"),
      bytes("cx"), [0xff],
    ] as [[UInt8]]

  @Test(arguments: damaged)
  func refusesDamage(code: [UInt8]) {
    #expect(problem { try Self.run([0x80, 2] + code + [UInt8(ascii: ".")]) } != nil)
  }

  @Test func hugeMemoIndexesTakeNoMemory() throws {
    let (value, _) = try Self.run(
      Build.pickle(Self.bytes("K\u{1}r") + [0xff, 0xff, 0xff, 0xff] + Self.bytes("j") + [0xff, 0xff, 0xff, 0xff]))
    #expect(value == .int(1))
  }

  @Test func deepNestingTakesNoStack() throws {
    let (value, _) = try Self.run(Build.pickle(Self.bytes("N") + [UInt8](repeating: 0x85, count: 200_000)))
    guard case .sequence = value else {
      Issue.record("\(value) is not a tuple")
      return
    }
  }

  @Test func repeatedCopiesAreRefused() {
    let dictionary = Build.dictionary((0..<200).map { ("\($0)", [UInt8(ascii: "N")]) })
    let copy = Build.global("collections", "Counter") + Self.bytes("h\u{0}") + [0x85, UInt8(ascii: "R")]
    let bomb = dictionary + Self.bytes("q\u{0}") + [[UInt8]](repeating: copy, count: 500).flatMap { $0 }
    let found = problem { try Self.run(Build.pickle(bomb)) }
    #expect(found?.description.contains("copies its containers too often") == true)
  }
}
