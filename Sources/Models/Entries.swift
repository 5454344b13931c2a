public import Configuration
import Layers
public import Registry
import Torch

/// The models of the catalogue; each makes a ``ModelPlan``.
public enum ModelEntries {
  /// All of them.
  public static let all: [Entry] = [
    Entry(
      ModelKind.self, "models.FactorizedPrior", aliases: ["models.google_models.FactorizedPrior", "bmshj2018-factorized"],
      summary: "Factorized-prior model with a configurable non-linearity (GDN by default).",
      paper: "Ballé et al. 2018", settings: FactorizedPriorSettings.self
    ) { settings, context in plan(settings, activation: settings.activation, context: context) },
    Entry(
      ModelKind.self, "models.FactorizedPriorReLU", aliases: ["models.google_models.FactorizedPriorReLU", "bmshj2018-factorized-relu"],
      summary: "Factorized-prior model with rectified linear units.", paper: "Ballé et al. 2018",
      settings: FactorizedPriorReLUSettings.self
    ) { settings, context in
      var common = FactorizedPriorSettings()
      common.channels = settings.channels
      common.expansionChannels = settings.expansionChannels
      common.rateDistortionFunction = settings.rateDistortionFunction
      return plan(common, activation: Component("nonlinearity.ReLU"), context: context)
    },
  ]

  private static func plan(
    _ settings: FactorizedPriorSettings, activation: Component<NonlinearityKind>, context: BuildContext
  ) -> ModelPlan {
    ModelPlan(loss: settings.rateDistortionFunction) { seeds in
      try FactorizedPrior(
        channels: settings.channels, expansionChannels: settings.expansionChannels,
        nonlinearity: { channels, inverse in
          try context.build(
            activation, as: (any Layer).self, suggesting: ["channels": Node(.int(channels)), "inverse": Node(.bool(inverse))])
        }, seeds: seeds)
    }
  }
}

/// The settings of `models.FactorizedPrior`.
public struct FactorizedPriorSettings: ValidatedSettings {
  /// N, the channels between the layers.
  public var channels = 128
  /// M, the channels of the latent.
  public var expansionChannels = 192
  /// The non-linearity between the layers; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// The loss.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { ChannelCheck.problems(channels, expansionChannels) }
}

/// The settings of `models.FactorizedPriorReLU`.
public struct FactorizedPriorReLUSettings: ValidatedSettings {
  /// N, the channels between the layers.
  public var channels = 128
  /// M, the channels of the latent.
  public var expansionChannels = 192
  /// The loss.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { ChannelCheck.problems(channels, expansionChannels) }
}

private enum ChannelCheck {
  static func problems(_ channels: Int, _ expansionChannels: Int) -> [(key: String, sentence: String)] {
    [("channels", channels), ("expansionChannels", expansionChannels)].compactMap { key, value in
      1...4096 ~= value ? nil : (key, "must be in 1 ... 4096, found \(value)")
    }
  }
}
