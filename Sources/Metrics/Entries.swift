import Configuration
public import Registry

/// The measures of the catalogue; each makes `any ImageMetric`.
public enum MetricEntries {
  /// All of them.
  public static let all: [Entry] = [
    Entry(
      MetricKind.self, "metrics.PSNR", summary: "Peak signal-to-noise ratio over the 8-bit RGB samples, in dB.",
      equation: "PSNR = 20·log10(255) − 10·log10(MSE)",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in PSNR() },
    Entry(
      MetricKind.self, "metrics.MSSSIM", aliases: ["metrics.MS_SSIM"],
      summary: "Multi-scale structural similarity of 8-bit RGB, 0 to 1; both sides longer than 160 pixels.", paper: "wang2003multiscale",
      equation: """
        MS-SSIM = SSIM_5^w_5 · Π_{s=1…4} contrast_s^w_s for each colour, then the mean of the colours
        w = 0.0448, 0.2856, 0.3001, 0.2363, 0.1333
        """,
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in MSSSIM() },
    Entry(
      MetricKind.self, "metrics.SSIM", summary: "Structural similarity of 8-bit RGB, at most 1.", paper: "wang2004image",
      equation: """
        SSIM = (2·μx·μy + C1)/(μx² + μy² + C1) · (2·σxy + C2)/(σx² + σy² + C2)
        C1 = (0.01·255)², C2 = (0.03·255)²; the mean over all places and colours
        """,
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in SSIM() },
    Entry(
      MetricKind.self, "metrics.MSE", summary: "Mean squared error of 8-bit RGB; lower is better.", equation: "MSE = Σ (x − x̂)² / (3·H·W)",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in MSE() },
    Entry(
      MetricKind.self, "metrics.MSSSIMDecibels", summary: "MS-SSIM in decibels, -10 log10(1 - value).", equation: "−10·log10(1 − MS-SSIM)",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in MSSSIMDecibels() },
    Entry(
      MetricKind.self, "metrics.LumaPSNR601", summary: "PSNR of Y by BT.601, full range, in dB.",
      equation: "PSNR = 20·log10(255) − 10·log10(MSE(Y)), Y = 0.299·R + 0.587·G + 0.114·B",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in YCbCrPSNR(.lumaBT601) },
    Entry(
      MetricKind.self, "metrics.LumaPSNR709", summary: "PSNR of Y by BT.709, full range, in dB.",
      equation: "PSNR = 20·log10(255) − 10·log10(MSE(Y)), Y = 0.2126·R + 0.7152·G + 0.0722·B",
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in YCbCrPSNR(.lumaBT709) },
    Entry(
      MetricKind.self, "metrics.WeightedPSNR611", summary: "(6 PSNR(Y) + PSNR(Cb) + PSNR(Cr)) / 8 by BT.709, full range, in dB.",
      equation: """
        (6·PSNR(Y) + PSNR(Cb) + PSNR(Cr)) / 8
        Y = 0.2126·R + 0.7152·G + 0.0722·B, Cb = (B − Y)/1.8556, Cr = (R − Y)/1.5748
        """,
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in YCbCrPSNR(.weighted611) },
    Entry(
      MetricKind.self, "metrics.SSIMULACRA2",
      summary: "SSIMULACRA 2.1 of 8-bit RGB, at most 100 (identical); both sides of at least 8 pixels.",
      paper: "sneyers2023ssimulacra",
      equation: """
        100 − 10·t^0.6276, t a cubic polynomial of Σ w·m
        m: means and 4-norms of three maps, for each of 3 colours and 6 scales
        """,
      settings: NoSettings.self
    ) { _, _ -> any ImageMetric in SSIMULACRA2() },
  ]
}
