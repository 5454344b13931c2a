import Datasets
import Measuring

/// The pictures that a measurement is made with.
struct MeasurePictures {
  let source: PictureSource
  /// What they are, for results.
  let text: String

  /// - Parameter isMosaic: whether photographs stand side by side in large pictures.
  init(_ options: MeasureOptions, isMosaic: Bool = false) throws {
    if let folder = options.photographs {
      let files = try ImageFolder(whole: folder).files
      if isMosaic {
        source = .mosaic(files)
        text = "mosaics of \(files.count) photographs in their own size, every second one mirrored, the same in every repetition"
        return
      }
      source = .files(files)
      text = "\(files.count) photographs, their middle, enlarged where they are smaller; the next ones in every round"
    } else {
      source = .random(seed: UInt64(options.seed))
      text =
        options.what == .transform
        ? "numbers of the normal distribution in place of pictures, the same in every repetition"
        : "random 8-bit samples, each value as likely as any other, the same in every repetition"
    }
  }
}
