import Configuration
import Metrics
public import Registry

/// The perceptual measures of the catalogue; each makes `any ImageMetric`.
public enum PerceptualMetricEntries {
  /// All of them.
  public static let all: [Entry] = [
    Entry(
      MetricKind.self, "metrics.LPIPSVGG", summary: "LPIPS v0.1 on VGG16; lower is better; needs 'data download lpips'.",
      paper: "zhang2018unreasonable",
      equation: "d = Σ_l mean_hw Σ_c w_lc·(f̂_lc − ĝ_lc)², f̂ and ĝ the features of tap l at unit length over the channels",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in try LPIPS(.vgg) },
    Entry(
      MetricKind.self, "metrics.LPIPSAlex", summary: "LPIPS v0.1 on AlexNet; lower is better; needs 'data download lpips'.",
      paper: "zhang2018unreasonable",
      equation: "d = Σ_l mean_hw Σ_c w_lc·(f̂_lc − ĝ_lc)², f̂ and ĝ the features of tap l at unit length over the channels",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in try LPIPS(.alex) },
    Entry(
      MetricKind.self, "metrics.DISTS", summary: "DISTS on VGG16; lower is better; needs 'data download lpips dists'.",
      paper: "ding2022image",
      equation: """
        d = 1 − Σ_lc (α_lc·l_lc + β_lc·s_lc)
        l = (2·μx·μy + c)/(μx² + μy² + c), s = (2·σxy + c)/(σx² + σy² + c), c = 1e-6
        """,
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in try DISTS() },
    Entry(
      MetricKind.self, "metrics.Butteraugli", summary: "Butteraugli, the largest distance, through libjxl's program; lower is better.",
      paper: "alakuijala2017guetzli", settings: NoSettings.self
    ) { _, _ -> any ImageMetric in try Butteraugli(.maximum) },
    Entry(
      MetricKind.self, "metrics.Butteraugli3Norm", summary: "Butteraugli, the 3-norm, through libjxl's program; lower is better.",
      paper: "alakuijala2017guetzli", settings: NoSettings.self
    ) { _, _ -> any ImageMetric in try Butteraugli(.three) },
  ]
}
