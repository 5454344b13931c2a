/// A curve with every measure its file has, per rate point and, where the file has them, per image.
///
/// Measures go by their JSON keys (`psnr`, `ms_ssim_db`, `lpips_vgg`), so that a file with a new one can be compared in it at once.
public struct MeasuredCurve: Sendable, Equatable {
  /// What the measure `bpp` counts.
  public enum RateKind: String, Sendable, Equatable {
    /// Whole files, headers included.
    case file
    /// The entropy-coded bytes.
    case payload
    /// The source does not say.
    case unknown
  }

  /// One image at one rate point.
  public struct Image: Sendable, Equatable {
    /// The name without its ending, by which images of two files are paired.
    public let name: String
    /// The measures by key.
    public let values: [String: Double]
  }

  /// One rate point.
  public struct Point: Sendable, Equatable {
    /// What the point is called in its file, else its number from 1.
    public let label: String
    /// The means over the images by key.
    public let values: [String: Double]
    /// The images; empty where the file has only means.
    public let images: [Image]
    /// The chroma format, nil where the file does not say.
    public let chroma: String?
  }

  /// What the source claims in Bjøntegaard deltas.
  public struct Stated: Sendable, Equatable {
    /// The anchor's name among the published curves.
    public let anchor: String
    /// Percent.
    public let rate: Double
    /// dB of PSNR; nil where it is not stated.
    public let quality: Double?
    /// Where it is stated.
    public let place: String
  }

  /// What a legend shows.
  public var name: String
  /// What was done.
  public let description: String
  /// Where it was read: a path, or `published:` and a name.
  public let place: String
  /// What `bpp` counts.
  public let rateKind: RateKind
  /// The rate points in the order of the file.
  public let points: [Point]
  /// What the source claims.
  public let stated: Stated?

  /// The measures that a point has, sorted; rates and times are left out.
  public var metrics: [String] {
    Set(points.flatMap(\.values.keys)).filter { !$0.hasPrefix("bpp") && !$0.hasSuffix("_time") }.sorted()
  }
}
