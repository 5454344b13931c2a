public import Configuration
import Registry

extension ContextEntries {
  static let zigzag = Entry(
    ContextModelKind.self, "context.Zigzag",
    summary: "Diagonal planes of a cube of channel blocks, rows and columns, each from the planes before it.",
    leaf: "Context Models/Parallel Decoding/Channel and Spatial/Scanning Order and Dividing Technique", paper: "li2020efficient",
    equation: "group k: block + row + column = k; h₁ = u(c₁(ŷ of groups before)), h_{l+1} = h_l + u(c_{l+1}(h_l)), θ = e(h_L, ψ)",
    settings: ZigzagSettings.self
  ) { settings, _ in
    ContextPlan(grouped: "context.Zigzag") { sizes, _ in
      guard !sizes.channels.isMultiple(of: settings.blocks) else { return nil }
      return "it cuts \(sizes.channels) channels into \(settings.blocks) blocks of like size; give blocks a divisor of the channels"
    } make: { sizes, seeds in
      try ZigzagContext(
        channels: sizes.channels, blocks: settings.blocks, features: settings.features, layers: settings.layers, kernel: settings.kernel,
        hyperChannels: sizes.hyperChannels, parametersPerElement: sizes.parametersPerElement, seeds: seeds)
    }
  }
}

/// The settings of `context.Zigzag`.
public struct ZigzagSettings: ValidatedSettings {
  /// Into how many blocks of like size the channels are cut, 1 to 256, a divisor of their number; as many groups are added to rows and columns.
  public var blocks = 8
  /// The features of each block between the layers, 1 to 256.
  public var features = 32
  /// The number of convolutions over blocks, rows and columns, 1 to 16.
  public var layers = 3
  /// The side of their kernels, odd, 3 to 15.
  public var kernel = 5

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    Ranges.problems([("blocks", Double(blocks), 1...256), ("features", Double(features), 1...256), ("layers", Double(layers), 1...16)])
      + KernelCheck.problems(kernel)
  }
}
