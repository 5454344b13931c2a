import ArgumentParser

/// Measuring times.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measure latency, throughput and scaling of models and codecs.",
    discussion: """
        benchpresso measure latency configs/smoke.yaml --sizes 256,512
        benchpresso measure throughput configs/smoke.yaml --batch-sizes 1,2,4
        benchpresso measure scaling weights/quickstart/lambda-0.0130.safetensors
      """,
    subcommands: [MeasureLatency.self, MeasureThroughput.self, MeasureScaling.self])
}
