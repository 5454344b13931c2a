import Images
import SafeFiles
import Testing

@Suite struct ImageFileTests {
  @Test func tellsTheFormatByTheFirstBytes() throws {
    let image = testImage(width: 5, height: 4)
    let ppm = Array("P6 5 4 255\n".utf8) + image.pixels
    #expect(try withFile(PNG.encode(image), name: "a.jpg") { try ImageFile.read($0) } == image)
    #expect(try withFile(ppm, name: "a.png") { try ImageFile.read($0) } == image)
    let jpeg = try JPEG.encode(image, quality: 90)
    #expect(try withFile(jpeg, name: "a.ppm") { try ImageFile.read($0) } == JPEG.decode(jpeg, name: "x"))
    for bytes in [try PNG.encode(image), ppm, jpeg] { #expect(try withFile(bytes) { try ImageFile.size(of: $0) } == (5, 4)) }
  }

  @Test func findsTheSizeBehindLargeSegments() throws {
    let jpeg = try JPEG.encode(testImage(width: 5, height: 4), quality: 90)
    let segment: [UInt8] = [0xFF, 0xE2, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 65533)
    let bytes = jpeg[..<2] + segment + segment + segment + jpeg[2...]
    #expect(try withFile(Array(bytes)) { try ImageFile.size(of: $0) } == (5, 4))
  }

  @Test(arguments: [
    (
      ImageError.file(FileError(operation: "read", path: "a", code: 2)),
      "cannot read 'a': no such file or folder; check the spelling and the folder it is in"
    ),
    (
      .unknownFormat(name: "a"),
      "'a' is not a picture that can be read here: its first bytes are neither PNG, JPEG nor PPM (P6, P3); convert it or take it away"
    ),
    (.damaged(name: "a", format: "PNG", reason: "r"), "the PNG file 'a' is broken or cut (r); fetch or copy it again, or take it away"),
    (.unsupported(name: "a", format: "JPEG", feature: "f", remedy: "r"), "the JPEG file 'a' cannot be read: f; r"),
    (
      .tooLarge(name: "a", width: 65535, height: 65535),
      "the header of 'a' announces 65535×65535 pixels, more than the limit of 268435456; cut it into parts, or replace the file if its size is not meant"
    ),
    (.notEncodable(format: "PNG", reason: "r"), "the picture cannot be written as PNG: r"),
  ])
  func errorsAreSentences(error: ImageError, sentence: String) {
    #expect(error.description == sentence)
  }

  @Test func namesTheFileThatIsMissingOrOfAnotherKind() throws {
    #expect(throws: ImageError.file(FileError(operation: "read", path: "/none/a.png", code: 2))) { try ImageFile.read("/none/a.png") }
    #expect(throws: ImageError.file(FileError(operation: "read", path: "/none/a.png", code: 2))) { try ImageFile.size(of: "/none/a.png") }
    try withFile(Array("GIF89a".utf8)) { path in
      #expect(throws: ImageError.unknownFormat(name: path)) { try ImageFile.read(path) }
    }
    try withFile([]) { path in
      #expect(throws: ImageError.damaged(name: path, format: "picture", reason: "it is empty")) { try ImageFile.read(path) }
    }
  }

  @Test func refusesLyingHeadersBeforeTakingMemory() {
    let png = PNGBuilder(width: 1, height: 1, colorType: 2, depth: 8)
    var huge = png.bytes { _, _, _ in 0 }
    huge.replaceSubrange(16..<24, with: PNGBuilder.number(1_000_000) + PNGBuilder.number(1_000_000))
    #expect(throws: ImageError.tooLarge(name: "x", width: 1_000_000, height: 1_000_000)) { try ImageFile.decode(huge, name: "x") }
    huge.replaceSubrange(16..<24, with: PNGBuilder.number(10_000) + PNGBuilder.number(10_000))
    #expect(throws: ImageError.damaged(name: "x", format: "PNG", reason: "\(huge.count) bytes cannot hold 10000×10000 pixels")) {
      try ImageFile.decode(huge, name: "x")
    }
  }
}
