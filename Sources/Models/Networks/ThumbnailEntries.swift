public import Configuration
import Registry
import Torch

extension NetworkEntries {
  /// The network of thumbnails.
  static let thumbnailNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.ThumbnailSynthesis",
      summary: "A convolution, a leaky rectified linear unit and a sub-pixel convolution: a latent to small pictures.",
      leaf: "Context Models/Parallel Decoding/Progressive Decoding", paper: "he2022elic", settings: ThumbnailSynthesisSettings.self
    ) { settings, context in
      let m = try context.number("expansion_channels")
      let (width, factor) = (settings.width, settings.upsampling)
      return NetworkPlan(input: m, output: StatedNumber(3), scale: .enlarges(factor)) { seeds in
        try ThumbnailSynthesis(channels: m.value, width: width, factor: factor, seeds: seeds)
      }
    }
  ]
}

/// The settings of `networks.ThumbnailSynthesis`.
public struct ThumbnailSynthesisSettings: ValidatedSettings {
  /// M, the channels of the latent; null takes what the model says.
  public var expansionChannels: Int?
  /// The channels between the layers, 1 to 4096.
  public var width = 64
  /// How many pixels an element of the latent gives along each side, 1 to 16: with 2 thumbnails have an eighth of the sides of pictures whose latent has a
  /// sixteenth.
  public var upsampling = 2

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = ChannelCheck.problems([("expansionChannels", expansionChannels), ("width", width)])
    if !(1...16 ~= upsampling) { found.append(("upsampling", "must be in 1 ... 16, found \(upsampling)")) }
    return found
  }
}
