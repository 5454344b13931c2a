/// Which model, or which classical codec, was measured.
public struct ModelDescription: Codable, Sendable, Equatable {
  /// The registry's name of the model or codec, for example `models.FactorizedPrior`.
  public var classPath: String
  /// The resolved settings, defaults included.
  public var settings: JSONValue
  /// The number of trained parameters; null for a codec without any.
  @OrNull public var parameterCount: Int?
  /// SHA-256 over all parameters and coder tables in hexadecimal, whichever file they came from; null without weights.
  @OrNull public var weightsSHA256: String?
  /// The number of training steps behind the weights; null where unknown.
  @OrNull public var trainingStep: Int?

  enum CodingKeys: String, CodingKey {
    case classPath = "class_path"
    case settings
    case parameterCount = "parameter_count"
    case weightsSHA256 = "weights_sha256"
    case trainingStep = "training_step"
  }

  /// Creates a description.
  public init(
    classPath: String, settings: JSONValue = .object([:]), parameterCount: Int? = nil, weightsSHA256: String? = nil,
    trainingStep: Int? = nil
  ) {
    self.classPath = classPath
    self.settings = settings
    self.parameterCount = parameterCount
    self.weightsSHA256 = weightsSHA256
    self.trainingStep = trainingStep
  }
}
