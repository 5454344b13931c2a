/// One variant at one size of pictures and batch.
public struct TimingPoint: Codable, Sendable, Equatable {
  /// How it came out.
  public enum Outcome: String, Codable, Sendable, Equatable, CaseIterable {
    /// It was measured as often as was asked for.
    case measured
    /// It was stopped before; what was measured is there.
    case stopped
    /// The memory limit was reached.
    case outOfMemory = "out_of_memory"
    /// The process was ended by a signal or ended by itself.
    case crashed
    /// A repetition took longer than it may.
    case timeLimit = "time_limit"
    /// There was an error.
    case failed
  }

  /// Why no more was measured of a point that was measured.
  public enum End: String, Codable, Sendable, Equatable {
    /// The number of repetitions that was asked for.
    case repetitions
    /// The time budget of the point.
    case budget
    /// The interval of the median is as narrow as was asked for.
    case stable
    /// The most repetitions, without being as narrow.
    case unstable
  }

  /// The name of the variant.
  public let variant: String
  /// What was timed: `transform`, `codec` or `stages`.
  public let what: String
  /// The width of the pictures.
  public let width: Int
  /// The height of the pictures.
  public let height: Int
  /// How many pictures are coded together.
  public let batchSize: Int
  /// How many threads computed.
  public var threads: Int
  /// How it came out.
  public var outcome: Outcome
  /// The cause, one sentence; null where it was measured.
  @OrNull public var reason: String?
  /// Why no more was measured; null where it was not measured to an end.
  @OrNull public var end: End?
  /// The round of each repetition: those of several variants in one round were made one after the other.
  public var rounds: [Int]
  /// The number of the session of each repetition, from 0; a sweep that was continued has several.
  public var sessions: [Int]
  /// Encoding; null without a repetition.
  @OrNull public var encoding: TimingSeries?
  /// Decoding; null without a repetition.
  @OrNull public var decoding: TimingSeries?
  /// The start of the encoding program alone, for codecs that are programs; it is contained in the times.
  @OrNull public var encodingStart: TimingSeries?
  /// The start of the decoding program alone, for codecs that are programs; it is contained in the times.
  @OrNull public var decodingStart: TimingSeries?
  /// The bits per pixel of the payload, mean of all pictures that were coded; null where nothing is coded.
  @OrNull public var bitsPerPixel: Double?
  /// The multiply–accumulates of encoding the batch; null where they are not counted.
  @OrNull public var encodingMultiplyAccumulates: Int?
  /// The multiply–accumulates of decoding the batch; null where they are not counted.
  @OrNull public var decodingMultiplyAccumulates: Int?
  /// The most memory that the process had at one time, in bytes; null where nothing was measured.
  @OrNull public var peakMemoryBytes: Int?
  /// The memory of the process before the first picture, in bytes: the program, libtorch and the weights.
  @OrNull public var memoryBeforeBytes: Int?

  enum CodingKeys: String, CodingKey {
    case variant, what, width, height, threads, outcome, reason, end, rounds, sessions, encoding, decoding
    case batchSize = "batch_size"
    case encodingStart = "encoding_start"
    case decodingStart = "decoding_start"
    case bitsPerPixel = "bits_per_pixel"
    case encodingMultiplyAccumulates = "encoding_multiply_accumulates"
    case decodingMultiplyAccumulates = "decoding_multiply_accumulates"
    case peakMemoryBytes = "peak_memory_bytes"
    case memoryBeforeBytes = "memory_before_bytes"
  }

  /// Creates a point of which nothing is measured yet.
  public init(variant: String, what: String, width: Int, height: Int, batchSize: Int, threads: Int) {
    (self.variant, self.what, self.width, self.height, self.batchSize) = (variant, what, width, height, batchSize)
    self.threads = threads
    (outcome, rounds, sessions) = (.stopped, [], [])
    (_reason, _end) = (OrNull(wrappedValue: nil), OrNull(wrappedValue: nil))
    (_encoding, _decoding) = (OrNull(wrappedValue: nil), OrNull(wrappedValue: nil))
    (_encodingStart, _decodingStart) = (OrNull(wrappedValue: nil), OrNull(wrappedValue: nil))
    _bitsPerPixel = OrNull(wrappedValue: nil)
    (_encodingMultiplyAccumulates, _decodingMultiplyAccumulates) = (OrNull(wrappedValue: nil), OrNull(wrappedValue: nil))
    (_peakMemoryBytes, _memoryBeforeBytes) = (OrNull(wrappedValue: nil), OrNull(wrappedValue: nil))
  }

  /// The pixels of the batch.
  public var pixelCount: Int { width * height * batchSize }

  /// The series of a direction.
  public subscript(direction: TimingDirection) -> TimingSeries? { direction == .encoding ? encoding : decoding }

  /// Pictures per second by the median of a direction; nil without a repetition.
  public func imagesPerSecond(_ direction: TimingDirection) -> Double? { self[direction].map { Double(batchSize) / $0.summary.median } }
}

/// One of the two directions of coding.
public enum TimingDirection: String, Codable, Sendable, Equatable, CaseIterable {
  /// From pictures to bytes.
  case encoding
  /// From bytes to pictures.
  case decoding
}
