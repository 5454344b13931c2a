public import Images
import Reporting
public import SafeFiles

/// The rates and qualities of a run so far: a point for each validation, in `rd.svg` of the run's folder.
public struct RateDistortionScatter {
  private let folder: RunFolder
  private var plot: StepScatter
  private let hasPicture: Bool
  /// The scatter as a picture; nil before the first point, where none is wanted, and where `rsvg-convert` is missing.
  public private(set) var picture: Image?

  /// Creates the scatter of a run with the validations that its `metrics.csv` holds.
  ///
  /// - Parameters:
  ///   - step: The updates made before; later validations are made again and left out.
  ///   - hasPicture: Whether `rd.png` is made as well, for logs that take pictures.
  public init(folder: RunFolder, upTo step: Int, hasPicture: Bool = true) {
    self.folder = folder
    self.hasPicture = hasPicture
    let table = step > 0 ? MetricsTable(path: folder.metrics) : nil
    let points = (table?.rows ?? []).compactMap { row -> StepScatter.Point? in
      guard row.fields[1] == "validate", row.step <= step, let rate = table?.value(row, "bpp"), let quality = table?.value(row, "psnr")
      else {
        return nil
      }
      return StepScatter.Point(step: row.step, rate: rate, quality: quality)
    }
    plot = StepScatter(
      title: folder.path.split(separator: "/").suffix(2).joined(separator: "/"), rateLabel: "bits per pixel (estimated)",
      qualityLabel: "PSNR in dB (validation, unrounded)", points: points)
  }

  /// The number of points.
  public var count: Int { plot.points.count }

  /// Adds the point of a validation and writes `rd.svg` anew, and `rd.png` where it is wanted and `rsvg-convert` is there.
  ///
  /// - Parameters:
  ///   - step: The updates made.
  ///   - bpp: Estimated bits per pixel.
  ///   - psnr: PSNR in dB.
  /// - Throws: `FileError` when `rd.svg` cannot be written.
  public mutating func add(step: Int, bpp: Double, psnr: Double) throws(FileError) {
    plot.points.append(StepScatter.Point(step: step, rate: bpp, quality: psnr))
    let written = try plot.write(svg: "\(folder.path)/rd.svg", png: hasPicture ? "\(folder.path)/rd.png" : nil)
    guard written.paths.count == 2, let bytes = try? FileBytes.read(written.paths[1]) else { return }
    picture = try? PNG.decode(bytes, name: written.paths[1])
  }
}
