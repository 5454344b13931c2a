import ArgumentParser

/// Measures how long pictures take.
struct MeasureLatency: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "latency", abstract: "Measure how long encoding and decoding take at growing picture sizes.",
    discussion: """
        benchpresso measure latency configs/thesis/variants/fp_{gdn,relu}_fit_q1_mse.yaml
        benchpresso measure latency small=models.FactorizedPrior,channels=64 codecs.JPEG --sizes 256
        benchpresso measure latency weights.safetensors --photographs photos --what stages

      Without options it does what the thesis did: random pictures of 256 to 1024 pixels in steps of 128, 50 repetitions after a warm-up. The \
      repetitions of all variants take turns. Each point is measured by a process of its own; one that runs out of memory or breaks is recorded, \
      and the others go on. Writes timing.json, timing.csv, samples.csv and plots. After Ctrl-C the same command with --resume goes on.
      """)

  @OptionGroup var options: MeasureOptions
  @Option(help: ArgumentHelp("How many pictures are coded together.", valueName: "list")) var batchSizes = CountList.single

  func run() throws {
    try Failure.reported { try MeasureStage(options, measurement: "latency", batchSizes: batchSizes.counts).run() }
  }
}

/// Measures how many pictures can be coded in a second.
struct MeasureThroughput: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "throughput", abstract: "Measure how many pictures a second are encoded and decoded in batches.",
    discussion: """
        benchpresso measure throughput configs/thesis/variants/fp_relu_fit_q1_mse.yaml --sizes 256 --batch-sizes 1,2,4

      As 'measure latency', with batches of 2, 4, 8, 10, 12, 14 and 16 pictures unless others are asked for. Pictures per second are those of a \
      batch divided by its median time.
      """)

  @OptionGroup var options: MeasureOptions
  @Option(help: ArgumentHelp("How many pictures are coded together.", valueName: "list")) var batchSizes = CountList.thesis

  func run() throws {
    try Failure.reported { try MeasureStage(options, measurement: "throughput", batchSizes: batchSizes.counts).run() }
  }
}
