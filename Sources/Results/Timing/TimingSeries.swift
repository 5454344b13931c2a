/// The times of one direction, encoding or decoding, of one point.
public struct TimingSeries: Codable, Sendable, Equatable {
  /// What one stage took.
  public struct Stage: Codable, Sendable, Equatable {
    /// The stage, for example `analysis`.
    public let stage: String
    /// The seconds of each repetition.
    public let samples: [Double]
    /// Their median.
    public let median: Double

    /// Creates a stage.
    public init(stage: String, samples: [Double]) {
      (self.stage, self.samples) = (stage, samples)
      median = SampleSummary(samples)?.median ?? 0
    }
  }

  /// The seconds of each repetition for the whole batch, in their order; outliers are kept.
  public let samples: [Double]
  /// What the samples say.
  public let summary: SampleSummary
  /// The stages in the order of the work; empty where they were not measured.
  public let stages: [Stage]
  /// The median over the repetitions of the sum of the stages divided by the whole; null without stages.
  @OrNull public var stageShare: Double?

  enum CodingKeys: String, CodingKey {
    case samples, summary, stages
    case stageShare = "stage_share"
  }

  /// Creates a series; nil without samples.
  public init?(samples: [Double], stages: [(stage: String, samples: [Double])] = []) {
    guard let summary = SampleSummary(samples) else { return nil }
    (self.samples, self.summary) = (samples, summary)
    self.stages = stages.map { Stage(stage: $0.stage, samples: $0.samples) }
    let complete = stages.allSatisfy { $0.samples.count == samples.count }
    precondition(complete, "each repetition has all stages")
    let shares = samples.indices.map { index in stages.reduce(0) { $0 + $1.samples[index] } / samples[index] }
    _stageShare = OrNull(wrappedValue: stages.isEmpty ? nil : SampleSummary(shares)?.median)
  }

  /// Returns the series with further repetitions.
  public func appending(_ sample: Double, stages more: [(stage: String, seconds: Double)]) -> TimingSeries? {
    TimingSeries(
      samples: samples + [sample],
      stages: stages.map { stage in (stage.stage, stage.samples + [more.first { $0.stage == stage.stage }?.seconds ?? 0]) })
  }
}
