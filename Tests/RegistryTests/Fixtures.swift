import Configuration
import Registry

/// A small world of components for the tests.
protocol Activation { var channels: Int { get } }

final class TestGDN: Activation {
  struct Settings: ValidatedSettings {
    var channels: Int?
    var inverse = false
    var betaMin = 1e-6
    var gammaInit: Float = 0.1

    func problems() -> [(key: String, sentence: String)] {
      betaMin > 0 ? [] : [("betaMin", "must be positive, found \(betaMin)")]
    }
  }

  let settings: Settings
  var channels: Int { settings.channels ?? 0 }
  init(_ settings: Settings) { self.settings = settings }
}

struct Identity: Activation {
  var channels: Int { 0 }
}

struct EncoderSettings: Settings {
  var channels = 128
  var latentChannels = 192
  var activation = Component<NonlinearityKind>("nonlinearity.GDN")
}

struct OtherSettings: Settings {
  var inverse = false
}

struct DecoderSettings: Settings {
  var activation = Component<NonlinearityKind>("nonlinearity.GDN", ["inverse": true])
}

struct TestEncoder {
  let settings: EncoderSettings
  let activations: [any Activation]
}

struct ModelSettings: Settings {
  enum Metric: String, Codable, CaseIterable { case mse, msSSIM = "ms_ssim" }

  var encoder = Component<NetworkKind>("networks.Encoder")
  var prior: Component<PriorKind>?
  var lossMetric = Metric.mse
  var lambda = 0.0018
}

struct Odd: Error, CustomStringConvertible {
  let description: String
}

struct RunSettings: Settings {
  var model = Component<ModelKind>("models.FactorizedPrior")
  var data: Component<DatasetKind>?
  var callbacks: [Component<CallbackKind>] = []
  var seedEverything = 42
}

enum Fixture {
  static let entries: [Entry] = [
    Entry(
      NonlinearityKind.self, "nonlinearity.GDN", aliases: ["activations.GeneralizedDivisiveNormalization"],
      summary: "Generalized divisive normalization.", paper: "Ballé et al. 2016", settings: TestGDN.Settings.self
    ) { settings, _ in TestGDN(settings) },
    Entry(NonlinearityKind.self, "nonlinearity.Identity", summary: "Nothing.", settings: NoSettings.self) { _, _ in Identity() },
    Entry(
      NetworkKind.self, "networks.Encoder", aliases: ["google_encoder_decoder.FactorizedPriorEncoder"], summary: "An encoder.",
      settings: EncoderSettings.self
    ) { settings, context in
      guard settings.channels % 2 == 0 else { throw Odd(description: "channels must be even, found \(settings.channels)") }
      let activations = try (0..<3).map { _ in
        try context.build(settings.activation, as: (any Activation).self, suggesting: ["channels": Node(.int(settings.channels))])
      }
      return TestEncoder(settings: settings, activations: activations)
    },
    Entry(
      ModelKind.self, "models.FactorizedPrior", aliases: ["models.google_models.FactorizedPrior"], summary: "A model.",
      settings: ModelSettings.self
    ) { settings, context in try context.build(settings.encoder, as: TestEncoder.self) },
    Entry(DatasetKind.self, "datasets.Kodak", summary: "Kodak.", settings: NoSettings.self) { _, _ in 0 },
    Entry(CallbackKind.self, "callbacks.ModelCheckpoint", summary: "Writes checkpoints.", settings: EncoderSettings.self) { _, _ in 0 },
  ]

  static func catalogue() throws -> Catalogue { try Catalogue(entries) }

  static func run(_ yaml: String) throws -> RunSettings {
    try SettingsDecoder.decode(RunSettings.self, from: ConfigurationFile.parse(yaml, source: "a.yaml"), components: catalogue())
  }
}
