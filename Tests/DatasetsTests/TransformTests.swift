import Datasets
import Images
import Testing

@Suite struct TransformTests {
  private func apply(_ transform: any ImageTransform, _ image: Image, sample: Int = 0) throws -> Image {
    var random = DeterministicRandom(seed: 7, purpose: .transform, step: 1, sample: sample)
    return try transform.apply(image, random: &random)
  }

  /// Starts as Python's int(round((size - patch) / 2)) gives them.
  @Test(arguments: [(4, 4, 0), (5, 4, 0), (6, 4, 1), (7, 4, 2), (8, 4, 2), (9, 4, 2), (10, 4, 3), (11, 4, 4), (768, 256, 256)])
  func cutsTheCentre(size: Int, patch: Int, start: Int) throws {
    let image = testImage(width: size, height: size + 1)
    let cut = try apply(CenterCrop(patchSize: patch), image)
    #expect((cut.width, cut.height, Int(cut.pixels[0])) == (patch, patch, start % 256))
  }

  @Test func cutsEveryPlace() throws {
    let image = testImage(width: 6, height: 5)
    var places: Set<[UInt8]> = []
    for sample in 0..<300 {
      let cut = try apply(RandomCrop(patchSize: 4), image, sample: sample)
      let (x, y) = (Int(cut.pixels[0]), Int(cut.pixels[1]))
      #expect(cut == image.cropped(x: x, y: y, width: 4, height: 4))
      #expect(try apply(RandomCrop(patchSize: 4), image, sample: sample) == cut)
      places.insert([cut.pixels[0], cut.pixels[1]])
    }
    #expect(places.count == 6)
    #expect(try apply(RandomCrop(patchSize: 5), testImage(width: 5, height: 5)) == testImage(width: 5, height: 5))
  }

  @Test func flipsAsOftenAsAsked() throws {
    let image = testImage(width: 3, height: 2)
    for (p, range) in [(0.0, 0...0), (0.5, 160...240), (1.0, 400...400)] {
      let flip = try RandomHorizontalFlip(p: p)
      let flips = try (0..<400).filter { try apply(flip, image, sample: $0) == image.flippedHorizontally() }.count
      #expect(range.contains(flips))
    }
  }

  @Test func composesInOrder() throws {
    let image = testImage(width: 8, height: 8)
    let chain = try Compose([CenterCrop(patchSize: 4), RandomHorizontalFlip(p: 1), NoCrop()])
    #expect(try apply(chain, image) == image.cropped(x: 2, y: 2, width: 4, height: 4).flippedHorizontally())
    #expect(try apply(Compose([]), image) == image)
  }

  @Test func refusesSmallPicturesAndWrongSettings() throws {
    let error = PatchError(width: 3, height: 9, patchSize: 4)
    #expect(
      error.description == "a picture of 3×9 pixels is smaller than the patch of 4×4; take a smaller patch_size, or small_pictures: enlarge"
    )
    #expect(throws: error) { try apply(CenterCrop(patchSize: 4), testImage(width: 3, height: 9)) }
    #expect(throws: error) { try apply(RandomCrop(patchSize: 4), testImage(width: 3, height: 9)) }
    #expect(throws: DatasetError.setting(name: "patch_size", value: "0", allowed: "at least 1")) { try RandomCrop(patchSize: 0) }
    #expect(throws: DatasetError.setting(name: "patch_size", value: "-3", allowed: "at least 1")) { try CenterCrop(patchSize: -3) }
    for p in [-0.1, 1.1, .nan, .infinity] { #expect(throws: DatasetError.self) { try RandomHorizontalFlip(p: p) } }
    #expect(try RandomCrop().patchSize == 256 && CenterCrop().patchSize == 256)
  }
}
