import Configuration
import Foundation
import Images
import Registry
import Testing

@testable import Codecs

struct ResidualCodecTests {
  private static let image = testImage(61, 43)

  private func codec(_ quality: Int, base: Int = 10) throws -> ResidualCodec {
    ResidualCodec(base: try JPEGCodec(quality: base), residual: try JPEGCodec(quality: quality, subsampling: .yuv444))
  }

  private func error(_ image: Image) -> Double {
    let squares = zip(image.pixels, Self.image.pixels).map { pow(Double($0) - Double($1), 2) }
    return squares.reduce(0, +) / Double(squares.count)
  }

  /// 40×30 samples that rise to the right and downwards.
  private static let ramp: [UInt8] = (0..<3600).map { (index: Int) -> UInt8 in
    let column = index / 3 % 40
    return UInt8(column * 3 + index / 120)
  }

  /// The sum that was computed by hand from files of libjpeg.
  @Test func theFileHoldsBothLayersAndDecodesToTheirSum() throws {
    let coded = try codec(60).encode(Self.image)
    let base = try JPEG.encode(Self.image, quality: 10, subsampling: .yuv420, optimize: false)
    let approximation = try JPEG.decode(base, name: "base")
    let step = ResidualSamples.step(of: Self.image, base: approximation)
    let difference = ResidualSamples.picture(of: Self.image, base: approximation, step: step)
    let residual = try JPEG.encode(difference, quality: 60, subsampling: .yuv444, optimize: false)
    #expect(coded.payloadByteCounts == [base.count, residual.count])
    #expect(coded.file.count == 17 + base.count + residual.count)
    let decoded = try codec(60).decode(coded.file, name: "x.bpr").image
    let samples = try JPEG.decode(residual, name: "residual").pixels
    let sum = zip(approximation.pixels, samples).map { UInt8(min(max(Int($0) + step * (Int($1) - 128), 0), 255)) }
    #expect(decoded.pixels == sum)
    #expect(try codec(60).estimatedBits([Self.image]) == nil)
  }

  @Test func qualityRisesFromTheBaseAlone() throws {
    let alone = ResidualCodec(base: try JPEGCodec(quality: 10), residual: try JPEGCodec(quality: 1), isBaseAlone: true)
    let codecs = [alone] + (try [10, 30, 60, 85, 98].map { try codec($0) })
    let coded = try codecs.map { try $0.encode(Self.image) }
    let errors = try zip(codecs, coded).map { error(try $0.decode($1.file, name: "x").image) }
    let sizes = coded.map(\.file.count)
    #expect(sizes == sizes.sorted() && Set(sizes).count == sizes.count, "\(sizes)")
    #expect(errors == errors.sorted(by: >) && Set(errors).count == errors.count, "\(errors)")
    let base = try JPEG.encode(Self.image, quality: 10, subsampling: .yuv420, optimize: false)
    #expect(try alone.decode(coded[0].file, name: "x").image == JPEG.decode(base, name: "x"))
    #expect(coded[0].payloadByteCounts == [base.count])
    #expect(alone.quality == 0 && alone.scale.standard.first == 0 && alone.scale.range == 0...100 && alone.scale.name == "residual quality")
  }

  /// A program that copies a PNG file is a lossless codec of the residual.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/cp")))
  func aLosslessResidualGivesThePictureBack() throws {
    var settings = CommandSettings()
    (settings.encode, settings.decode) = ("/bin/cp {input} {output}", "/bin/cp {input} {output}")
    let codec = ResidualCodec(base: try JPEGCodec(quality: 90, subsampling: .yuv444), residual: try settings.codec())
    let image = Image(width: 40, height: 30, pixels: Self.ramp)
    #expect(try codec.decode(codec.encode(image).file, name: "x").image == image)
    #expect(codec.commandLines.count == 2)
    #expect(try codec.versions().keys.sorted() == ["/bin/cp", "libjpeg"])
    #expect(codec.chromaFormat == "4:4:4+unknown")
  }

  @Test func severalPicturesAtOnce() throws {
    let images = [testImage(20, 20), testImage(20, 20, seed: 3)]
    let coded = try codec(70).encode(images)
    #expect(
      try codec(70).decode(coded.map(\.file), name: "x").map(\.image)
        == images.map { try codec(70).decode(codec(70).encode($0).file, name: "x").image })
  }

  @Test func aLearnedBase() throws {
    let model = try LearnedCodec(model: tinyModel(), identity: "models.Tiny")
    let base = try SharedCodec(model)
    #expect(base.summary.hasPrefix("learned codec models.Tiny, weights "))
    let codec = ResidualCodec(base: base, residual: try JPEGCodec(quality: 90, subsampling: .yuv444))
    let coded = try codec.encode(Self.image)
    #expect(coded.payloadByteCounts.count == 2)
    let decoded = try codec.decode(coded.file, name: "x").image
    #expect(error(decoded) < error(try model.decode(model.encode(Self.image).file, name: "x").image))
    #expect(codec.identity == "models.Tiny+jpeg-444" && codec.chromaFormat == "4:4:4")
    #expect(try codec.versions().keys.sorted() == ["libjpeg", "libtorch"])
  }

  @Test func damageIsRefused() throws {
    let codec = try codec(40)
    let file = try codec.encode(testImage(16, 16)).file
    for place in file.indices {
      var damaged = file
      damaged[place] ^= 0x10
      #expect(throws: CodecError.self) { try codec.decode(damaged, name: "x") }
    }
    for length in 0..<file.count { #expect(throws: CodecError.self) { try codec.decode(Array(file[..<length]), name: "x") } }
    #expect(throws: CodecError.self) { try codec.decode(file + [0], name: "x") }
    let other = ResidualCodec(base: try JPEGCodec(quality: 10, subsampling: .yuv444), residual: codec.residual)
    let reason =
      "its checksum is not that of its bytes with the base 'jpeg-444' and the residual 'jpeg-444'; "
      + "it is damaged, or decode it with the codecs that wrote it"
    #expect(throws: CodecError.damaged(name: "a.bpr", reason: reason)) { try other.decode(file, name: "a.bpr") }
  }

  @Test func layersOfTwoSizesAreRefused() throws {
    let codec = try codec(40)
    let parts = try [JPEGCodec(quality: 9).encode(testImage(16, 16)), JPEGCodec(quality: 9, subsampling: .yuv444).encode(testImage(8, 16))]
    let file = LayeredFile(step: 1, base: parts[0].file, residual: parts[1].file).encode((codec.base.identity, codec.residual.identity))
    let reason = "one layer has 8×16 and 16×16 pixels where both should have the same; use codecs that keep the size"
    #expect(throws: CodecError.damaged(name: "x", reason: reason)) { try codec.decode(file, name: "x") }
  }
}

