import Benchmarking
import Codecs
import Images
import Metrics
import Reporting
import Results
import SafeFiles
import Testing

struct CodecTestTests {
  @Test func measuresEveryPicture() throws {
    let folder = try TestFolder()
    let images = [testImage(20, 10), testImage(170, 161, seed: 3)]
    let files = [try folder.add("a.png", image: images[0]), try folder.add("class_1/b.png", image: images[1])]
    var seen: [CodecTestProgress] = []
    let codec = CrudeCodec()
    let report = try CodecTest(codec: codec).run(files, in: folder.path) { seen.append($0) }

    #expect(report.images.map(\.name) == ["a.png", "class_1/b.png"])
    for (row, image) in zip(report.images, images) {
      let copy = try codec.decode(codec.encode(image).file, name: "").image
      #expect(row.psnr == (try PSNR().value(of: copy, original: image)))
      #expect(row.msSSIM == (try MSSSIM().value(of: copy, original: image)))
      #expect((row.width, row.height) == (image.width, image.height))
      #expect(row.bppEstimated == 12 && row.bppPayload == 24)
      #expect(row.bppFile == Double((image.pixels.count + 4) * 8) / Double(image.width * image.height))
      #expect((row.encodingTime, row.decodingTime) == (0.5, 0.25))
    }
    #expect(report.images[0].notes == ["ms_ssim is null: MS-SSIM needs both sides longer than 160 pixels, this image is 20×10"])
    #expect(seen.map(\.done) == [1, 2] && seen.allSatisfy { $0.total == 2 })
    #expect(seen.map(\.result) == report.images)
    #expect(report.times.total >= report.times.reading + report.times.encoding)
    #expect(report.times.parts.map(\.name).contains("metrics"))
    #expect(RatePoint(aggregating: report.images, label: "x").bppPayload == 24)
  }

  /// A measure that has no value for small pictures and breaks at bright ones.
  private struct Moody: ImageMetric {
    struct Refusal: Error, CustomStringConvertible { let description = "it is too bright" }
    let key = "moody"
    let name = "Moody"
    let requirement = "a width of at least 9 pixels"

    func value(of reconstruction: Image, original: Image) throws -> Double? {
      if original.width < 9 { return nil }
      if original.pixels[0] > 100 { throw Refusal() }
      return Double(original.width)
    }
  }

  @Test func furtherMeasuresAreTakenAndTheirFailuresAreNoted() throws {
    let folder = try TestFolder()
    let images = [testImage(12, 10), testImage(8, 10), testImage(14, 9, seed: 101)]
    let files = try images.enumerated().map { try folder.add("\($0.offset).png", image: $0.element) }
    let report = try CodecTest(codec: CrudeCodec(), metrics: [SSIMULACRA2(), Moody()]).run(files)
    #expect(report.images.map { $0.metric("moody") } == [12, nil, nil])
    #expect(report.images.allSatisfy { ($0.metric("ssimulacra2") ?? 101) < 100 && $0.metrics?.count == 2 && $0.psnr != nil })
    #expect(report.images[0].notes.count == 1)
    #expect(report.images[1].notes.contains("moody is null: it needs a width of at least 9 pixels, this image is 8×10"))
    #expect(report.images[2].notes.contains("moody is null: it is too bright"))
    let point = RatePoint(aggregating: report.images, label: "x")
    #expect(point.metrics?["moody"] == .some(nil))
    let mean = report.images.compactMap { $0.metric("ssimulacra2") }.reduce(0, +) / 3
    #expect(abs(try #require(point.metric("ssimulacra2")) - mean) < 1e-12)
    #expect(point.notes.contains { $0.hasPrefix("moody is null: 2 of 3 images have no value ('1.png', '2.png')") })
    let file = ResultsFile(
      name: "crude", description: "", model: ModelDescription(classPath: "x"),
      dataset: DatasetDescription(name: "d", folder: "d", imageCount: 3),
      environment: Environment(benchpressoVersion: "0", libtorchVersion: nil, threads: 1, seed: nil), points: [point])
    let table = RatePointTable.make([file]).text(.plain)
    #expect(table.contains("MS-SSIM [dB]  moody  ssimulacra2  enc. [s]"), "\(table)")
  }

  @Test func withoutFurtherMeasuresThereIsNone() throws {
    let folder = try TestFolder()
    let report = try CodecTest(codec: CrudeCodec()).run([try folder.add("a.png", image: testImage(12, 10))])
    #expect(report.images[0].metrics == nil)
    #expect(RatePoint(aggregating: report.images, label: "x").metrics == nil)
  }

  @Test func warmsUpOnce() throws {
    let folder = try TestFolder()
    let files = try (0..<3).map { try folder.add("\($0).png", image: testImage(4, 4)) }
    var options = CodecTest.Options()
    let warm = CrudeCodec()
    _ = try CodecTest(codec: warm, options: options).run(files)
    #expect(warm.encodedSizes.count == 4)
    options.warmsUp = false
    options.estimatesBits = false
    let cold = CrudeCodec()
    let report = try CodecTest(codec: cold, options: options).run(files)
    #expect(cold.encodedSizes.count == 3 && cold.estimates == 0)
    #expect(report.images.allSatisfy { $0.bppEstimated == nil })
  }

