/// Short sequences of frames, each of which is one sample: a frame drawn anew every time.
struct FrameSequences: SampleSource {
  /// The folders of the sequences.
  let folders: [String]
  /// How many frames a sequence has; their files are im1.png, im2.png, ….
  let framesPerSequence: Int

  var groupSizes: [Int] { [folders.count] }
  var files: [String]? { nil }

  func sample(_ index: Int, draw: SampleDraw, cache: ImageCache?) throws(DatasetError) -> Sample {
    var random = DeterministicRandom(seed: draw.seed, purpose: .frame, step: draw.step, sample: index)
    return try Sample(reading: Self.frame(1 + random.integer(below: framesPerSequence), in: folders[index]), cache: cache)
  }

  /// The file of a frame, which are counted from 1.
  static func frame(_ number: Int, in folder: String) -> String { "\(folder)/im\(number).png" }
}
