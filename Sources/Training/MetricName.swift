public import Configuration

/// Whether a metric should fall or rise, with Lightning's words.
public enum MetricMode: String, Codable, CaseIterable, Sendable {
  /// Smaller is better.
  case min
  /// Larger is better.
  case max

  /// Whether `value` is better than `other` by more than `difference`.
  func isBetter(_ value: Double, than other: Double, by difference: Double = 0) -> Bool {
    switch self {
    case .min: value < other - difference
    case .max: value > other + difference
    }
  }
}

/// The name of a number that a training measures: `loss` of an update, `val_loss` of a validation.
public struct MetricName: NodeDecodable, Sendable, Hashable {
  /// The name.
  public let name: String

  /// The loss of the validation.
  public static let validationLoss = MetricName("val_loss")

  /// What every update measures.
  public static let ofUpdates = ["loss", "bpp", "psnr", "mse", "aux_loss", "lr", "grad_norm", "thumbnail_mse"]
  /// What every validation measures.
  public static let ofValidations = ["val_loss", "val_bpp", "val_psnr", "val_mse"]
  /// Names of other programs for them.
  static let aliases = ["train_loss": "loss", "val/loss": "val_loss", "val_bpp_loss": "val_bpp", "val_mse_loss": "val_mse"]

  /// Creates a name.
  public init(_ name: String) { self.name = Self.aliases[name] ?? name }

  /// Whether a validation measures it.
  public var isOfValidation: Bool { Self.ofValidations.contains(name) }

  /// Reads a name that a training measures.
  ///
  /// - Throws: `ReportedProblem` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? Node(.string(Self.validationLoss.name))
    guard let text = node.string else {
      context.report(node.mark, path: path, "expected the name of a metric, found \(node.summary)")
      throw ReportedProblem()
    }
    self.init(text)
    let known = Self.ofUpdates + Self.ofValidations
    guard known.contains(name) else {
      let rest = NearMatch.question(for: text, among: known, then: "it measures \(known.joined(separator: ", "))")
      context.report(node.mark, path: path, "no training measures '\(text)'\(rest)")
      throw ReportedProblem()
    }
  }

  /// The name.
  public var node: Node { Node(.string(name)) }
  /// `the name of a metric`.
  public static var typeDescription: String { "the name of a metric" }
  /// The names and their aliases.
  public static var form: SettingForm { .scalar(ScalarForm(texts: .choices(ofUpdates + ofValidations + aliases.keys.sorted()))) }

  /// Returns the metric that `name` stands for; nil when it is none of `names`.
  static func known(_ name: String, among names: [String]) -> String? {
    let name = aliases[name] ?? name
    return names.contains(name) ? name : nil
  }

  func mistake(expected: String) -> String {
    "must be \(expected) (\(Self.ofValidations.joined(separator: ", "))), found '\(name)'"
  }
}
