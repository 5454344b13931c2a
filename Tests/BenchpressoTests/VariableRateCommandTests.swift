import Foundation
import Images
import Testing

/// Models of several rates through the program.
struct VariableRateCommandTests {
  static let names = ["bmshj2018-hyperprior-vbr", "mbt2018-mean-vbr", "mbt2018-vbr", "mbt2018-mean-vbr-z"]

  /// A folder with the imported weights of a model of CompressAI, `w.safetensors`, and a picture.
  private static func folder(_ name: String) throws -> TestFolder {
    let folder = try TestFolder()
    let checkpoint = "\(ExchangeTests.fixtures)/variable-rate/\(name)/checkpoint.pth"
    // With the steps of z the architecture has the same name.
    let architecture = name.hasSuffix("-z") ? String(name.dropLast(2)) : name
    let result = try Command(["import", "compressai", checkpoint, "--architecture", architecture, "-o", "w.safetensors"], in: folder).run()
    #expect(result.status == 0, "\(result)")
    try folder.addPictures("pictures", count: 2, side: 96)
    return folder
  }

  private func done(_ folder: TestFolder, _ arguments: String...) throws -> Command.Result {
    let result = try Command(arguments, in: folder).run()
    #expect(result.status == 0, "\(result)")
    return result
  }

  @Test(arguments: names)
  func oneSetOfWeightsCodesAtAnyRate(name: String) throws {
    let folder = try Self.folder(name)
    var sizes: [Int] = []
    for rate in ["0", "3.7", "7"] {
      _ = try done(folder, "encode", "--weights", "w.safetensors", "--rate-point", rate, "pictures/0.png", "\(rate).bps")
      sizes.append(try folder.bytes("\(rate).bps").count)
      _ = try done(folder, "decode", "--weights", "w.safetensors", "\(rate).bps", "\(rate).png")
      #expect(try ImageFile.read("\(folder.path)/\(rate).png").width == 96)
    }
    #expect(sizes == sizes.sorted() && sizes[0] < sizes[2], "\(sizes)")
    #expect(try done(folder, "inspect", "3.7.bps").output.contains("rate point      3.700\n"))
    _ = try done(folder, "encode", "--weights", "w.safetensors", "pictures/0.png", "highest.bps")
    #expect(try folder.bytes("highest.bps") == folder.bytes("7.bps"))
  }

  struct Coded: Decodable {
    let bppFile: Double
    let ratePoint: Double
  }

  @Test func aTargetIsMetBetweenThePoints() throws {
    let folder = try Self.folder(Self.names[1])
    func coded(_ arguments: String...) throws -> (Coded, String) {
      let result = try Command(
        ["encode", "--weights", "w.safetensors", "pictures/1.png", "x.bps", "--format", "json"] + arguments, in: folder
      )
      .run()
      #expect(result.status == 0, "\(result)")
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return (try decoder.decode(Coded.self, from: Data(result.output.utf8)), result.messages)
    }
    let (low, high) = (try coded("--rate-point", "2").0.bppFile, try coded("--rate-point", "5").0.bppFile)
    let target = (low + high) / 2
    let found = try coded("--target-bpp", "\(target)").0
    #expect(abs(found.bppFile - target) <= 0.005 * target, "\(found)")
    #expect(found.ratePoint > 2 && found.ratePoint < 5)
    let (most, messages) = try coded("--target-bpp", "5000")
    // Several of the highest rates have files of one size.
    #expect(most.ratePoint > 6.9 && messages.contains("the model comes no nearer to 5000.0 bits per pixel"), "\(messages)")
  }

  struct Results: Decodable {
    struct Point: Decodable {
      let label: String
      let lambda: Double
      let bppFile: Double
    }
    let points: [Point]
  }

