import ArgumentParser
import Configuration
import Registry

/// Measures a classical codec.
struct Codec: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Code the test pictures with a classical codec and measure.",
    discussion: """
        benchpresso codec --codec WebP --qualities 10,30,50,70,90 \\
            --data Kodak --data.data_dir data/kodak -o runs/webp
        benchpresso codec --config configs/codecs/avif444.yaml -o runs/avif444

      Codes every picture at every quality, several pictures at the same time, decodes it, and writes results.json and results.csv as 'test' does. \
      What is done is kept in journal.jsonl of the output folder: a study that was stopped goes on when the same command is given again. \
      A picture that fails is named, and the others go on; the exit status is then 1. 'benchpresso list codecs' names the codecs, \
      'benchpresso describe codecs.WebP' their settings.
      """)

  @OptionGroup var options: StageOptions
  @Option(help: ArgumentHelp("The qualities, separated by commas.", valueName: "list")) var qualities: String?
  @Option(help: ArgumentHelp("A further measure, such as lpips_vgg; repeatable.", valueName: "name")) var metric: [String] = []
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The folder for the results.", valueName: "folder")) var output: String?
  @Option(help: ArgumentHelp("How many pictures are coded at the same time.", valueName: "n")) var jobs: Int?
  @Option(help: ArgumentHelp("How long each process of a codec may run.", valueName: "seconds")) var timeout: Double?
  @Flag(help: "Make times mean something: one picture at a time, an untimed one before, the start of programs apart.") var time = false
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      if options.helpAll {
        Console.result(BenchpressoCommand.helpMessage(for: Self.self, columns: 100))
        return
      }
      let words = try options.configuration()
      if let name = words.described {
        try Describe.show(name, format: .text)
        return
      }
      var additions: [Override] = []
      if let qualities { additions.append(Override(path: "qualities", value: "[\(qualities)]")) }
      if let output { additions.append(Override(path: "output", value: output)) }
      if let jobs { additions.append(Override(path: "jobs", value: "\(jobs)")) }
      if let timeout { additions.append(Override(path: "codec.init_args.time_limit", value: "\(timeout)")) }
      if time { additions.append(Override(path: "time", value: "true")) }
      try CodecStage(
        words: words, additions: additions.map { .option($0) } + MetricChoice.additions(metric, to: "metrics"), format: format
      ).run()
    }
  }
}
