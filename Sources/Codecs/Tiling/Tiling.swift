/// Whether a codec runs the transforms of its model over a picture part by part.
///
/// The parts overlap as far as the networks see, so that each number is computed of what it would be computed of in one run. What is coded is the
/// same but for elements within rounding errors of the border between two whole numbers, and so is the decoded picture.
public struct Tiling: Sendable, Equatable {
  /// The side of the parts.
  public enum Side: Sendable, Equatable {
    /// There are none: the picture is transformed as a whole.
    case off
    /// So many pixels, a multiple of the number by which the analysis divides the sides.
    case pixels(Int)
    /// As large as the memory limit allows, at most ``Tiling/largestAutomaticSide`` and only for pictures whose transform would take more.
    case automatic
  }

  /// The side.
  public var side = Side.automatic
  /// How far parts reach beyond each side, in pixels; nil takes what the networks need, which networks from files do not tell.
  public var overlap: Int?
  /// The memory that the transform of one picture, or of one batch, may take by estimate before it is cut, in bytes.
  public var memoryLimit = Tiling.defaultMemoryLimit

  /// 4 GiB.
  public static let defaultMemoryLimit = 4 << 30
  /// The side of automatic tiles where the memory limit allows it.
  ///
  /// With an overlap of 32 pixels an eighth of the work is done twice.
  public static let largestAutomaticSide = 1024

  /// Creates a choice; without arguments the automatic one.
  public init(side: Side = .automatic, overlap: Int? = nil, memoryLimit: Int = Tiling.defaultMemoryLimit) {
    (self.side, self.overlap, self.memoryLimit) = (side, overlap, memoryLimit)
  }

  /// The transforms see the whole picture.
  public static let off = Tiling(side: .off)
}
