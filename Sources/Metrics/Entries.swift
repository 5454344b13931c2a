import Configuration
public import Registry

/// The measures of the catalogue; each makes `any ImageMetric`.
public enum MetricEntries {
  /// All of them.
  public static let all: [Entry] = [
    Entry(
      MetricKind.self, "metrics.PSNR", summary: "Peak signal-to-noise ratio over the 8-bit RGB samples, in dB.", settings: NoSettings.self
    ) { _, _ -> any ImageMetric in PSNR() },
    Entry(
      MetricKind.self, "metrics.MSSSIM", aliases: ["metrics.MS_SSIM"],
      summary: "Multi-scale structural similarity of 8-bit RGB, 0 to 1; both sides longer than 160 pixels.", paper: "Wang et al. 2003",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in MSSSIM() },
    Entry(
      MetricKind.self, "metrics.SSIM", summary: "Structural similarity of 8-bit RGB, at most 1.", paper: "Wang et al. 2004",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in SSIM() },
  ]
}