  /// Successive pictures of one size are coded together, never more than asked for.
  @Test(arguments: [(1, true, [1, 1, 1, 1, 1, 1]), (2, true, [2, 1, 2, 1]), (8, true, [3, 2, 1]), (8, false, [1, 1, 1, 1, 1, 1])])
  func batches(batchSize: Int, codesBatches: Bool, expected: [Int]) throws {
    let folder = try TestFolder()
    let sizes = [(4, 4), (4, 4), (4, 4), (5, 4), (5, 4), (4, 4)]
    let files = try sizes.enumerated().map {
      try folder.add("\($0.offset).png", image: testImage($0.element.0, $0.element.1, seed: $0.offset))
    }
    var options = CodecTest.Options()
    options.batchSize = batchSize
    options.warmsUp = false
    let codec = CrudeCodec(codesBatches: codesBatches)
    let report = try CodecTest(codec: codec, options: options).run(files, in: folder.path)
    #expect(codec.encodedSizes == expected)
    #expect(report.images.map(\.name) == (0..<6).map { "\($0).png" })
    let inBatches = report.images.filter { $0.notes.contains { $0.hasPrefix("times are the share of a batch of") } }
    #expect(inBatches.count == expected.filter { $0 > 1 }.reduce(0, +))
  }

  @Test func keepsFilesAndPictures() throws {
    let (folder, coded, decoded) = (try TestFolder(), try TestFolder(), try TestFolder())
    let image = testImage(6, 5)
    let files = [
      try folder.add("a.png", image: image), try folder.add("b/a.png", image: image),
      try folder.add("c.png", image: image), try folder.add("c.ppm", image: image),
    ]
    var options = CodecTest.Options()
    options.codedFolder = coded.path
    options.decodedFolder = decoded.path + "/new"
    let codec = CrudeCodec()
    _ = try CodecTest(codec: codec, options: options).run(files, in: folder.path)
    // Two pictures with the stem `c` keep their whole names.
    #expect(coded.contents == ["a.crude", "b/a.crude", "c.png.crude", "c.ppm.crude"])
    #expect(decoded.contents.map { String($0.dropFirst(4)) } == coded.contents.map { $0.replacing(".crude", with: ".png") })
    let file = try FileBytes.read("\(coded.path)/b/a.crude")
    #expect(file == (try codec.encode(image).file))
    #expect(try ImageFile.read("\(decoded.path)/new/b/a.png") == codec.decode(file, name: "").image)
  }

  @Test func preparationChangesThePicture() throws {
    let folder = try TestFolder()
    let file = try folder.add("a.png", image: testImage(8, 8))
    let test = try CodecTest(codec: CrudeCodec()) { image, index, name in
      #expect(index == 0 && name == "a.png")
      return image.cropped(x: 1, y: 1, width: 3, height: 2)
    }
    let row = try test.run([file], in: folder.path).images[0]
    #expect((row.width, row.height) == (3, 2))
  }

  @Test func errorsNameThePicture() throws {
    let folder = try TestFolder()
    let good = try folder.add("good.png", image: testImage(4, 4))
    let cut = try folder.add("cut.png", bytes: Array(PNG.encode(testImage(30, 30)).dropLast(40)))
    func sentence(_ fault: CrudeCodec.Fault, _ files: [String]) -> String? {
      do {
        _ = try CodecTest(codec: CrudeCodec(fault: fault)).run(files, in: folder.path)
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(sentence(.none, []) == "there are no pictures to test; check the folder of the data set")
    #expect(sentence(.none, [good, cut])?.hasPrefix("cannot read 'cut.png': the PNG file") == true)
    #expect(sentence(.none, [folder.path + "/missing.png"])?.hasPrefix("cannot read 'missing.png': ") == true)
    #expect(sentence(.refuses, [good]) == "cannot encode 'good.png': it is too grey")
    #expect(sentence(.otherSize, [good]) == "the codec 'crude' decoded 'good.png' as 5×4 pixels, and the original has 4×4")
    #expect(sentence(.tooFew, [good]) == "cannot test 'good.png': the codec 'crude' gave another number of pictures")
    #expect(throws: BenchmarkError.batchSize(0)) {
      var options = CodecTest.Options()
      options.batchSize = 0
      return try CodecTest(codec: CrudeCodec(), options: options)
    }
    #expect(BenchmarkError.batchSize(0).description == "batch_size is 0, and it must be at least 1")
  }

  @Test func progressCanStopTheTest() throws {
    let folder = try TestFolder()
    let files = try (0..<3).map { try folder.add("\($0).png", image: testImage(4, 4)) }
    var done = 0
    #expect(throws: CancellationError.self) {
      try CodecTest(codec: CrudeCodec()).run(files) { progress in
        done = progress.done
        throw CancellationError()
      }
    }
    #expect(done == 1)
  }

  @Test func jpegOnShippedPictures() throws {
    let folder = try TestFolder()
    let file = try folder.add("a.png", image: testImage(200, 180))
    let rows = try [20, 90].map { try CodecTest(codec: JPEGCodec(quality: $0, subsampling: .yuv444)).run([file]).images[0] }
    let psnr = try rows.map { try #require($0.psnr) }
    #expect(psnr[0] < psnr[1] && rows[0].bppPayload < rows[1].bppPayload)
    #expect(rows.allSatisfy { $0.bppPayload == $0.bppFile && $0.bppEstimated == nil && $0.msSSIM != nil })
  }
}
