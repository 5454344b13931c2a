import Foundation
import Testing

@testable import Images

@Suite struct JPEGTests {
  @Test(arguments: JPEG.Subsampling.allCases, [(false, false), (false, true), (true, false), (true, true)])
  func roundTrips(subsampling: JPEG.Subsampling, switches: (Bool, Bool)) throws {
    let (optimize, progressive) = switches
    let image = smooth(width: 50, height: 37)
    let bytes = try JPEG.encode(image, quality: 95, subsampling: subsampling, optimize: optimize, progressive: progressive)
    let decoded = try JPEG.decode(bytes, name: "x")
    #expect((decoded.width, decoded.height) == (50, 37))
    #expect(meanDifference(decoded, image) < 2)
  }

  @Test func switchesMakeSmallerFilesOfTheSamePicture() throws {
    let image = testImage(width: 200, height: 150)
    let plain = try JPEG.encode(image, quality: 60)
    let optimized = try JPEG.encode(image, quality: 60, optimize: true)
    let progressive = try JPEG.encode(image, quality: 60, progressive: true)
    #expect(optimized.count < plain.count)
    #expect(try JPEG.decode(optimized, name: "x") == JPEG.decode(plain, name: "x"))
    #expect(try JPEG.decode(progressive, name: "x") == JPEG.decode(plain, name: "x"))
    #expect(try JPEG.encode(image, quality: 60, subsampling: .yuv444).count > plain.count)
  }

  /// Picture and bytes made with Pillow 13.0.0 (libjpeg-turbo): sample i of the 12×9 grey picture is 2i, quality 90, optimize.
  @Test func readsGrey() throws {
    let text =
      "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAAJAAwBAREA"
      + "/8QAFgABAQEAAAAAAAAAAAAAAAAABgcI/8QAHhAAAQMEAwAAAAAAAAAAAAAAAAEDBQgjJKIxM0H/2gAIAQEAAD8AjkbRJxgaCRiiS0mBob8jfBIx1If/2Q=="
    let image = try JPEG.decode([UInt8](try #require(Data(base64Encoded: text))), name: "x")
    let fourthRow: [UInt8] = [71, 73, 75, 77, 79, 81, 83, 85, 87, 89, 91, 93]
    #expect(Array(image.pixels[(3 * 36)..<(4 * 36)]) == fourthRow.flatMap { [$0, $0, $0] })
  }

  @Test(arguments: Orientation.allCases, [false, true])
  func appliesTheOrientation(orientation: Orientation, littleEndian: Bool) throws {
    let bytes = try JPEG.encode(testImage(width: 24, height: 16), quality: 90)
    let turned = Array(bytes[..<2]) + exif(orientation.rawValue, littleEndian: littleEndian) + bytes[2...]
    let expected = try JPEG.decode(bytes, name: "x").rearranged(by: orientation)
    #expect(try JPEG.decode(turned, name: "x") == expected)
    let size = try withFile(turned) { try ImageFile.size(of: $0) }
    #expect(size == (expected.width, expected.height))
  }

  @Test func ignoresBrokenEXIF() throws {
    let bytes = try JPEG.encode(testImage(width: 24, height: 16), quality: 90)
    let plain = try JPEG.decode(bytes, name: "x")
    let segment = exif(6, littleEndian: false)
    for position in 10..<segment.count {
      for value: UInt8 in [0, 1, 0x7F, 0xFF] {
        var changed = segment
        changed[position] = value
        let decoded = try JPEG.decode(Array(bytes[..<2]) + changed + bytes[2...], name: "x")
        #expect(decoded.pixels.count == plain.pixels.count)
      }
    }
  }

  @Test func refusesEveryCut() throws {
    for progressive in [false, true] {
      let bytes = try JPEG.encode(testImage(width: 40, height: 24), quality: 80, progressive: progressive)
      for length in 0..<bytes.count {
        #expect(throws: ImageError.self) { try JPEG.decode(Array(bytes[..<length]), name: "x") }
      }
    }
  }

  @Test func refusesCMYK() {
    let bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xC0, 0, 20, 8, 0, 1, 0, 1, 4] + [UInt8](repeating: 0, count: 20)
    #expect {
      try JPEG.decode(bytes, name: "print.jpg")
    } throws: { error in
      "\(error)" == "the JPEG file 'print.jpg' cannot be read: its colours are CMYK, and how they look depends on a print profile; "
        + "convert it to RGB with a colour-managed program"
    }
  }

  @Test(arguments: [0, 101, -1])
  func refusesWrongQualities(quality: Int) {
    #expect(throws: ImageError.notEncodable(format: "JPEG", reason: "the quality is \(quality), and it goes from 1 to 100")) {
      try JPEG.encode(testImage(width: 1, height: 1), quality: quality)
    }
  }

  private func smooth(width: Int, height: Int) -> Image {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { pixels += [UInt8(x * 3), UInt8(y * 3), UInt8(90 + x)] }
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  /// An APP1 segment with one other entry and the orientation.
  private func exif(_ orientation: Int, littleEndian: Bool) -> [UInt8] {
    let number = { (value: Int, length: Int) -> [UInt8] in
      let digits = (0..<length).map { UInt8(value >> ($0 * 8) & 0xFF) }
      return littleEndian ? digits : digits.reversed()
    }
    var tiff = (littleEndian ? [0x49, 0x49] : [0x4D, 0x4D]) as [UInt8]
    tiff += number(42, 2) + number(8, 4) + number(2, 2)
    tiff += number(0x0100, 2) + number(4, 2) + number(1, 4) + number(24, 4)
    tiff += number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + number(0, 2) + number(0, 4)
    let content = Array("Exif".utf8) + [0, 0] + tiff
    return [0xFF, 0xE1, 0, UInt8(content.count + 2)] + content
  }
}