/// The settings of `codecs.Residual`.
struct ResidualSettingsTests {
  private func build(_ arguments: Node) throws -> ResidualCodec {
    let codec = try Catalogue(CodecEntries.all).build(Component<CodecKind>("codecs.Residual", arguments), as: (any ImageCodec).self)
    return try #require(codec as? ResidualCodec)
  }

  @Test func defaultsAndQualities() throws {
    let codec = try build([:])
    #expect(codec.identity == "jpeg-420+jpeg-444" && codec.quality == 75 && !codec.isBaseAlone)
    #expect(try build(["quality": 31]).quality == 31)
    #expect(try build(["quality": 0]).isBaseAlone)
    let other = try #require(try codec.at(quality: 12) as? ResidualCodec)
    let expected = try JPEGCodec(quality: 12, subsampling: .yuv444)
    #expect(other.quality == 12 && (other.residual as? JPEGCodec) == expected)
    let alone = try #require(try codec.at(quality: 0))
    #expect(alone.quality == 0)
    #expect(try alone.at(quality: 5)?.quality == 5)
  }

  /// The base alone stands one step beyond the worst quality, on every scale.
  @Test(arguments: [("codecs.BPG", 52.0, 51.0), ("codecs.WebP", -1, 0), ("codecs.JPEGXL", 15.01, 15)])
  func theBaseAloneOnEveryScale(classPath: String, alone: Double, worst: Double) throws {
    let residual = Node.map([("class_path", Node(.string(classPath)))])
    #expect(try build(["residual": residual, "quality": Node(.double(alone))]).isBaseAlone)
    let least = try build(["residual": residual, "quality": Node(.double(worst))])
    #expect(!least.isBaseAlone && least.quality == worst)
    #expect(least.scale.range.contains(alone) && least.scale.standard.first == alone)
  }

  @Test(
    arguments: [
      (["quality": 300], "is the quality of codecs.JPEG and must be a whole number in 1 ... 100, or 0 for the base alone, found 300"),
      (["quality": 20.5], "is the quality of codecs.JPEG and must be a whole number in 1 ... 100, or 0 for the base alone, found 20.5"),
      (["base": ["class_path": "codecs.JPEG", "init_args": ["quality": 0]]], "must be in 1 ... 100, found 0"),
      (["residual": "codecs.JPGE"], "did you mean 'codecs.JPEG'?"),
    ] as [(Node, String)])
  func mistakes(arguments: Node, sentence: String) {
    do {
      _ = try build(arguments)
      Issue.record("built")
    } catch {
      #expect("\(error)".contains(sentence), "\(error)")
    }
  }
}

struct ResidualSamplesTests {
  private func image(_ samples: [Int]) -> Image { Image(width: samples.count / 3, height: 1, pixels: samples.map { UInt8($0) }) }

  /// All differences of 8-bit samples; what is lost is as documented.
  @Test func everyDifference() {
    for left in stride(from: 0, through: 255, by: 3) {
      for right in stride(from: 0, through: 255, by: 5) {
        let (original, base) = (image([left, left, left]), image([right, right, right]))
        let one = ResidualSamples.sum(of: base, residual: ResidualSamples.picture(of: original, base: base, step: 1), step: 1)
        let difference = left - right
        #expect(Int(one.pixels[0]) - right == min(max(difference, -128), 127))
        let two = ResidualSamples.sum(of: base, residual: ResidualSamples.picture(of: original, base: base, step: 2), step: 2)
        #expect(Int(two.pixels[0]) - right == difference / 2 * 2)
      }
    }
  }

  @Test func theStepLosesLess() {
    #expect(ResidualSamples.step(of: image([127, 0, 50]), base: image([0, 128, 51])) == 1)
    #expect(ResidualSamples.step(of: image([255, 0, 51]), base: image([0, 128, 50])) == 2)
    // One sample that is clamped by one, and three odd differences.
    #expect(ResidualSamples.step(of: image([128, 1, 1, 1, 0, 0]), base: image([0, 0, 0, 0, 0, 0])) == 1)
  }
}
