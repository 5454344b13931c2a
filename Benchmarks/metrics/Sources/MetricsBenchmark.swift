import ArgumentParser
import BenchmarkClock
import Images
import Metrics
import PerceptualMetrics
import Torch

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
      let (value, seconds) = try Clock.measured { try metric.value(of: copy, original: original) }
      Answer.write("{\"seconds\": \(seconds), \"value\": \(value.map { "\($0)" } ?? "null")}")
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
