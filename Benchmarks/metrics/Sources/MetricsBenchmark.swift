import ArgumentParser
import Images
import Metrics
import PerceptualMetrics
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Times a measure of one pair of pictures: for each line of its input it answers with JSON.
///
/// Reading the pictures and loading weights is not in the times.
@main
struct MetricsBenchmark: ParsableCommand {
  @Option(help: "The measure: ms_ssim, lpips_vgg, lpips_alex or ssimulacra2.") var metric: String
  @Option(help: "The threads of one operator.") var threads = 1
  @Argument(help: "The original.") var original: String
  @Argument(help: "The copy.") var copy: String

  func run() throws {
    let metric = try measure()
    let (original, copy) = try (ImageFile.read(original), ImageFile.read(copy))
    while readLine() != nil {
      let start = ContinuousClock.now
      let value = try metric.value(of: copy, original: original)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      print("{\"seconds\": \(seconds), \"value\": \(value.map { "\($0)" } ?? "null")}")
      fflush(nil)
    }
  }

  private func measure() throws -> any ImageMetric {
    switch metric {
    case "ms_ssim": return MSSSIM()
    case "ssimulacra2": return SSIMULACRA2()
    case "lpips_vgg", "lpips_alex":
      try Runtime.setThreads(threads)
      return try LPIPS(metric == "lpips_vgg" ? .vgg : .alex)
    default: throw ValidationError("there is no '\(metric)' here")
    }
  }
}
