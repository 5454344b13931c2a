public import Configuration
import Registry
import Torch

extension BlockEntries {
  static let deformableBlocks: [Entry] = [
    Entry(
      BlockKind.self, "blocks.Deformable", summary: "A convolution whose kernel points are shifted and weighted by what it sees.",
      leaf: "Architectural Archetypes/Convolutional/Deformable Convolutions", paper: "dai2017deformable",
      equation: "out(p) = b + Σ_k w_k·m_k(p)·x(p + k + Δ_k(p)), Δ = conv(x), m = σ(conv(x)) or 1", settings: DeformableBlockSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      try context.check(groups: settings.groups, of: channels)
      return BlockPlan(channels: channels) { seeds in
        try DeformableBlock(
          channels: channels.value, kernel: settings.kernel, groups: settings.groups, isModulated: settings.modulated, seeds: seeds)
      }
    },
    Entry(
      BlockKind.self, "blocks.DeformableResidual", summary: "An ordinary and a deformable convolution, around which the input is added.",
      leaf: "Architectural Archetypes/Convolutional/Deformable Convolutions/Deformable Residual Module", paper: "fu2023fast",
      equation: "out = x + d(ℓ(conv3×3(x))), d a deformable convolution 3×3, ℓ a leaky rectified linear unit",
      settings: DeformableResidualSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      try context.check(groups: settings.groups, of: channels)
      return BlockPlan(channels: channels) { seeds in
        try DeformableResidualBlock(channels: channels.value, groups: settings.groups, isModulated: settings.modulated, seeds: seeds)
      }
    },
    Entry(
      BlockKind.self, "blocks.LiteDeformable",
      summary: "Means over shifted points, weighted by what is seen, of groups of channels; all points share their weights.",
      leaf: "Architectural Archetypes/Convolutional/Deformable Convolutions/Lite Deformable Convolution", paper: "wang2023dynamic",
      equation: "y_g(p) = Σ_k m_gk(p)·x_g(p + k + Δ_gk(p)), m_g = softmax over k, out = W·(y_1, …, y_G) + b",
      settings: LiteDeformableSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      try context.check(groups: settings.groups, of: channels)
      return BlockPlan(channels: channels) { seeds in
        try LiteDeformableBlock(channels: channels.value, kernel: settings.kernel, groups: settings.groups, seeds: seeds)
      }
    },
  ]
}

extension BuildContext {
  /// Checks that groups divide the channels of a block.
  fileprivate func check(groups: Int, of channels: StatedNumber) throws(ConfigurationError) {
    guard !channels.value.isMultiple(of: groups) else { return }
    throw ConfigurationError(
      mark: mark(of: "groups"), path: path(of: "groups"),
      "must divide the \(channels.value) channels\(channels.origin), found \(groups)")
  }
}

/// The settings of `blocks.Deformable`.
public struct DeformableBlockSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// The side of the kernels, an odd number from 1 to 15.
  public var kernel = 3
  /// How many parts of the channels have offsets of their own, 1 to 4096, a divisor of C.
  public var groups = 1
  /// Whether the points are weighted by masks, too.
  public var modulated = true

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    BlockSettings.problems(channels: channels) + DeformableCheck.problems(kernel: kernel, groups: groups)
  }
}

/// The settings of `blocks.DeformableResidual`.
public struct DeformableResidualSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// How many parts of the channels have offsets of their own, 1 to 4096, a divisor of C.
  public var groups = 1
  /// Whether the points are weighted by masks, too.
  public var modulated = false

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    BlockSettings.problems(channels: channels) + DeformableCheck.problems(groups: groups)
  }
}

/// The settings of `blocks.LiteDeformable`.
public struct LiteDeformableSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// The side of the square of points, an odd number from 1 to 15.
  public var kernel = 3
  /// G, how many parts of the channels have offsets and weights of the points of their own, 1 to 4096, a divisor of C.
  public var groups = 4

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    BlockSettings.problems(channels: channels) + DeformableCheck.problems(kernel: kernel, groups: groups)
  }
}

/// The ranges that the deformable blocks share.
private enum DeformableCheck {
  static func problems(kernel: Int = 1, groups: Int) -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    if !(1...15 ~= kernel) || kernel.isMultiple(of: 2) { found.append(("kernel", "must be an odd number in 1 ... 15, found \(kernel)")) }
    if !(1...4096 ~= groups) { found.append(("groups", "must be in 1 ... 4096, found \(groups)")) }
    return found
  }
}
