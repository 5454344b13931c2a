import EntropyCoding
import Testing

private func makeContainer(
  identity: String = "models.FactorizedPrior", hash: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8], arithmetic: String = "",
  tiling: Container.Tiling? = nil, form: StreamForm = .compatible, rate: Int? = nil, width: Int = 767, height: Int = 511,
  padding: Container.Padding = Container.Padding(right: 1, bottom: 1),
  shapes: [Container.SpatialShape] = [Container.SpatialShape(height: 32, width: 48)], payloads: [[UInt8]] = [[9, 8, 7, 6]]
) throws(EntropyCodingError) -> Container {
  try Container(
    modelIdentity: identity, weightsHash: hash, arithmetic: arithmetic, tiling: tiling, streamForm: form, ratePosition: rate,
    width: width, height: height, padding: padding, latentShapes: shapes, payloads: payloads)
}

private func decodeError(_ bytes: [UInt8], maximum: Int = 1 << 28) -> EntropyCodingError? {
  thrownError { () throws(EntropyCodingError) in try Container(decoding: bytes, name: "a.bps", maximumPixelCount: maximum) }
}

private func checksummed(_ bytes: [UInt8]) -> [UInt8] {
  let checksum = CRC32.checksum(bytes)
  return bytes + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) }
}

@Test func theLayoutIsTheDocumentedOne() throws {
  let start = "4250530116" + hexadecimal("models.FactorizedPrior".utf8) + "0102030405060708"
  let fields = "ff05ff03" + "00000101" + "012030" + "0104" + "09080706"
  let bytes = try makeContainer().encode()
  #expect(hexadecimal(bytes.dropLast(4)) == start + fields)
  #expect(bytes == checksummed(Array(bytes.dropLast(4))))
  let second = try makeContainer(arithmetic: "2.13.0/AVX2").encode()
  let arithmetic = "0b" + hexadecimal("2.13.0/AVX2".utf8)
  #expect(hexadecimal(second.dropLast(4)) == start.replacing("42505301", with: "42505302") + arithmetic + fields)
  let third = start.replacing("42505301", with: "42505303")
  let tiling = Container.Tiling(side: 1024, overlap: 32)
  #expect(hexadecimal(try makeContainer(tiling: tiling).encode().dropLast(4)) == third + "00" + "800820" + fields)
  let both = try makeContainer(arithmetic: "2.13.0/AVX2", tiling: tiling).encode()
  #expect(hexadecimal(both.dropLast(4)) == third + arithmetic + "800820" + fields)
  let fourth = start.replacing("42505301", with: "42505304")
  #expect(hexadecimal(try makeContainer(form: .interleaved).encode().dropLast(4)) == fourth + "00" + "00" + "01" + fields)
  let all = try makeContainer(arithmetic: "2.13.0/AVX2", tiling: tiling, form: .interleaved).encode()
  #expect(hexadecimal(all.dropLast(4)) == fourth + arithmetic + "800820" + "01" + fields)
  let fifth = start.replacing("42505301", with: "42505305")
  #expect(hexadecimal(try makeContainer(rate: 3789).encode().dropLast(4)) == fifth + "00" + "00" + "00" + "cd1d" + fields)
  let rated = try makeContainer(arithmetic: "2.13.0/AVX2", tiling: tiling, form: .interleaved, rate: 0).encode()
  #expect(hexadecimal(rated.dropLast(4)) == fifth + arithmetic + "800820" + "01" + "00" + fields)
}

