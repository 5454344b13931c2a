import Testing

@testable import Weights

@Suite struct SafeTensorsTests {
  private static let sample = StoredTensors(
    [
      ("flag", StoredTensor(type: .bool, shape: [3], bytes: [1, 0, 1])), ("weight", StoredTensor([1, 2, 3, 4] as [Float], shape: [2, 2])),
      ("empty", StoredTensor(type: .int64, shape: [0, 4], bytes: [])),
      ("scalar", StoredTensor(type: .float64, shape: [], bytes: [UInt8](0..<8))),
      ("odd \"name\"\\\n\u{1} 𝄞", StoredTensor(type: .float16, shape: [1], bytes: [1, 2])),
    ], metadata: ["format": "pt", "a\"b": "é"])

  private static func file(_ header: String, data: Int = 0) -> [UInt8] {
    Build.little(header.utf8.count, 8) + [UInt8](header.utf8) + [UInt8](repeating: 0, count: data)
  }

  @Test func roundTrip() throws {
    let bytes = SafeTensors.encode(Self.sample)
    #expect(try SafeTensors.decode(bytes, name: "sample") == Self.sample)
    #expect(SafeTensors.encode(Self.sample) == bytes)
  }

  @Test func everyTensorIsAligned() throws {
    let bytes = SafeTensors.encode(Self.sample)
    let length = bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length % 8 == 0)
    let header = try SafeTensorsHeader(ByteReader(bytes, range: 8..<(8 + length), part: "the header"))
    for entry in header.entries {
      let type = try #require(ElementType(safeTensorsName: entry.dtype))
      #expect(entry.begin % type.byteCount == 0)
    }
  }

  @Test func acceptsWhatOthersWrite() throws {
    let header = " {\"a\\u00e9\\uD834\\uDD1E\" :\t{\"shape\":[ 1 , 2 ], \"data_offsets\":[0,4],\"dtype\":\"F16\"},\n\"__metadata__\":{} } "
    let bytes = Self.file(header, data: 4)
    let tensors = try SafeTensors.decode(bytes, name: "other")
    #expect(tensors.names == ["aé𝄞"])
    #expect(tensors["aé𝄞"]?.shape == [1, 2])
    #expect(try SafeTensors.decode(Self.file("{}"), name: "nothing").isEmpty)
  }

  private static func entry(_ dtype: String = "F32", _ shape: String = "[1]", _ offsets: String = "[0,4]") -> String {
    "{\"dtype\":\"\(dtype)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  private static let refusals: [([UInt8], String)] = [
    (file("{\"a\":\(entry()),\"a\":\(entry())}", data: 4), "the name 'a' occurs twice"),
    (file("{\"a\":\(entry("F8_E4M3"))}", data: 4), "the tensor 'a' has the type 'F8_E4M3'; known are float64"),
    (file("{\"a\":\(entry("F32", "[2]"))}", data: 4), "the tensor 'a' has 4 bytes, which is not what float32 of shape [2] takes"),
    (file("{\"a\":\(entry("F32", "[4611686018427387904,4]"))}", data: 4), "which is not what float32"),
    (
      file("{\"a\":\(entry()),\"b\":\(entry("F32", "[1]", "[2,6]"))}", data: 6),
      "the tensor 'b' takes the bytes 2 to 6 of the data, but should begin at 4"
    ),
    (file("{\"a\":\(entry("F32", "[1]", "[4,8]"))}", data: 8), "but should begin at 0"),
    (file("{\"a\":\(entry("F32", "[1]", "[4,0]"))}", data: 8), "takes the bytes 4 to 0"),
    (file("{\"a\":\(entry())}", data: 3), "should begin at 0 and end inside the file"),
    (file("{\"a\":\(entry())}", data: 9), "5 bytes at the end belong to no tensor"),
    (file("{\"a\":\(entry("F32", "[-1]"))}", data: 4), "a whole number that is not negative is needed here"),
    (file("{\"a\":\(entry("F32", "[01]"))}", data: 4), "leading zeros"),
    (file("{\"a\":\(entry("F32", "[1.0]"))}", data: 4), "']' is needed here"),
    (file("{\"a\":\(entry("F32", "[99999999999999999999]"))}", data: 4), "does not fit 64 bits"),
    (file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}"), "the tensor 'a' needs dtype, shape and two data_offsets"),
    (file("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}"), "unknown or repeated field 'dtype'"),
    (file("{\"a\":{\"offset\":1}}"), "unknown or repeated field 'offset'"), (file("{\"__metadata__\":{\"a\":1}}"), "'\"' is needed here"),
    (file("{} x"), "text after the closing brace"), (file("{\"a\\q\":1}"), "an unknown escape"),
    (file("{\"\\ud800x\":1}"), "half of a surrogate pair"),
    (file("{\"\\u00g0\":1}"), "four hexadecimal digits"), (file("{\"a"), "the file ends inside the header"),
    (file("{"), "the file ends inside the header"),
    (Build.little(2, 8), "the file ends inside the header"), (Build.little(.max, 8), "a header of 9223372036854775807 bytes"),
    (Build.little(-1, 8), "the file ends inside the header"), ([1, 2], "the file ends inside the header"),
    (Build.little(4, 8) + [0x7b, 0x22, 0xff, 0x22], "text that is not UTF-8"),
    (Build.little(4, 8) + [0x7b, 0x22, 0x0a, 0x22], "a control character"),
  ]

  @Test(arguments: refusals)
  func refuses(bytes: [UInt8], sentence: String) {
    let error = #expect(throws: WeightsError.self) { try SafeTensors.decode(bytes, name: "x.safetensors") }
    #expect(error?.description.hasPrefix("cannot read the weights 'x.safetensors': ") == true)
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
  }

  @Test func everyPrefixIsRefused() {
    let bytes = SafeTensors.encode(Self.sample)
    #expect((0..<bytes.count).allSatisfy { count in problem { try SafeTensors.decode([UInt8](bytes.prefix(count)), name: "cut") } != nil })
  }

  @Test func mutationsNeverTrap() {
    withMutations(of: SafeTensors.encode(Self.sample), count: 4000) { _ = try? SafeTensors.decode($0, name: "mutated") }
  }

  @Test func deepNestingIsRefused() {
    let deep = Self.file(String(repeating: "{\"a\":", count: 100_000))
    #expect(problem { try SafeTensors.decode(deep, name: "deep") } != nil)
  }
}
