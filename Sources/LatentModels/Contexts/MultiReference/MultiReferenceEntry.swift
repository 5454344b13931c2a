public import Configuration
import Registry

extension ContextEntries {
  static let multiReference = Entry(
    ContextModelKind.self, "context.MultiReference",
    summary: "Slices of channels, each a checkerboard, with references to slices, to neighbours and to all places, at linear cost.",
    leaf: "Context Models/Parallel Decoding/Checkerboard",
    alsoIn: ["Context Models/Parallel Decoding/Channel and Spatial/Channel-wise Autoregressive Context Model"], paper: "jiang2023mlic",
    equation: """
      first half of slice i: θ = e_a(Φ_inter, Φ_ch, ψ); second half: θ = e_b(Φ_lc, Φ_intra, Φ_inter, Φ_ch, ψ)
      Φ_inter, Φ_intra of (softmax(K)·Vᵀ)ᵀ·softmax(Q); ŷ_i ← ŷ_i + ½·tanh(r(ψ, ŷ_<i, ŷ_i)) after each half
      """, settings: MultiReferenceSettings.self
  ) { settings, _ in
    ContextPlan(grouped: "context.MultiReference") { sizes, _ in
      let slices = settings.slices(channels: sizes.channels)
      guard sizes.channels.isMultiple(of: slices) else {
        return "it cuts \(sizes.channels) channels into \(slices) slices of like size; give slices a divisor of the channels"
      }
      guard !(sizes.channels / slices).isMultiple(of: settings.heads) else { return nil }
      return "it cuts the \(sizes.channels / slices) channels of a slice into \(settings.heads) heads; give heads a divisor of them"
    } make: { sizes, seeds in
      try MultiReferenceContext(
        channels: sizes.channels, slices: settings.slices(channels: sizes.channels), heads: settings.heads, window: settings.window,
        hyperChannels: sizes.hyperChannels, parametersPerElement: sizes.parametersPerElement,
        predictsResiduals: settings.residualPrediction, seeds: seeds)
    }
  }
}

/// The settings of `context.MultiReference`.
public struct MultiReferenceSettings: ValidatedSettings {
  /// Into how many slices of like size the channels are cut, 1 to 64, a divisor of their number; null takes slices of 32 channels or the next larger
  /// size that divides them.
  public var slices: Int?
  /// The heads of the attentions within a slice, 1 to 64, a divisor of a slice's channels.
  public var heads = 2
  /// The side of the window around a place, odd, 3 to 15.
  public var window = 5
  /// Whether ŷ is corrected by what rounding probably took away.
  public var residualPrediction = true

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    Ranges.problems([("slices", Double(slices ?? 1), 1...64), ("heads", Double(heads), 1...64)])
      + KernelCheck.problems(window, key: "window")
  }

  /// The number of slices of a latent.
  func slices(channels: Int) -> Int {
    slices ?? stride(from: min(64, max(1, channels / 32)), through: 1, by: -1).first { channels.isMultiple(of: $0) } ?? 1
  }
}
