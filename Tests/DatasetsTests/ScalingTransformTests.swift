import Datasets
import Images
import Testing

@Suite struct ScalingTransformTests {
  private func apply(_ transform: any ImageTransform, _ image: Image, sample: Int = 0) throws -> Image {
    var random = DeterministicRandom(seed: 7, purpose: .transform, step: 1, sample: sample)
    return try transform.apply(image, random: &random)
  }

  @Test func scalesWithinItsBounds() throws {
    let image = testImage(width: 100, height: 50)
    let scale = try RandomScale(factors: 0.5...1, minimumSide: 30)
    let sizes = try (0..<200).map { try apply(scale, image, sample: $0) }.map { [$0.width, $0.height] }
    #expect(sizes.allSatisfy { (60...100).contains($0[0]) && (30...50).contains($0[1]) && abs($0[0] - 2 * $0[1]) <= 1 })
    #expect(Set(sizes).count > 20 && sizes.contains([60, 30]))
    // A picture that is smaller stays as it is; it is not enlarged for the minimum.
    let small = try (0..<50).map { try apply(RandomScale(factors: 0.5...1, minimumSide: 64), image, sample: $0) }
    #expect(small.allSatisfy { $0 == image })
    #expect(try apply(RandomScale(factors: 2...2), image).width == 200)
  }

  @Test func cutsAndReduces() throws {
    let image = testImage(width: 100, height: 50)
    let whole = try RandomScaledCrop(patchSize: 16, factors: 1...1)
    let cut = try apply(whole, image)
    #expect(cut == image.cropped(x: Int(cut.pixels[0]), y: Int(cut.pixels[1]), width: 16, height: 16))
    let half = try (0..<50).map { try apply(RandomScaledCrop(patchSize: 16, factors: 0.5...0.5), image, sample: $0) }
    #expect(Set(half.map(\.pixels)).count > 40)
    #expect(half.allSatisfy { $0.width == 16 && $0.height == 16 && $0.pixels[3 * 8] - $0.pixels[3 * 7] == 2 })
    // The square is never larger than the picture.
    #expect(try apply(RandomScaledCrop(patchSize: 40, factors: 0.1...0.1), testImage(width: 60, height: 50)).width == 40)
  }

  @Test func bringsTheShorterSideToOneLength() throws {
    #expect(try apply(Resize(shorterSide: 20), testImage(width: 100, height: 50)).width == 40)
    #expect(try apply(Resize(shorterSide: 20), testImage(width: 15, height: 30)).width == 15)
    #expect(try apply(Resize(shorterSide: 20, onlyReduces: false), testImage(width: 15, height: 30)).height == 40)
  }

  @Test func oneRuleForSmallPictures() throws {
    let image = testImage(width: 10, height: 25)
    let transforms: [(SmallPictures) throws -> any ImageTransform] = [
      { try RandomCrop(patchSize: 16, smallPictures: $0) }, { try CenterCrop(patchSize: 16, smallPictures: $0) },
      { try RandomScaledCrop(patchSize: 16, smallPictures: $0) },
    ]
    for make in transforms {
      #expect(throws: PatchError(width: 10, height: 25, patchSize: 16)) { try apply(make(.refuse), image) }
      let patch = try apply(make(.enlarge), image)
      #expect(patch.width == 16 && patch.height == 16)
    }
    #expect(
      try apply(CenterCrop(patchSize: 16, smallPictures: .enlarge), image)
        == image.resized(width: 16, height: 40).cropped(x: 0, y: 12, width: 16, height: 16))
    #expect(try apply(CenterCrop(patchSize: 10, smallPictures: .enlarge), image) == apply(CenterCrop(patchSize: 10), image))
  }

  @Test func flipsUpsideDown() throws {
    let image = testImage(width: 3, height: 4)
    #expect(try apply(RandomVerticalFlip(p: 1), image) == image.flippedVertically())
    #expect(try apply(RandomVerticalFlip(p: 0), image) == image)
    #expect(image.flippedVertically().cropped(x: 0, y: 0, width: 3, height: 1) == image.cropped(x: 0, y: 3, width: 3, height: 1))
  }

  @Test func refusesWrongSettings() {
    #expect(throws: DatasetError.self) { try RandomScale(factors: 0...1) }
    #expect(throws: DatasetError.self) { try RandomScale(minimumSide: 0) }
    #expect(throws: DatasetError.self) { try RandomScaledCrop(factors: 0.5...1.5) }
    #expect(throws: DatasetError.self) { try Resize(shorterSide: 0) }
    #expect(throws: DatasetError.self) { try RandomVerticalFlip(p: 2) }
  }
}
