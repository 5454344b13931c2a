public import Configuration
import Registry

/// The settings of blocks that consist of Swin blocks.
public struct SwinBlockSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// The heads of the attention, a divisor of its channels; null takes as many as `head_dim` says.
  public var heads: Int?
  /// How many numbers a head has, a divisor of the attention's channels; null with `heads` of null takes as many heads as have 16 numbers at least and divide the channels.
  public var headDim: Int?
  /// The side of the windows, 2 to 64.
  public var window = 8
  /// How many times as wide the inner features of the MLP are, 0.25 to 16.
  public var mlpRatio = 4.0
  /// How many blocks follow each other, 1 to 32; every other one has moved windows.
  public var depth = 2

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = BlockSettings.problems(channels: channels) + choice.problems + HeadChoice.problems(window: window)
    if !(0.25...16 ~= mlpRatio) { found.append(("mlpRatio", "must be in 0.25 ... 16, found \(mlpRatio)")) }
    if !(1...32 ~= depth) { found.append(("depth", "must be in 1 ... 32, found \(depth)")) }
    return found
  }

  private var choice: HeadChoice { HeadChoice(heads: heads, headDim: headDim) }

  /// The shape over the channels of the attention.
  func shape(_ channels: StatedNumber, context: BuildContext) throws(ConfigurationError) -> SwinShape {
    SwinShape(heads: try choice.heads(channels, context: context), window: window, ratio: mlpRatio, depth: depth)
  }
}

/// The settings of `blocks.WindowAttention`.
public struct WindowAttentionSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// The heads of the attention, a divisor of the channels; null takes as many as `head_dim` says.
  public var heads: Int?
  /// How many numbers a head has, a divisor of the channels; null with `heads` of null takes as many heads as have 16 numbers at least and divide the channels.
  public var headDim: Int?
  /// The side of the windows, 2 to 64.
  public var window = 8
  /// By how much the windows are moved, less than their side; null takes half of it.
  public var shift: Int?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = BlockSettings.problems(channels: channels) + choice.problems + HeadChoice.problems(window: window)
    if let shift, !(0..<max(window, 1) ~= shift) {
      found.append(("shift", "must be at least 0 and less than the window \(window), found \(shift)"))
    }
    return found
  }

  var choice: HeadChoice { HeadChoice(heads: heads, headDim: headDim) }
}

/// How a configuration says into how many heads an attention's channels are cut.
struct HeadChoice {
  let heads: Int?
  let headDim: Int?

  /// What is out of range of either.
  var problems: [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    if let heads, !(1...4096 ~= heads) { found.append(("heads", "must be in 1 ... 4096, found \(heads)")) }
    if let headDim, !(1...4096 ~= headDim) { found.append(("headDim", "must be in 1 ... 4096, found \(headDim)")) }
    if heads != nil, headDim != nil { found.append(("headDim", "says what heads says; leave one of both out")) }
    return found
  }

  /// What is wrong with the side of windows.
  static func problems(window: Int) -> [(key: String, sentence: String)] {
    2...64 ~= window ? [] : [("window", "must be in 2 ... 64, found \(window)")]
  }

  /// Returns the number of heads of so many channels.
  ///
  /// - Throws: `ConfigurationError` for a number that does not divide them.
  func heads(_ channels: StatedNumber, context: BuildContext) throws(ConfigurationError) -> Int {
    guard let number = heads ?? headDim else { return AttentionHeads.fitting(channels.value / 16, channels: channels.value) }
    let argument = heads != nil ? "heads" : "head_dim"
    guard channels.value.isMultiple(of: number) else {
      throw ConfigurationError(
        mark: context.mark(of: argument), path: context.path(of: argument),
        "must divide the \(channels.value) channels of the attention\(channels.origin), found \(number); give a divisor, or leave it out")
    }
    return heads ?? channels.value / number
  }
}

extension StatedNumber {
  /// Half of the number, which the same setting says.
  var half: StatedNumber { StatedNumber(value / 2, path: path, mark: mark) }
}
