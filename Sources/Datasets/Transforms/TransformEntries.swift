import Configuration
import Registry

extension DatasetEntries {
  /// The transforms of pictures.
  static let transforms: [Entry] = [
    entry("RandomCrop", "A square patch from anywhere.", PatchTransformSettings.self) {
      try RandomCrop(patchSize: $0.patchSize, smallPictures: $0.smallPictures)
    },
    entry("CenterCrop", "The square patch in the middle.", PatchTransformSettings.self) {
      try CenterCrop(patchSize: $0.patchSize, smallPictures: $0.smallPictures)
    },
    entry(
      "RandomScaledCrop", "A square from anywhere, reduced to a patch: a random scale and crop in one, as Flickr2W is prepared.",
      ScaledCropSettings.self, paper: "liu2020unified"
    ) { try RandomScaledCrop(patchSize: $0.patchSize, factors: $0.minScale...$0.maxScale, smallPictures: $0.smallPictures) },
    entry("RandomScale", "The whole picture, smaller or larger by a random factor.", ScaleSettings.self) {
      try RandomScale(factors: $0.minScale...$0.maxScale, minimumSide: $0.minimumSide)
    },
    entry("Resize", "The whole picture, its shorter side brought to one length.", ResizeSettings.self) {
      try Resize(shorterSide: $0.shorterSide, onlyReduces: $0.onlyReduces)
    },
    entry("NoCrop", "The whole picture.", NoSettings.self) { _ in NoCrop() },
    entry("RandomHorizontalFlip", "Left and right exchanged with a probability.", FlipSettings.self) { try RandomHorizontalFlip(p: $0.p) },
    entry("RandomVerticalFlip", "Top and bottom exchanged with a probability.", FlipSettings.self) { try RandomVerticalFlip(p: $0.p) },
    Entry(
      TransformKind.self, "transform.Compose", summary: "Several transforms one after the other.", settings: ComposeSettings.self
    ) { settings, context -> any ImageTransform in
      Compose(try settings.transforms.map { try context.build($0, as: (any ImageTransform).self) })
    },
  ]

  private static func entry<S: Settings>(
    _ name: String, _ summary: String, _ settings: S.Type, paper: String? = nil,
    _ make: @escaping @Sendable (S) throws -> any ImageTransform
  ) -> Entry {
    Entry(TransformKind.self, "transform.\(name)", summary: summary, paper: paper, settings: settings) { settings, _ in try make(settings) }
  }
}
