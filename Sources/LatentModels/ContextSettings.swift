public import Configuration
public import Registry

/// The settings of `context.Checkerboard`.
public struct CheckerboardSettings: ValidatedSettings {
  /// The side of the masked kernel that sees the first half, odd, 3 to 15.
  public var kernel = 5

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { KernelCheck.problems(kernel) }
}

/// The settings of `context.Multistage`.
public struct MultistageSettings: ValidatedSettings {
  /// The side of a patch, 2 or 4; it has 4 or 16 stages.
  public var window = 2
  /// The side of the kernels that see the stages before, odd, 3 to 15.
  public var kernel = 5

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    KernelCheck.problems(kernel) + (window == 2 || window == 4 ? [] : [("window", "must be 2 or 4, found \(window)")])
  }
}

/// The settings of `context.ChannelWise`.
public struct ChannelWiseSettings: ValidatedSettings {
  /// Into how many slices of like size the channels are cut, 1 to 64.
  public var slices = 10
  /// From how many slices, the first ones, a slice is predicted at most; null for all before it.
  public var support: Int?
  /// Whether a network predicts what rounding took away.
  public var residualPrediction = true
  /// How wide the networks that see other channels are after each layer but the last, up to 8 numbers in 1 to 4096; the papers' are for latents of 320
  /// channels.
  public var widths = [224, 128]
  /// The side of the kernels of these networks, odd, 1 to 15.
  public var kernel = 5
  /// The non-linearity between their layers.
  public var activation = Component<NonlinearityKind>("nonlinearity.ReLU")
  /// What goes before each network, over all channels that it sees; null for nothing.
  public var attention: Component<BlockKind>?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = Ranges.problems([("slices", Double(slices), 1...64), ("support", support.map(Double.init), 0...64)])
    if !(1...8 ~= widths.count) || !widths.allSatisfy({ 1...4096 ~= $0 }) {
      found.append(("widths", "must be 1 to 8 numbers in 1 ... 4096, found \(widths)"))
    }
    if kernel % 2 == 0 || !(1...15 ~= kernel) { found.append(("kernel", "must be an odd number in 1 ... 15, found \(kernel)")) }
    return found
  }
}

/// The settings of `context.SpaceChannel`.
public struct SpaceChannelSettings: ValidatedSettings {
  /// The sizes of the groups of channels; null takes 16, 16, 32, 64 and the rest, of fewer than 192 channels a twentieth, a twentieth, a tenth, a fifth
  /// and the rest.
  public var groups: [Int]?
  /// Which groups a group sees.
  public var support = ChannelSupport.all
  /// How wide the networks that see other channels are after their first and their second layer, each 1 to 4096; the papers' are for latents of 320
  /// channels.
  public var widths = [224, 128]

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let found = WidthsCheck.problems(widths)
    guard let groups, found.isEmpty else { return found }
    if groups.isEmpty || groups.count > 64 { return [("groups", "must have 1 to 64 elements, found \(groups.count)")] }
    return groups.first { !(1...4096 ~= $0) }.map { [("groups", "must be in 1 ... 4096, found \($0)")] } ?? []
  }
}

/// The settings of `context.CosineSlicing`.
public struct CosineSlicingSettings: ValidatedSettings {
  /// The number of slices, 1 to 16.
  public var slices = 4

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { Ranges.problems([("slices", Double(slices), 1...16)]) }
}

enum KernelCheck {
  /// What is wrong with the side of a kernel.
  static func problems(_ kernel: Int, key: String = "kernel") -> [(key: String, sentence: String)] {
    kernel % 2 == 1 && 3...15 ~= kernel ? [] : [(key, "must be an odd number in 3 ... 15, found \(kernel)")]
  }
}

enum WidthsCheck {
  /// What is wrong with the widths of a network of three layers.
  static func problems(_ widths: [Int]) -> [(key: String, sentence: String)] {
    widths.count == 2 && widths.allSatisfy { 1...4096 ~= $0 } ? [] : [("widths", "must be two numbers in 1 ... 4096, found \(widths)")]
  }
}

extension ContextWidths {
  /// Creates widths of a checked list.
  init(_ list: [Int]) { self.init(first: list[0], second: list[1]) }
}
