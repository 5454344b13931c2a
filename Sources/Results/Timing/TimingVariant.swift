/// A model or codec that was timed.
public struct TimingVariant: Codable, Sendable, Equatable {
  /// The class path of a codec that does nothing, which shows what measuring costs.
  public static let nothing = "null"

  /// The name in tables and plots.
  public var name: String
  /// The registry's name of the model or codec.
  public var classPath: String
  /// The resolved settings, defaults included.
  public var settings: JSONValue
  /// What variants of one size have in common, for example `N = 128, M = 192`; null where there is no such thing.
  @OrNull public var group: String?
  /// What variants that differ in size alone have in common: the name of the first of them.
  public var family: String
  /// The number of numbers in the weights; null for a codec without any.
  @OrNull public var parameterCount: Int?
  /// Where the weights come from: `random, seed 0`, or a file; null for a codec without any.
  @OrNull public var weights: String?
  /// SHA-256 over all parameters and coder tables; null for a codec without any.
  @OrNull public var weightsSHA256: String?
  /// The versions of the codec's programs, by name.
  public var versions: [String: String]

  enum CodingKeys: String, CodingKey {
    case name, settings, group, family, weights, versions
    case classPath = "class_path"
    case parameterCount = "parameter_count"
    case weightsSHA256 = "weights_sha256"
  }

  /// Creates a description.
  public init(
    name: String, classPath: String, settings: JSONValue, group: String? = nil, family: String? = nil, parameterCount: Int? = nil,
    weights: String? = nil, weightsSHA256: String? = nil, versions: [String: String] = [:]
  ) {
    (self.name, self.classPath, self.settings, self.versions) = (name, classPath, settings, versions)
    self.family = family ?? name
    _group = OrNull(wrappedValue: group)
    _parameterCount = OrNull(wrappedValue: parameterCount)
    (_weights, _weightsSHA256) = (OrNull(wrappedValue: weights), OrNull(wrappedValue: weightsSHA256))
  }
}
