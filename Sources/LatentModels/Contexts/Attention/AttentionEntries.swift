import Configuration
import Registry

extension ContextEntries {
  /// The context models with attention.
  static let attention: [Entry] = [topKAttention, causalAttention, globalReference, checkerboardAttention, multiReference]

  private static let topKAttention = Entry(
    ContextModelKind.self, "context.TopKAttention",
    summary: "Half of the places first, the other half by a transformer that attends to the most similar of the first.",
    leaf: "Hierarchical Priors/Global Context Modeling/Attention Based Models/Self-Attention",
    alsoIn: ["Context Models/Parallel Decoding/Checkerboard"], paper: "qian2022entroformer",
    equation: """
      first half: θ = e(0, ψ); second half: θ = e(φ, ψ), φ = transformer of the first half of ŷ
      s_ij = (q_i · k_j + q_i · r_{j−i}) / √D, softmax over the k largest
      """, settings: TopKAttentionSettings.self
  ) { settings, _ in
    ContextPlan(grouped: "context.TopKAttention") { sizes, seeds in
      try TopKAttentionContext(
        channels: sizes.channels,
        transformer: .init(
          width: settings.width, heads: settings.heads, depth: settings.depth, positions: settings.positions, topK: settings.topK),
        hyperChannels: sizes.hyperChannels, parametersPerElement: sizes.parametersPerElement, seeds: seeds)
    }
  }

  private static let causalAttention = Entry(
    ContextModelKind.self, "context.CausalAttention",
    summary: "Each place from attention among its decoded neighbours, in lines that a wavefront passes.",
    leaf: "Hierarchical Priors/Local Context Modeling",
    alsoIn: ["Context Models/Sequential/Autoregressive"], paper: "lu2021transformer",
    equation: "t = attention(n(x)) + x, x = decoded taps of the window; s = Σ t, φ = p(s + f(n(s))), θ = e(φ, ψ)",
    settings: CausalAttentionSettings.self
  ) { settings, _ in
    ContextPlan(grouped: "context.CausalAttention") { sizes, _ in
      guard !sizes.channels.isMultiple(of: settings.heads) else { return nil }
      return "it cuts \(sizes.channels) channels into \(settings.heads) heads; give heads a divisor of the channels"
    } make: { sizes, seeds in
      try CausalAttentionContext(
        channels: sizes.channels, heads: settings.heads, window: settings.window, hyperChannels: sizes.hyperChannels,
        parametersPerElement: sizes.parametersPerElement, seeds: seeds)
    }
  }

  private static let globalReference = Entry(
    ContextModelKind.self, "context.GlobalReference",
    summary: "Each place from its decoded neighbours and from the most similar decoded place, weighed with similarity and confidence.",
    leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Global Reference",
    alsoIn: ["Context Models/Sequential/Autoregressive"], paper: "qian2022learning",
    equation: "θ_i = e(φ_i, S_ij · U_j · r(ŷ around j), ψ_i), j = argmax over decoded places of S_ij = cos(w_i, w_j)",
    settings: GlobalReferenceSettings.self
  ) { settings, _ in
    ContextPlan(grouped: "context.GlobalReference") { sizes, seeds in
      try GlobalReferenceContext(
        channels: sizes.channels, kernel: settings.kernel, window: settings.window, hyperChannels: sizes.hyperChannels,
        parametersPerElement: sizes.parametersPerElement, seeds: seeds)
    }
  }

  private static let checkerboardAttention = Entry(
    ContextModelKind.self, "context.CheckerboardAttention",
    summary: "Slices of channels, each a checkerboard with attention among neighbours and a global one by the slice before.",
    leaf: "Context Models/Parallel Decoding/Checkerboard",
    alsoIn: ["Context Models/Parallel Decoding/Channel and Spatial/Channel-wise Autoregressive Context Model"], paper: "jiang2023mlic",
    equation: """
      first half of slice i: θ = a_i(Φ_ch, ψ); second half: θ = b_i(Φ_ch, Φ_lc, Φ_gc, ψ)
      Φ_gc of softmax(Q(ŷ_{i−1}) · K(ŷ_{i−1})ᵀ / √d) · V(ŷ_i), from the second half to the first
      """, settings: CheckerboardAttentionSettings.self
  ) { settings, _ in
    ContextPlan(grouped: "context.CheckerboardAttention") { sizes, _ in
      guard sizes.channels.isMultiple(of: settings.slices) else {
        return "it cuts \(sizes.channels) channels into \(settings.slices) slices of like size; give slices a divisor of the channels"
      }
      guard !(sizes.channels / settings.slices).isMultiple(of: settings.heads) else { return nil }
      return
        "it cuts the \(sizes.channels / settings.slices) channels of a slice into \(settings.heads) heads; give heads a divisor of them"
    } make: { sizes, seeds in
      try CheckerboardAttentionContext(
        channels: sizes.channels, slices: settings.slices, heads: settings.heads, window: settings.window,
        hyperChannels: sizes.hyperChannels, parametersPerElement: sizes.parametersPerElement, seeds: seeds)
    }
  }
}
