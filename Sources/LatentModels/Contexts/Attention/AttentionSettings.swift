public import Configuration

/// The settings of `context.TopKAttention`.
public struct TopKAttentionSettings: ValidatedSettings {
  /// The features of a token, a multiple of the heads, 1 to 4096.
  public var width = 384
  /// The heads of the attention, 1 to 64.
  public var heads = 6
  /// The blocks of the transformer, 1 to 24.
  public var depth = 6
  /// The side of the table of relative positions, odd, 3 to 31; a diamond in it is used.
  public var positions = 7
  /// How many tokens a token attends to, 1 to 65536.
  public var topK = 32

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = Ranges.problems([
      ("width", Double(width), 1...4096), ("heads", Double(heads), 1...64), ("depth", Double(depth), 1...24),
      ("topK", Double(topK), 1...65536),
    ])
    if !(3...31 ~= positions) || positions % 2 == 0 { found.append(("positions", "must be an odd number in 3 ... 31, found \(positions)")) }
    if found.isEmpty, !width.isMultiple(of: heads) {
      found.append(("heads", "must divide the width \(width), found \(heads)"))
    }
    return found
  }
}

/// The settings of `context.CausalAttention`.
public struct CausalAttentionSettings: ValidatedSettings {
  /// The heads of the attention, 1 to 64, a divisor of the latent's channels.
  public var heads = 16
  /// The side of the window, odd, 3 to 15.
  public var window = 5

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    Ranges.problems([("heads", Double(heads), 1...64)]) + KernelCheck.problems(window, key: "window")
  }
}

/// The settings of `context.GlobalReference`.
public struct GlobalReferenceSettings: ValidatedSettings {
  /// The side of the kernel that sees the decoded neighbours, odd, 3 to 15.
  public var kernel = 5
  /// The side of the windows that are compared, odd, 3 to the kernel's.
  public var window = 3

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let found = KernelCheck.problems(kernel) + KernelCheck.problems(window, key: "window")
    guard found.isEmpty, window > kernel else { return found }
    return [("window", "must be at most the kernel's \(kernel), found \(window)")]
  }
}

/// The settings of `context.CheckerboardAttention`.
public struct CheckerboardAttentionSettings: ValidatedSettings {
  /// Into how many slices of like size the channels are cut, 1 to 64, a divisor of their number.
  public var slices = 6
  /// The heads of both attentions, 1 to 64, a divisor of a slice's channels.
  public var heads = 2
  /// The side of the window around a place, odd, 3 to 15.
  public var window = 5

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    Ranges.problems([("slices", Double(slices), 1...64), ("heads", Double(heads), 1...64)]) + KernelCheck.problems(window, key: "window")
  }
}
