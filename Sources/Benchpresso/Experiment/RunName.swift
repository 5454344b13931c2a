import Configuration

/// The name of a run or of its configuration file: `<model>_<stage>_<quality>_<metric>`, as in `factorized_prior_fit_q1_mse` (thesis, section 6.6).
///
/// It is read from the right, since models and metrics have underscores of their own; runs with several seeds end in `_s<seed>`.
public struct RunName: Sendable, Equatable, CustomStringConvertible {
  /// The stages that a name can have; `train` is read as `fit`.
  public static let stages = ["fit", "validate", "test", "predict", "time", "anchor"]
  /// The metrics that a name can have.
  public static let metrics = ["mse", "ms_ssim"]

  /// The model, or the variation of a study.
  public var model: String
  /// The stage.
  public var stage: String
  /// The rate point, for example `q1`.
  public var quality: String
  /// The metric of the loss.
  public var metric: String
  /// The seed, where a run is one of several.
  public var seed: Int?

  /// Creates a name from its parts.
  public init(model: String, stage: String, quality: String, metric: String, seed: Int? = nil) {
    self.model = model
    self.stage = stage
    self.quality = quality
    self.metric = metric
    self.seed = seed
  }

  /// Takes a name apart; nil when it does not follow the convention.
  public init?(_ text: String) {
    var rest = text[...]
    /// Takes what stands after the last underscore.
    func last() -> Substring? {
      guard let bar = rest.lastIndex(of: "_") else { return nil }
      defer { rest = rest[..<bar] }
      return rest[rest.index(after: bar)...]
    }
    var seed: Int?
    if let bar = rest.lastIndex(of: "_"), rest[bar...].hasPrefix("_s"), let number = Int(rest[bar...].dropFirst(2)),
      number >= 0,
      "_s\(number)" == rest[bar...]
    {
      seed = number
      rest = rest[..<bar]
    }
    guard let metric = Self.metrics.first(where: { rest.hasSuffix("_\($0)") }) else { return nil }
    rest = rest.dropLast(metric.count + 1)
    guard let quality = last(), Self.isQuality(quality) else { return nil }
    guard let stage = last().map(String.init), Self.stages.contains(stage) || stage == "train" else { return nil }
    guard !rest.isEmpty, !rest.contains("/") else { return nil }
    self.init(model: String(rest), stage: stage == "train" ? "fit" : stage, quality: String(quality), metric: metric, seed: seed)
  }

  /// Whether a text is the label of a rate point: q1, q2, ….
  static func isQuality(_ text: some StringProtocol) -> Bool {
    guard let number = Int(text.dropFirst()), number > 0 else { return false }
    return text == "q\(number)"
  }

  /// Takes the name of a configuration file apart; nil when it does not follow the convention.
  public init?(file: String) {
    let name = PathText.name(of: file)
    guard PathText.isConfigurationFile(name), let dot = name.lastIndex(of: ".") else { return nil }
    self.init(String(name[..<dot]))
  }

  /// The name as it is written.
  public var description: String { "\(model)_\(stage)_\(quality)_\(metric)" + (seed.map { "_s\($0)" } ?? "") }

  /// Returns the name of the same run in another stage.
  public func with(stage: String) -> RunName {
    var name = self
    name.stage = stage
    return name
  }
}
