import Codecs
public import Results

/// What a test found.
public struct CodecTestReport: Sendable, Equatable {
  /// One row for each picture, in the order of the files; see ``Results/RatePoint/init(aggregating:label:lambda:model:notes:)``.
  public let images: [ImageResult]
  /// Where the time went.
  public let times: CodecTestTimes
}

/// Where the time of a test went, in seconds.
public struct CodecTestTimes: Sendable, Equatable {
  /// Reading and decoding the originals.
  public var reading = 0.0
  /// The first, untimed coding.
  public var warmUp = 0.0
  /// Encoding.
  public var encoding = 0.0
  /// Decoding.
  public var decoding = 0.0
  /// Estimating the bits from the likelihoods.
  public var estimation = 0.0
  /// PSNR, MS-SSIM and what was asked for besides.
  public var metrics = 0.0
  /// Writing coded files and decoded pictures.
  public var writing = 0.0
  /// Everything, from the first picture to the last.
  public var total = 0.0

  /// Creates times of zero.
  public init() {}

  /// The names and seconds of all parts, in the order of the work.
  public var parts: [(name: String, seconds: Double)] {
    [
      ("reading", reading), ("warm-up", warmUp), ("encoding", encoding), ("decoding", decoding), ("estimation", estimation),
      ("metrics", metrics), ("writing", writing),
    ]
  }

  mutating func measuring<Value>(_ part: WritableKeyPath<CodecTestTimes, Double>, _ body: () throws -> Value) rethrows -> Value {
    let clock = Stopwatch()
    defer { self[keyPath: part] += clock.seconds }
    return try body()
  }
}

/// How far a test is.
public struct CodecTestProgress: Sendable, Equatable {
  /// The pictures that are done, this one included.
  public let done: Int
  /// All pictures.
  public let total: Int
  /// The row of the picture that was done last.
  public let result: ImageResult
  /// Seconds since the start.
  public let seconds: Double

  /// The seconds that the rest takes at the speed so far.
  public var secondsLeft: Double { seconds / Double(done) * Double(total - done) }
}
