import Codecs
import Configuration
import Images
import Registry
import Testing

struct JPEGCodecTests {
  @Test(arguments: JPEG.Subsampling.allCases, [false, true])
  func writesTheFilesOfLibjpeg(subsampling: JPEG.Subsampling, optimizes: Bool) throws {
    let codec = try JPEGCodec(quality: 40, subsampling: subsampling, optimizes: optimizes)
    let image = testImage(33, 21)
    let coded = try codec.encode(image)
    #expect(try coded.file == JPEG.encode(image, quality: 40, subsampling: subsampling, optimize: optimizes))
    #expect(coded.payloadByteCount == coded.file.count)
    #expect(try codec.decode(coded.file, name: "x.jpg").image == JPEG.decode(coded.file, name: "x.jpg"))
    #expect(try codec.estimatedBits([image]) == nil)
  }

  @Test(arguments: [0, -1, 101])
  func qualityOutOfRange(quality: Int) {
    #expect(throws: CodecError.quality(quality)) { try JPEGCodec(quality: quality) }
  }

  @Test func identities() throws {
    #expect(try JPEGCodec(quality: 1).identity == "jpeg-420")
    #expect(try JPEGCodec(quality: 1, subsampling: .yuv444).identity == "jpeg-444")
    #expect(try JPEGCodec(quality: 9, optimizes: true).summary == "JPEG (libjpeg-turbo), 4:2:0, quality 9, optimised Huffman tables")
  }

  @Test func builtFromAConfiguration() throws {
    let catalogue = try Catalogue(CodecEntries.all)
    let component = Component<CodecKind>("codecs.JPEG", ["quality": 30, "subsampling": "yuv444"])
    let codec = try catalogue.build(component, as: (any ImageCodec).self)
    #expect(codec as? JPEGCodec == (try JPEGCodec(quality: 30, subsampling: .yuv444)))
    #expect(throws: ConfigurationError.self) {
      try catalogue.build(Component<CodecKind>("codecs.JPEG", ["quality": 0]), as: (any ImageCodec).self)
    }
  }
}
