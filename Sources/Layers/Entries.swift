public import Configuration
public import Registry
import Torch

/// The non-linearities of the catalogue; each makes `any Layer`.
public enum LayerEntries {
  /// All of them.
  public static let all: [Entry] = [
    Entry(
      NonlinearityKind.self, "nonlinearity.GDN", aliases: ["activations.GeneralizedDivisiveNormalization"],
      summary: "Generalized divisive normalization and its approximate inverse.",
      leaf: "Architectural Archetypes/Non-linearity/Generalized Divisive Normalization",
      paper: "Ballé et al. 2016", settings: GDNSettings.self
    ) { settings, _ -> any Layer in
      try GeneralizedDivisiveNormalization(
        channels: settings.channels ?? 1, inverse: settings.inverse ?? false, betaMinimum: settings.betaMin,
        gammaInitial: settings.gammaInit)
    },
    Entry(
      NonlinearityKind.self, "nonlinearity.ReLU", aliases: ["activations.ReLU", "torch.nn.ReLU"],
      summary: "The rectified linear unit max(x, 0).",
      settings: NoSettings.self
    ) { _, _ -> any Layer in RectifiedLinear() },
    Entry(
      NonlinearityKind.self, "nonlinearity.Identity", aliases: ["torch.nn.Identity"], summary: "No non-linearity.",
      settings: NoSettings.self
    ) { _, _ -> any Layer in Identity() },
  ]
}

/// The settings of `nonlinearity.GDN`.
public struct GDNSettings: ValidatedSettings {
  /// The number of channels, at least 1; null takes what the place in the network needs.
  public var channels: Int?
  /// Whether it is the approximate inverse, which multiplies instead of dividing; null takes what the place in the network needs.
  public var inverse: Bool?
  /// The least value of β, the constant under the root; not negative.
  public var betaMin = 1e-6
  /// The initial value of the diagonal of γ, the weights of the squared channels; not negative.
  public var gammaInit = 0.1

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    if let channels, channels < 1 { found.append(("channels", "must be positive, found \(channels)")) }
    if !(betaMin >= 0) { found.append(("betaMin", "must not be negative, found \(betaMin)")) }
    if !(gammaInit >= 0) { found.append(("gammaInit", "must not be negative, found \(gammaInit)")) }
    return found
  }
}
