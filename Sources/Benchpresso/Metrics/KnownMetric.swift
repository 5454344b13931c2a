import Configuration
import Metrics
import PerceptualMetrics
import Registry

/// The names of the measures on the command line and in results files.
struct KnownMetric {
  let key: String
  let classPath: String
  var weights: [MetricWeights.File] = []

  static let all = [
    KnownMetric(key: "mse", classPath: "metrics.MSE"), KnownMetric(key: "psnr", classPath: "metrics.PSNR"),
    KnownMetric(key: "psnr_y_bt601", classPath: "metrics.LumaPSNR601"), KnownMetric(key: "psnr_y_bt709", classPath: "metrics.LumaPSNR709"),
    KnownMetric(key: "psnr_yuv_611", classPath: "metrics.WeightedPSNR611"), KnownMetric(key: "ssim", classPath: "metrics.SSIM"),
    KnownMetric(key: "ms_ssim", classPath: "metrics.MSSSIM"), KnownMetric(key: "ms_ssim_db", classPath: "metrics.MSSSIMDecibels"),
    KnownMetric(key: "ssimulacra2", classPath: "metrics.SSIMULACRA2"),
    KnownMetric(key: "lpips_vgg", classPath: "metrics.LPIPSVGG", weights: [.lpipsVGG]),
    KnownMetric(key: "lpips_alex", classPath: "metrics.LPIPSAlex", weights: [.lpipsAlex]),
    KnownMetric(key: "dists", classPath: "metrics.DISTS", weights: [.lpipsVGG, .dists]),
  ]

  /// Those that work with what is there.
  static var ready: [KnownMetric] { all.filter { $0.weights.allSatisfy { MetricWeights.isThere($0) } } }

  /// Makes the measures called `names`; a class path names one, too.
  ///
  /// - Throws: `UsageError` for an unknown name, and what a measure needs.
  static func make(_ names: [String], catalogue: Catalogue) throws -> [any ImageMetric] {
    try names.map { name in
      if name.contains(".") { return try catalogue.build(Component<MetricKind>(name)) }
      guard let known = all.first(where: { $0.key == name }) else {
        let keys = all.map(\.key)
        throw UsageError.needs(
          "there is no metric '\(name)'\(NearMatch.sentenceEnd(for: name, among: keys)) Metrics: \(keys.joined(separator: ", "))")
      }
      return try catalogue.build(Component<MetricKind>(known.classPath))
    }
  }
}
