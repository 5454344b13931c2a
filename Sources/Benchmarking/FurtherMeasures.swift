import Images
import Metrics

/// What measures besides PSNR and MS-SSIM say of one picture.
struct FurtherMeasures {
  /// The values by name, nil where there is none; nil without measures.
  private(set) var values: [String: Double?]?
  /// Why values are nil.
  private(set) var notes: [String] = []

  /// Takes the measures; one that has no value or fails is noted, and the others go on.
  init(_ metrics: [any ImageMetric], of reconstruction: Image, original: Image) {
    guard !metrics.isEmpty else { return }
    var values: [String: Double?] = [:]
    for metric in metrics {
      do {
        let value = try metric.value(of: reconstruction, original: original)
        values[metric.key] = .some(value)
        if value == nil {
          notes.append("\(metric.key) is null: it needs \(metric.requirement), this image is \(original.width)×\(original.height)")
        }
      } catch {
        values[metric.key] = .some(nil)
        notes.append("\(metric.key) is null: \(error)")
      }
    }
    self.values = values
  }
}
