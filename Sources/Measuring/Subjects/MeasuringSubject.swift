/// Something that can be timed, in the process that times it.
public protocol MeasuringSubject: AnyObject {
  /// What results say about it.
  var facts: SubjectFacts { get }

  /// Makes ready what a cell needs, so that it is in no repetition.
  func prepare(_ cell: MeasuringCell) throws -> CellFacts

  /// Encodes and decodes the batch of a round once.
  ///
  /// - Parameter round: chooses the pictures where they are several; those of two subjects in one round are the same.
  func measure(round: Int) throws -> Repetition
}

/// What results say about a subject.
public struct SubjectFacts: Codable, Sendable, Equatable {
  /// How many threads compute.
  public var threads: Int
  /// The version of libtorch; nil where none is used.
  public var libtorchVersion: String?
  /// The number of numbers in the weights; nil for a codec without any.
  public var parameterCount: Int?
  /// Where the weights come from; nil for a codec without any.
  public var weights: String?
  /// SHA-256 over all parameters and coder tables; nil for a codec without any.
  public var weightsSHA256: String?
  /// The versions of the codec's programs, by name.
  public var versions: [String: String]

  /// Creates facts.
  public init(
    threads: Int = 1, libtorchVersion: String? = nil, parameterCount: Int? = nil, weights: String? = nil, weightsSHA256: String? = nil,
    versions: [String: String] = [:]
  ) {
    (self.threads, self.libtorchVersion, self.parameterCount) = (threads, libtorchVersion, parameterCount)
    (self.weights, self.weightsSHA256, self.versions) = (weights, weightsSHA256, versions)
  }
}

/// What is known of a subject at a cell before it is timed.
public struct CellFacts: Codable, Sendable, Equatable {
  /// The multiply–accumulates of the networks that encode the batch; nil where they are not counted.
  ///
  /// Those of a context model are not contained.
  public var encodingMultiplyAccumulates: Int?
  /// Those of the networks that decode it.
  public var decodingMultiplyAccumulates: Int?
  /// The memory of the process before the first picture, in bytes.
  public var memoryBeforeBytes: Int?

  /// Creates facts.
  public init(encodingMultiplyAccumulates: Int? = nil, decodingMultiplyAccumulates: Int? = nil, memoryBeforeBytes: Int? = nil) {
    self.encodingMultiplyAccumulates = encodingMultiplyAccumulates
    self.decodingMultiplyAccumulates = decodingMultiplyAccumulates
    self.memoryBeforeBytes = memoryBeforeBytes
  }
}

/// One repetition.
public struct Repetition: Codable, Sendable, Equatable {
  /// What one stage took.
  public struct Stage: Codable, Sendable, Equatable {
    /// The stage.
    public var stage: String
    /// Its seconds.
    public var seconds: Double

    /// Creates a stage.
    public init(stage: String, seconds: Double) { (self.stage, self.seconds) = (stage, seconds) }
  }

  /// The seconds of encoding the batch.
  public var encoding: Double
  /// The seconds of decoding it.
  public var decoding: Double
  /// The stages of encoding; none where they are not measured.
  public var encodingStages: [Stage] = []
  /// The stages of decoding.
  public var decodingStages: [Stage] = []
  /// The seconds that the encoding program takes to start and do nothing; nil for codecs in the process.
  public var encodingStart: Double?
  /// The seconds that the decoding program takes to start and do nothing.
  public var decodingStart: Double?
  /// The bits of the payloads of the batch; nil where nothing is coded.
  public var payloadBits: Int?
  /// The most memory that the process has had so far, in bytes.
  public var peakMemoryBytes = 0

  /// Creates a repetition.
  public init(encoding: Double, decoding: Double) { (self.encoding, self.decoding) = (encoding, decoding) }
}
