public import Configuration
public import Registry

/// The settings of `quantizer.CascadedVector`.
public struct CascadedVectorSettings: ValidatedSettings {
  /// m, the groups of channels with codebooks of their own, 1 to 64; the latent's channels are a multiple.
  public var groups = 2
  /// The entries of each group's codebook, 2 to 32768 each, level by level; every level works at half the sides of the one before, 1 to 6 levels.
  public var sizes = [8192, 2048, 512]
  /// Entries that are never used are replaced by copies of others after each so many steps of a training, 0 for never.
  public var reassignmentSteps = 1000
  /// The non-linearity of the blocks that change the sides, the inverse where they double them; null takes what the model says, or GDN.
  public var activation: Component<NonlinearityKind>?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = Ranges.problems([("groups", Double(groups), 1...64), ("reassignmentSteps", Double(reassignmentSteps), Ranges.steps)])
    if !(1...6 ~= sizes.count) { found.append(("sizes", "must name 1 to 6 levels, found \(sizes.count)")) }
    if let size = sizes.first(where: { !(2...32768 ~= $0) }) { found.append(("sizes", "must be in 2 ... 32768 each, found \(size)")) }
    return found
  }
}
