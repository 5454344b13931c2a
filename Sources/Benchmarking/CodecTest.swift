public import Codecs
public import Images
public import Metrics
import Results

/// The test of a codec on a list of picture files: every picture is coded for real, decoded and compared with the original.
///
/// Pictures are read when their turn comes, and at most a batch of them and one more are in memory; only the rows of the results grow with the
/// data set. Pictures are coded one at a time, or in batches of successive pictures of one size, which data sets sorted into `class_n` folders
/// give.
public struct CodecTest {
  /// What is measured and kept.
  public struct Options: Sendable, Equatable {
    /// How many pictures of one size a learned codec codes together, at least 1; times are then each picture's share of the batch.
    public var batchSize = 1
    /// Whether the first batch is coded once before, untimed, so that one-time work of the libraries is in no row.
    public var warmsUp = true
    /// Whether the bits are also estimated from the likelihoods; costs one forward pass outside the measured times.
    public var estimatesBits = true
    /// Whether the next pictures are read, and those before measured and written, on threads beside the codec's.
    ///
    /// A test is done sooner so; the times of encoding and decoding are then those of a busy machine, and a note in each row says so.
    public var overlaps = false
    /// The folder for the coded files; nil keeps none.
    public var codedFolder: String?
    /// The folder for the decoded pictures as PNG; nil keeps none.
    public var decodedFolder: String?

    /// Creates the default options.
    public init() {}
  }

  /// What is done with a picture between reading and coding, for example a crop; takes the picture, its index in the list and its name.
  public typealias Preparation = (_ image: Image, _ index: Int, _ name: String) throws -> Image

  /// The codec.
  public let codec: any ImageCodec
  /// What is measured and kept.
  public let options: Options
  /// What is measured besides PSNR and MS-SSIM.
  public let metrics: [any ImageMetric]
  private let prepare: Preparation?

  /// Creates a test.
  ///
  /// - Parameters:
  ///   - metrics: what is measured besides PSNR and MS-SSIM; where one has no value for a picture, or fails, its value is nil and a note says why.
  ///   - prepare: changes each picture before it is coded; nil takes it as it is.
  /// - Throws: ``BenchmarkError/batchSize(_:)``.
  public init(
    codec: any ImageCodec, options: Options = Options(), metrics: [any ImageMetric] = [], prepare: Preparation? = nil
  ) throws(BenchmarkError) {
    guard options.batchSize >= 1 else { throw .batchSize(options.batchSize) }
    self.codec = codec
    self.options = options
    self.metrics = metrics
    self.prepare = prepare
  }

  /// Tests the codec on `files`.
  ///
  /// - Parameters:
  ///   - files: the paths of the pictures.
  ///   - folder: the folder of the data set; names in the results are paths inside it.
  ///   - progress: called after each picture; may throw to stop.
  /// - Throws: ``BenchmarkError`` with the name of the picture where anything fails, and what `progress` throws.
  public func run(
    _ files: [String], in folder: String? = nil, progress: @escaping (CodecTestProgress) throws -> Void = { _ in }
  ) throws -> CodecTestReport {
    guard !files.isEmpty else { throw BenchmarkError.noPictures }
    let names = PictureNames(files, folder: folder)
    let outputs = try TestOutputs(options, names: names, suffix: codec.fileSuffix)
    var run = Run(test: self, outputs: outputs, total: files.count, progress: progress)
    defer { run.drain() }
    let ahead = options.overlaps ? ReadAhead(count: files.count, ahead: 2) { try Self.read(files[$0], names[$0]) } : nil
    defer { ahead?.stop() }
    for (index, file) in files.enumerated() {
      let name = names[index]
      let (read, seconds) = try ahead?.next() ?? Self.read(file, name)
      run.times.reading += seconds
      let image = try run.times.measuring(\.reading) {
        try BenchmarkError.naming(name, "read") { try prepare?(read, index, name) ?? read }
      }
      try run.add(TestPicture(index: index, name: name, image: image))
    }
    return try run.finish()
  }

  private static func read(_ file: String, _ name: String) throws -> (image: Image, seconds: Double) {
    let clock = Stopwatch()
    let image = try BenchmarkError.naming(name, "read") { try ImageFile.read(file) }
    return (image, clock.seconds)
  }
}

/// A picture on its way through a test.
struct TestPicture {
  let index: Int
  let name: String
  let image: Image
}
