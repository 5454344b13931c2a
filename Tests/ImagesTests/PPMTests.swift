import Images
import Testing

@Suite struct PPMTests {
  @Test(
    arguments: [
      ("P6 2 1 255\n", [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]),
      ("P6\n# a comment\n2 # width\n1\n255 ", [1, 2, 3, 4, 5, 6, 99], [1, 2, 3, 4, 5, 6]),
      ("P6 1 1 65535\n", [0x00, 0x80, 0x00, 0x81, 0xFF, 0xFF], [0, 1, 255]),
      ("P6 1 1 3\n", [0, 1, 3], [0, 85, 255]),
      ("P3 1 2 255\n1 2 3\n#x\n4 5 6", [], [1, 2, 3, 4, 5, 6]),
      ("P3 1 1 10 5 10 0\n", [], [128, 255, 0]),
    ] as [(String, [UInt8], [UInt8])])
  func reads(header: String, samples: [UInt8], expected: [UInt8]) throws {
    #expect(try PPM.decode(Array(header.utf8) + samples, name: "x").pixels == expected)
  }

  @Test(arguments: [
    "", "P6", "P5 1 1 255\n123", "P6 1 1 255\n12", "P6 1 1 0\n123", "P6 1 1 65536\n123456", "P6 0 1 255\n", "P6 1 1 2\n123", "P6 1 1",
    "P6 -1 1 255\n123", "P6 99999999999 1 255\n123", "P6 999999999 999999999 255\n123", "P3 1 1 255 1 2", "P3 1 1 255 1 2 x",
    "P6 1 1 255x123",
  ])
  func refuses(text: String) {
    #expect(throws: ImageError.self) { try PPM.decode(Array(text.utf8), name: "x") }
  }
}
