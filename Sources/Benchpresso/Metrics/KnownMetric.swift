import ChildProcesses
import Configuration
import Metrics
import PerceptualMetrics
import Registry

/// The names of the measures on the command line and in results files.
struct KnownMetric {
  let key: String
  let classPath: String
  var weights: [MetricWeights.File] = []
  /// The program of someone else's that computes it.
  var program: String?

  static let all = [
    KnownMetric(key: "mse", classPath: "metrics.MSE"), KnownMetric(key: "psnr", classPath: "metrics.PSNR"),
    KnownMetric(key: "psnr_y_bt601", classPath: "metrics.LumaPSNR601"), KnownMetric(key: "psnr_y_bt709", classPath: "metrics.LumaPSNR709"),
    KnownMetric(key: "psnr_yuv_611", classPath: "metrics.WeightedPSNR611"), KnownMetric(key: "ssim", classPath: "metrics.SSIM"),
    KnownMetric(key: "ms_ssim", classPath: "metrics.MSSSIM"), KnownMetric(key: "ms_ssim_db", classPath: "metrics.MSSSIMDecibels"),
    KnownMetric(key: "ssimulacra2", classPath: "metrics.SSIMULACRA2"),
    KnownMetric(key: "lpips_vgg", classPath: "metrics.LPIPSVGG", weights: [.lpipsVGG]),
    KnownMetric(key: "lpips_alex", classPath: "metrics.LPIPSAlex", weights: [.lpipsAlex]),
    KnownMetric(key: "dists", classPath: "metrics.DISTS", weights: [.lpipsVGG, .dists]),
    KnownMetric(key: "butteraugli", classPath: "metrics.Butteraugli", program: Butteraugli.program),
    KnownMetric(key: "butteraugli_3norm", classPath: "metrics.Butteraugli3Norm", program: Butteraugli.program),
  ]

  /// Those that work with what is there.
  static var ready: [KnownMetric] {
    all.filter { $0.weights.allSatisfy { MetricWeights.isThere($0) } && $0.program.map { ProgramSearch.path(of: $0) != nil } ?? true }
  }

  /// The class path of the measure called `name`; a class path is one already.
  ///
  /// - Throws: `UsageError` for an unknown name.
  static func classPath(of name: String) throws -> String {
    if name.contains(".") { return name }
    guard let known = all.first(where: { $0.key == name }) else {
      let keys = all.map(\.key)
      throw UsageError.needs(
        "there is no metric '\(name)'\(NearMatch.sentenceEnd(for: name, among: keys)) Metrics: \(keys.joined(separator: ", "))")
    }
    return known.classPath
  }

  /// Makes the measures called `names`.
  ///
  /// - Throws: `UsageError` for an unknown name, and what a measure needs.
  static func make(_ names: [String], catalogue: Catalogue) throws -> [any ImageMetric] {
    let components = try names.map { Component<MetricKind>(try classPath(of: $0)) }
    try check(components)
    return try components.map { try catalogue.build($0) }
  }

  /// Refuses what cannot work for lack of weights or of a program; loads nothing.
  ///
  /// - Throws: `MetricWeightsError`, `ButteraugliError`.
  static func check(_ components: [Component<MetricKind>]) throws {
    let known = components.compactMap { component in all.first { $0.classPath == component.classPath } }
    for file in known.flatMap(\.weights) where !MetricWeights.isThere(file) {
      throw MetricWeightsError.missing(path: "\(MetricWeights.folder)/\(file.rawValue)", set: file.set)
    }
    for program in known.compactMap(\.program) where ProgramSearch.path(of: program) == nil {
      throw ButteraugliError.missing(program: program)
    }
  }
}