  @Test func aTestGivesACurve() throws {
    let folder = try Self.folder(Self.names[1])
    func points(_ output: String, _ arguments: String...) throws -> [Results.Point] {
      let result = try Command(
        ["test", "--ckpt_path", "w.safetensors", "--data.data_dir", "pictures", "--data.transform", "NoCrop", "--test.output", output]
          + arguments, in: folder
      ).run()
      #expect(result.status == 0, "\(result)")
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Results.self, from: Data(folder.bytes("\(output)/results.json"))).points
    }
    let all = try points("all")
    #expect(all.map(\.label) == ["0.0018", "0.0035", "0.0067", "0.0130", "0.0250", "0.0483", "0.0932", "0.1800"])
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.bppFile < $1.bppFile && $0.lambda < $1.lambda })
    let some = try points("some", "--test.rate_points", "[0, 3.5, 7]")
    #expect(some.map(\.label) == ["0.0018", "0.0180 at 3.500", "0.1800"] && some[0].bppFile == all[0].bppFile)
    // Random weights give no curve that rises, which is told of the points as of those of several models.
    let compared = try Command(["compare", "all/results.json", "some/results.json", "--anchor", "all/results.json"], in: folder).run()
    #expect(compared.output.contains("experiment"), "\(compared)")
  }

  @Test func aMapOfQualities() throws {
    let folder = try Tiny.folder()
    let trained = try Command(
      [
        "fit", "--config", "tiny.yaml", "--model", "MeanScaleHyperprior", "--model.rate_control", "SpatialFeatureTransform",
        "--data.transform.patch_size", "64", "--data.transform.small_pictures", "enlarge",
        "--trainer.max_steps", "2",
      ], in: folder
    ).run()
    #expect(trained.status == 0, "\(trained)")
    let half = Image(width: 40, height: 40, pixels: (0..<4800).map { $0 < 2400 ? 255 : 0 })
    try folder.add("half.png", bytes: PNG.encode(half))
    _ = try done(folder, "encode", "--weights", Tiny.last, "--quality-map", "half.png", "pictures/0.png", "x.bps")
    #expect(try done(folder, "inspect", "x.bps").output.contains("rate point      3.500\n"))
    _ = try done(folder, "decode", "--weights", Tiny.last, "x.bps", "x.png")
    #expect(try ImageFile.read("\(folder.path)/x.png").width == 40)
    let refused = try Command(["encode", "--quality", "1", "--quality-map", "half.png", "pictures/0.png", "y.bps"], in: folder).run()
    #expect(refused.status == 1 && refused.messages.contains("the model has one quality for a whole picture"), "\(refused)")
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let folder = try Self.folder(Self.names[0])
    let table: [(arguments: [String], message: String)] = [
      (["encode", "--weights", "w.safetensors", "--rate-point", "8", "pictures/0.png", "x.bps"], "there is no rate point 8.0"),
      (["encode", "--weights", "w.safetensors", "--rate-point", "1", "--target-bpp", "1", "pictures/0.png", "x.bps"], "give one"),
      (["encode", "--quality", "1", "--rate-point", "1", "pictures/0.png", "x.bps"], "has one rate"),
      (["encode", "--quality", "1", "--target-bpp", "1", "pictures/0.png", "x.bps"], "has one rate"),
      (["encode", "--weights", "w.safetensors", "--target-bpp", "0", "pictures/0.png", "x.bps"], "must be above 0"),
    ]
    for (arguments, message) in table {
      let result = try Command(arguments, in: folder).run()
      #expect(result.status != 0 && result.messages.contains(message), "\(result)")
      #expect(!folder.has("x.bps"))
    }
  }

  /// CompressAI's payloads say no rate.
  @Test func payloadsOfCompressAI() throws {
    let folder = try Self.folder(Self.names[2])
    for rate in ["0", "5"] {
      _ = try done(folder, "encode", "--weights", "w.safetensors", "pictures/0.png", "--payloads", "p", "--rate-point", rate)
      _ = try done(folder, "decode", "--weights", "w.safetensors", "--payloads", "p", "--rate-point", rate, "-o", "p.png")
      _ = try done(folder, "encode", "--weights", "w.safetensors", "pictures/0.png", "x.bps", "--rate-point", rate)
      _ = try done(folder, "decode", "--weights", "w.safetensors", "x.bps", "x.png")
      #expect(try folder.bytes("p.png").count > 0)
    }
  }
}
