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
      summary: "Multi-scale structural similarity of 8-bit RGB, 0 to 1; both sides longer than 160 pixels.", paper: "wang2003multiscale",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in MSSSIM() },
    Entry(
      MetricKind.self, "metrics.SSIM", summary: "Structural similarity of 8-bit RGB, at most 1.", paper: "wang2004image",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in SSIM() },
    Entry(
      MetricKind.self, "metrics.MSE", summary: "Mean squared error of 8-bit RGB; lower is better.", settings: NoSettings.self
    ) { _, _ -> any ImageMetric in MSE() },
    Entry(
      MetricKind.self, "metrics.MSSSIMDecibels", summary: "MS-SSIM in decibels, -10 log10(1 - value).", settings: NoSettings.self
    ) { _, _ -> any ImageMetric in MSSSIMDecibels() },
    Entry(
      MetricKind.self, "metrics.LumaPSNR601", summary: "PSNR of Y by BT.601, full range, in dB.", settings: NoSettings.self
    ) { _, _ -> any ImageMetric in YCbCrPSNR(.lumaBT601) },
    Entry(
      MetricKind.self, "metrics.LumaPSNR709", summary: "PSNR of Y by BT.709, full range, in dB.", settings: NoSettings.self
    ) { _, _ -> any ImageMetric in YCbCrPSNR(.lumaBT709) },
    Entry(
      MetricKind.self, "metrics.WeightedPSNR611", summary: "(6 PSNR(Y) + PSNR(Cb) + PSNR(Cr)) / 8 by BT.709, full range, in dB.",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in YCbCrPSNR(.weighted611) },
    Entry(
      MetricKind.self, "metrics.SSIMULACRA2",
      summary: "SSIMULACRA 2.1 of 8-bit RGB, at most 100 (identical); both sides of at least 8 pixels.",
      paper: "sneyers2023ssimulacra", settings: NoSettings.self
    ) { _, _ -> any ImageMetric in SSIMULACRA2() },
  ]
}