@Test func containersComeBack() throws {
  let shape = Container.SpatialShape(height: 1, width: 1)
  let containers = [
    try makeContainer(),
    try makeContainer(tiling: Container.Tiling(side: 1, overlap: 0)),
    try makeContainer(arithmetic: "2.13.0/AVX2", tiling: Container.Tiling(side: 1 << 24, overlap: 65535)),
    try makeContainer(arithmetic: "2.13.0/AVX2"), try makeContainer(arithmetic: String(repeating: "~", count: 63)),
    try makeContainer(rate: 0), try makeContainer(rate: Container.largestRatePosition),
    try makeContainer(arithmetic: "2.13.0/AVX2", tiling: Container.Tiling(side: 16, overlap: 0), form: .interleaved, rate: 1024),
    try makeContainer(form: .interleaved), try makeContainer(arithmetic: "2.13.0/AVX2", form: .interleaved),
    try makeContainer(tiling: Container.Tiling(side: 1, overlap: 0), form: .interleaved),
    try makeContainer(width: 1, height: 1, padding: Container.Padding(left: 31, top: 31, right: 32, bottom: 32)),
    try makeContainer(shapes: [], payloads: []),
    try makeContainer(shapes: [shape, shape], payloads: [[], [1], [UInt8](repeating: 5, count: 300)]),
    try makeContainer(
      identity: String(repeating: "~", count: 255), shapes: .init(repeating: shape, count: 255), payloads: .init(repeating: [], count: 255)),
  ]
  for container in containers { #expect(try Container(decoding: container.encode(), name: "a.bps") == container) }
}

@Test func otherFilesAndVersionsAreToldApart() throws {
  var bytes = try makeContainer().encode()
  for other in [[], [0x89, 0x50, 0x4E, 0x47], Array("BPX\u{1}".utf8)] as [[UInt8]] {
    #expect(decodeError(other) == .notContainer(name: "a.bps"))
  }
  bytes[3] = 6
  #expect(decodeError(bytes) == .containerVersion(name: "a.bps", version: 6))
  bytes[3] = 0
  #expect(decodeError(bytes) == .notContainer(name: "a.bps"))
}

@Test(arguments: ["", "2.13.0/AVX2"], [nil, Container.Tiling(side: 1024, overlap: 32)])
func everyCutIsToldAsSuch(arithmetic: String, tiling: Container.Tiling?) throws {
  for form in StreamForm.allCases {
    try everyCutIsToldAsSuch(makeContainer(arithmetic: arithmetic, tiling: tiling, form: form).encode())
  }
}

private func everyCutIsToldAsSuch(_ bytes: [UInt8]) throws {
  for count in 1..<bytes.count { #expect(decodeError(Array(bytes.prefix(count))) == .containerCut(name: "a.bps", byteCount: count)) }
  #expect(decodeError(bytes + [0, 0]) == .containerTrailing(name: "a.bps", byteCount: 2))
}

@Test(arguments: ["", "2.13.0/AVX2"], [nil, Container.Tiling(side: 1024, overlap: 32)])
func everyFlippedBitIsRefused(arithmetic: String, tiling: Container.Tiling?) throws {
  for form in StreamForm.allCases {
    try everyFlippedBitIsRefused(makeContainer(arithmetic: arithmetic, tiling: tiling, form: form).encode())
  }
}

private func everyFlippedBitIsRefused(_ bytes: [UInt8]) throws {
  for bit in 0..<(8 * bytes.count) {
    var damaged = bytes
    damaged[bit / 8] ^= 1 << UInt8(bit % 8)
    #expect(decodeError(damaged) != nil)
  }
  var damaged = bytes
  damaged[bytes.count - 5] ^= 1
  guard case .containerChecksum = decodeError(damaged) else {
    Issue.record("a flipped bit in the payload must be told by the checksum")
    return
  }
}

@Test func valuesThatNoEncoderWritesAreRefusedBehindARightChecksum() {
  let start = Array("BPS\u{1}\u{1}m".utf8) + [1, 2, 3, 4, 5, 6, 7, 8]
  let rest: [UInt8] = [0, 0, 0, 0, 0, 0]
  func error(_ fields: [UInt8]) -> EntropyCodingError? { decodeError(checksummed(start + fields)) }
  func field(_ field: Container.Field) -> EntropyCodingError { .containerField(name: "a.bps", field: field) }
  #expect(error([1, 1] + rest) == nil)
  #expect(error([0, 1] + rest) == field(.size))
  // A number with a superfluous group, one of 33 bits, and one that does not end.
  #expect(error([0x81, 0, 1] + rest) == field(.size))
  #expect(error([0xFF, 0xFF, 0xFF, 0xFF, 0x1F, 1] + rest) == field(.size))
  #expect(error([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] + rest) == field(.size))
  #expect(error([1, 1, 0x80, 0x80, 4, 0, 0, 0, 0, 0]) == field(.padding))
  #expect(error([1, 1, 0, 0, 0, 0, 1, 2, 1, 0]) == field(.latentShapes))
  #expect(error([1, 1, 0, 0, 0, 0, 0x80, 2]) == field(.latentShapes))
  #expect(error([1, 1, 0, 0, 0, 0, 0, 0x80, 2]) == field(.payloads))
  // A payload of 4 GiB − 1 is announced and not there.
  #expect(error([1, 1, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]) == .containerCut(name: "a.bps", byteCount: 31))
  // An arithmetic that is empty, of 64 characters, and none that can be shown.
  let second = Array("BPS\u{2}\u{1}m".utf8) + [1, 2, 3, 4, 5, 6, 7, 8]
  for text in [[0], [64] + [UInt8](repeating: 0x41, count: 64), [1, 0x20], [1, 0xFF]] as [[UInt8]] {
    #expect(decodeError(checksummed(second + text + [1, 1] + rest)) == field(.arithmetic))
  }
  #expect(decodeError(checksummed(second + [1, 0x41, 1, 1] + rest)) == nil)
  // A tiling of no side, of one that is too large, with an overlap that is too large, and one that is not written in the shortest form.
  let third = Array("BPS\u{3}\u{1}m".utf8) + [1, 2, 3, 4, 5, 6, 7, 8]
  for tiling in [[0, 0], [0x81, 0x80, 0x80, 8, 0], [1, 0x80, 0x80, 4], [0x81, 0, 0], [1, 0xFF, 0xFF, 0xFF, 0xFF, 0x1F]] as [[UInt8]] {
    #expect(decodeError(checksummed(third + [0] + tiling + [1, 1] + rest)) == field(.tiling))
  }
  #expect(decodeError(checksummed(third + [1, 0x20, 16, 2, 1, 1] + rest)) == field(.arithmetic))
  #expect(decodeError(checksummed(third + [0, 16, 2, 1, 1] + rest)) == nil)
  #expect(decodeError(checksummed(third + [1, 0x41, 16, 2, 1, 1] + rest)) == nil)
  // In version 4 a form that is not known, and the compatible one, which an older version would say.
  let fourth = Array("BPS\u{4}\u{1}m".utf8) + [1, 2, 3, 4, 5, 6, 7, 8]
  #expect(decodeError(checksummed(fourth + [0, 0, 1, 1, 1] + rest)) == nil)
  #expect(decodeError(checksummed(fourth + [1, 0x41, 16, 2, 1, 1, 1] + rest)) == nil)
  #expect(decodeError(checksummed(fourth + [0, 0, 2, 1, 1] + rest)) == .containerStreamForm(name: "a.bps", form: 2))
  for form in [[0], [0x81, 0]] as [[UInt8]] {
    #expect(decodeError(checksummed(fourth + [0, 0] + form + [1, 1] + rest)) == field(.streamForm))
  }
  #expect(decodeError(checksummed(fourth + [0, 16, 0x80, 0x80, 4, 1, 1, 1] + rest)) == field(.tiling))
  // In version 5 a place on the axis of rates that no model has, and one that is not written in the shortest form.
  let fifth = Array("BPS\u{5}\u{1}m".utf8) + [1, 2, 3, 4, 5, 6, 7, 8]
  #expect(decodeError(checksummed(fifth + [0, 0, 0, 5, 1, 1] + rest)) == nil)
  #expect(decodeError(checksummed(fifth + [0, 0, 1, 0, 1, 1] + rest)) == nil)
  for rate in [[0x81, 0xF8, 0x0F], [0x81, 0]] as [[UInt8]] {
    #expect(decodeError(checksummed(fifth + [0, 0, 0] + rate + [1, 1] + rest)) == field(.ratePosition))
  }
  // 16,777,216 × 16,777,216 pixels in a file of a few bytes.
  let side: [UInt8] = [0x80, 0x80, 0x80, 8]
  #expect(error(side + side + rest) == .containerPixels(name: "a.bps", pixels: 1 << 48, maximum: 1 << 28))
}

@Test func wrongValuesAreRefusedAtTheMaking() {
  func field(_ field: Container.Field) -> EntropyCodingError { .containerField(name: "models.FactorizedPrior", field: field) }
  #expect(thrownError { () throws(EntropyCodingError) in try makeContainer(hash: [1]) } == field(.weightsHash))
  let long = String(repeating: "a", count: 64)
  #expect(thrownError { () throws(EntropyCodingError) in try makeContainer(arithmetic: long) } == field(.arithmetic))
  for tiling in [Container.Tiling(side: 0, overlap: 0), .init(side: 16, overlap: -1), .init(side: 16, overlap: 65536)] {
    #expect(thrownError { () throws(EntropyCodingError) in try makeContainer(tiling: tiling) } == field(.tiling))
  }
  #expect(thrownError { () throws(EntropyCodingError) in try makeContainer(width: 0) } == field(.size))
  #expect(thrownError { () throws(EntropyCodingError) in try makeContainer(height: 1 << 25) } == field(.size))
  #expect(thrownError { () throws(EntropyCodingError) in try makeContainer(padding: Container.Padding(top: -1)) } == field(.padding))
  for identity in ["", "é", "a b", String(repeating: "m", count: 256)] {
    let error = thrownError { () throws(EntropyCodingError) in try makeContainer(identity: identity) }
    #expect(error == .containerField(name: identity, field: .modelIdentity))
  }
  let tooTall = [Container.SpatialShape(height: 513, width: 1)]
  #expect(thrownError { () throws(EntropyCodingError) in try makeContainer(shapes: tooTall) } == field(.latentShapes))
  let tooMany = [[UInt8]](repeating: [], count: 256)
  #expect(thrownError { () throws(EntropyCodingError) in try makeContainer(payloads: tooMany) } == field(.payloads))
}
