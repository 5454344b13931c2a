/// The smallest piece of a study that is done or not: one training, one test on one data set, one curve of an anchor, one timing.
public struct StudyUnit: Codable, Sendable, Equatable {
  /// What a unit does.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Trains one variation at one rate with one seed.
    case fit
    /// Codes the pictures of one data set with what a training left.
    case test
    /// Codes the pictures of one data set with a classical codec at all its qualities.
    case anchor
    /// Measures latency and throughput of one variation; never beside other units.
    case time
  }

  /// The place among the units of its study, from 0.
  public var index: Int
  /// The name, unique in its study: `fp_gdn_fit_q1_mse`, `fp_gdn_test_q1_mse/kodak`, `bpg444/kodak`,
  /// `fp_gdn_time_small`.
  public var name: String
  /// What it does.
  public var kind: Kind
  /// The variation; nil for an anchor.
  public var variation: String?
  /// The label of the rate, such as `q1`.
  public var quality: String?
  /// The value of λ.
  public var rate: Double?
  /// The seed of the training.
  public var seed: Int?
  /// The data set that is coded.
  public var dataset: String?
  /// The names of the units that have to be done before.
  public var needs: [String]
  /// What the unit depends on, as a SHA-256 in hexadecimal: its settings and the hashes of what it needs.
  public var hash: String
  /// The steps of a training.
  public var steps: Int?
  /// Which checkpoint of its training a test measures: `best` or `last`.
  public var checkpoint: String?
  /// The size of the networks of a timing, such as `small`.
  public var network: String?
  /// The options of `measure latency` of a timing.
  public var options: [String]?

  /// Creates a unit.
  public init(
    index: Int, name: String, kind: Kind, variation: String? = nil, quality: String? = nil, rate: Double? = nil, seed: Int? = nil,
    dataset: String? = nil, needs: [String] = [], hash: String, steps: Int? = nil, checkpoint: String? = nil,
    network: String? = nil, options: [String]? = nil
  ) {
    self.index = index
    self.name = name
    self.kind = kind
    self.variation = variation
    self.quality = quality
    self.rate = rate
    self.seed = seed
    self.dataset = dataset
    self.needs = needs
    self.hash = hash
    self.steps = steps
    self.checkpoint = checkpoint
    self.network = network
    self.options = options
  }

  /// The name of its folder: what is done is found by its settings, so that a changed setting makes a new folder and leaves the old one.
  public var folderName: String { "\(name.replacing("/", with: "@"))-\(hash.prefix(12))" }
}
