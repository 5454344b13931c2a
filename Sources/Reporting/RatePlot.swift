public import Results

/// A rate–distortion plot: quality over bits per pixel, one curve per codec.
public struct RatePlot: Sendable, Equatable {
  /// One curve.
  public struct Series: Sendable, Equatable {
    /// The name in the legend.
    public let name: String
    /// Bits per pixel and quality, in the order the line runs.
    public let points: [RateQualityCurve.Point]

    /// Creates a curve from points.
    public init(name: String, points: [RateQualityCurve.Point]) {
      self.name = name
      self.points = points
    }
  }

  /// What the vertical axis shows.
  public enum Quality: String, Sendable, Equatable, CaseIterable {
    /// PSNR in dB.
    case psnr
    /// MS-SSIM in dB, −10·log10(1 − mean).
    case msSSIM = "ms-ssim"

    /// The axis label: what was measured.
    public var label: String {
      switch self {
      case .psnr: "PSNR in dB (8-bit RGB, mean of the images)"
      case .msSSIM: "MS-SSIM in dB, −10·log₁₀(1 − mean), RGB"
      }
    }
  }

  /// The title over the plot.
  public var title: String
  /// The label of the horizontal axis.
  public var rateLabel: String
  /// The label of the vertical axis.
  public var qualityLabel: String
  /// The curves, in the order of the legend.
  public var series: [Series]
  /// Points with more bits per pixel than this are not drawn, so that one wide curve does not squeeze the others; nil draws all.
  public var highestRate: Double?
  /// The width of the picture in SVG units; a PNG has twice as many pixels.
  public var width = 760.0
  /// The height of the picture in SVG units; a PNG has twice as many pixels.
  public var height = 540.0

  /// Creates a plot from curves and labels of any kind.
  public init(title: String, rateLabel: String, qualityLabel: String, series: [Series]) {
    self.title = title
    self.rateLabel = rateLabel
    self.qualityLabel = qualityLabel
    self.series = series
  }

  /// Creates a plot of results files: payload bits per pixel and a quality, points in the order of rising rate.
  ///
  /// Points without the quality are left out, and so is a file that has none with it.
  public init(title: String, quality: Quality, curves: [PublishedCurve], rateLabel: String = "bits per pixel (payload, mean of the images)")
  {
    let measure: PublishedCurve.Quality = quality == .psnr ? .psnr : .msSSIM
    let series = curves.compactMap { file in (try? file.curve(measure)).map { Series(name: file.name, points: $0.points) } }
    self.init(title: title, rateLabel: rateLabel, qualityLabel: quality.label, series: series.filter { !$0.points.isEmpty })
  }
}
