public import Configuration
import Registry

extension ContextEntries {
  static let contextAdaptive = Entry(
    ContextModelKind.self, "context.ContextAdaptive",
    summary: "Each place from windows of side information and of what is known, which cost bits and cost none.",
    leaf: "Context Models/Sequential/Context-Adaptive",
    alsoIn: [
      "Hierarchical Priors/Global Context Modeling/Joint Priors/Bit-free and Bit-consuming Contexts",
      "Hierarchical Priors/Local Context Modeling",
    ],
    paper: "lee2019context",
    equation: "θ_i = f(c'_i, c''_i), c'_i = ψ in the 4×4 window of i, c''_i = ŷ in it as far as it is known",
    settings: ContextAdaptiveSettings.self
  ) { settings, _ in
    ContextPlan(grouped: "context.ContextAdaptive") { sizes, seeds in
      try ContextAdaptiveContext(
        channels: sizes.channels, width: settings.width, hyperChannels: sizes.hyperChannels,
        parametersPerElement: sizes.parametersPerElement, seeds: seeds)
    }
  }
}

/// The settings of `context.ContextAdaptive`.
public struct ContextAdaptiveSettings: ValidatedSettings {
  /// The features of a place between the layers of the estimator, 1 to 4096.
  public var width = 384

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { Ranges.problems([("width", Double(width), 1...4096)]) }
}
