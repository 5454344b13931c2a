import Configuration
public import Registry

/// The context models of the catalogue, each of which makes a ``ContextPlan``.
public enum ContextEntries {
  /// All of them.
  public static let all: [Entry] = [none, autoregressive] + spatial + channels + [contextAdaptive, zigzag] + attention

  private static let parallel = "Context Models/Parallel Decoding"

  private static let none = Entry(
    ContextModelKind.self, "context.NoContext", summary: "No context model: side information alone predicts the latent.",
    leaf: "Hierarchical Priors/Local Context Modeling", paper: "balle2018variational",
    equation: "θ = ψ, or θ = e(ψ) where ψ has another number of channels", settings: NoSettings.self
  ) { _, _ in
    ContextPlan(
      grouped: "context.NoContext",
      problem: { sizes, _ in
        guard sizes.hyperChannels == 0 else { return nil }
        return
          "without side information and without a context model nothing predicts the latent; name one of both, or models.FactorizedPrior"
      },
      make: { sizes, seeds in
        try NoContext(
          channels: sizes.channels, hyperChannels: sizes.hyperChannels, parametersPerElement: sizes.parametersPerElement, seeds: seeds)
      })
  }

  private static let autoregressive = Entry(
    ContextModelKind.self, "context.Autoregressive", summary: "Each place from the places before it in raster order, one after the other.",
    leaf: "Context Models/Sequential/Autoregressive", paper: "minnen2018joint",
    equation: "φ_i = masked convolution 5×5 of ŷ_<i, (σ_i, μ_i) = e(ψ_i, φ_i)", settings: NoSettings.self
  ) { _, _ in
    ContextPlan("context.Autoregressive") { sizes, density in
      guard density is GaussianConditionalPlan else {
        return
          "its native loop knows the tables of prior.GaussianConditional, not those of \(density.classPath); name a context model that "
          + "codes in groups, such as context.Checkerboard"
      }
      guard sizes.hyperChannels != 2 * sizes.channels else { return nil }
      return "it takes \(2 * sizes.channels) channels of side information, twice those of the latent, and gets \(sizes.hyperChannels)"
    } make: { sizes, density, seeds in
      guard let density = try density.makeDensity() as? GaussianDensity else {
        throw LatentModelError.size(expected: "prior.GaussianConditional", found: density.classPath)
      }
      return SerialCoding(try ContextModel(channels: sizes.channels, seeds: seeds), density: density)
    }
  }

  private static let spatial: [Entry] = [
    Entry(
      ContextModelKind.self, "context.Checkerboard", summary: "Half of the places first, the other half from their neighbours.",
      leaf: "\(parallel)/Checkerboard", paper: "he2021checkerboard",
      equation: """
        first half: θ = e(0, ψ)
        second half: θ = e(φ, ψ), φ = masked convolution of the first half of ŷ
        """, settings: CheckerboardSettings.self
    ) { settings, _ in
      ContextPlan.checkerboard(kernel: settings.kernel)
    },
    Entry(
      ContextModelKind.self, "context.Multistage", summary: "The places of each 2×2 or 4×4 patch in as many stages.",
      leaf: "\(parallel)/Channel and Spatial/Multistage Spatial Context Model", paper: "lin2023multistage",
      equation: "stage k: θ = e(φ_k, ψ), φ_k = c_k(ŷ of the stages before)", settings: MultistageSettings.self
    ) { settings, _ in
      ContextPlan(grouped: "context.Multistage") { sizes, seeds in
        try MultistageContext(
          channels: sizes.channels, window: settings.window, hyperChannels: sizes.hyperChannels,
          parametersPerElement: sizes.parametersPerElement, kernel: settings.kernel, seeds: seeds)
      }
    },
  ]

  private static let channels: [Entry] = [
    Entry(
      ContextModelKind.self, "context.ChannelWise",
      summary: "Slices of channels, one after the other, with a prediction of what rounding took away.",
      leaf: "\(parallel)/Channel and Spatial/Channel-wise Autoregressive Context Model",
      alsoIn: ["\(parallel)/Progressive Decoding", "Context Models/Sequential/Autoregressive"], paper: "minnen2020channel",
      equation: "θ_i = e_i(ψ, ŷ_<i), ŷ_i ← ŷ_i + ½·tanh(r_i(ψ, ŷ_≤i)); with attention a_i(ψ, ŷ_<i) for (ψ, ŷ_<i)",
      settings: ChannelWiseSettings.self
    ) { settings, context in try ContextPlan.channelWise(settings, context: context) },
    Entry(
      ContextModelKind.self, "context.SpaceChannel",
      summary: "Groups of channels of growing size, each a checkerboard that sees those before it.",
      leaf: "\(parallel)/Checkerboard", alsoIn: ["\(parallel)/Progressive Decoding"], paper: "he2022elic",
      equation: "Φ_ch = g_ch(ŷ of the groups before), Φ_sp = g_sp(first half of ŷ of the group), θ = e(Φ_sp, Φ_ch, ψ)",
      settings: SpaceChannelSettings.self
    ) { settings, _ in
      ContextPlan.spaceChannel(groups: settings.groups, support: settings.support, widths: ContextWidths(settings.widths))
    },
    Entry(
      ContextModelKind.self, "context.CosineSlicing",
      summary: "Slices of channels that grow as a cosine, the first in four stages of places, the next in two.",
      leaf: "\(parallel)/Checkerboard", alsoIn: ["\(parallel)/Channel and Spatial"], paper: "lu2022high",
      equation: "slice i, stage k: θ = e_i(g_i(ψ, ŷ of the slices before), φ_k, ψ), φ_k = convolution of the stages before",
      settings: CosineSlicingSettings.self
    ) { settings, _ in
      ContextPlan(grouped: "context.CosineSlicing") { sizes, seeds in
        try CosineSlicingContext(
          channels: sizes.channels, slices: settings.slices, hyperChannels: sizes.hyperChannels,
          parametersPerElement: sizes.parametersPerElement, seeds: seeds)
      }
    },
  ]
}
