import ArgumentParser
import Measuring

/// The options that all timings share.
struct MeasureOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "What is measured: configurations with a model or a codec, weights, or class paths, as [NAME=]WHAT[,KEY=VALUE…].",
      valueName: "variant"))
  var variants: [String] = []
  @Option(name: .customLong("config"), help: ArgumentHelp("One more variant; repeatable.", valueName: "file")) var configurations:
    [String] = []
  @Option(name: .customLong("variant"), help: ArgumentHelp("One more variant; repeatable.", valueName: "name=what")) var named: [String] =
    []
  @Option(help: "What is timed: the networks alone, pictures to bytes and back, or each part of that.")
  var what = Target.codec
  @Option(help: ArgumentHelp("The sizes of the pictures: 256..1024:128, 256,512 or 768x512.", valueName: "list"))
  var sizes = SizeList.thesis
  @Option(help: ArgumentHelp("How often each point is measured.", valueName: "n")) var repetitions = 50
  @Option(help: ArgumentHelp("How often it is done untimed before.", valueName: "n")) var warmUp = 10
  @Option(
    help: ArgumentHelp(
      "Go on until the 95 % interval of the median is narrower than this share of it.", valueName: "share"))
  var untilStable: ShareArgument?
  @Option(help: ArgumentHelp("The most repetitions with --until-stable.", valueName: "n")) var mostRepetitions = 1000
  @Option(help: ArgumentHelp("How long a point may take; one repetition is made in any case.", valueName: "seconds")) var budget: Double?
  @Option(help: ArgumentHelp("How long one repetition may take before it is given up.", valueName: "seconds")) var timeLimit = 600.0
  @Option(
    help: ArgumentHelp(
      "The memory of each measuring process, for example 8G.", valueName: "size"))
  var memoryLimit: ByteArgument?
  @Option(help: ArgumentHelp("How many threads compute; without it as many as libtorch takes.", valueName: "n")) var threads: Int?
  @Option(help: ArgumentHelp("Measure on photographs, cut to the sizes.", valueName: "folder"))
  var photographs: String?
  @Option(help: ArgumentHelp("The device: cpu, cuda:0, …", valueName: "name")) var device = "cpu"
  @Option(help: "The seed of random weights and pictures.") var seed = 0
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The folder for the results; a number is added where files lie.", valueName: "folder"))
  var output: String?
  @Flag(help: "Go on with what lies in the folder of the results.") var resume = false
  @Flag(help: "With --resume also measure again what failed.") var retry = false
  @Flag(help: "Also measure a codec that does nothing, which shows what measuring costs.") var null = false
  @Flag(help: "Draw no plots.") var noPlots = false
  @Option(help: "How the result is printed.") var format = Format.table

  /// What is timed.
  enum Target: String, ExpressibleByArgument, CaseIterable {
    case transform, codec, stages

    var value: MeasuringTarget {
      switch self {
      case .transform: .transform
      case .codec: .codec
      case .stages: .stages
      }
    }
  }

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv, markdown }

  /// All words that name variants, in the order of their kinds.
  var words: [String] { variants + configurations + named }

  /// How often and how long, with a memory limit where none was given.
  func plan(defaultMemoryLimit: Int?) -> MeasuringPlan {
    var plan = MeasuringPlan()
    (plan.repetitions, plan.warmUp, plan.budget) = (repetitions, warmUp, budget)
    (plan.untilStable, plan.mostRepetitions) = (untilStable?.share, max(mostRepetitions, repetitions))
    plan.bounds = MeasuringChild.Bounds(timeLimit: timeLimit, memoryLimit: memoryLimit?.bytes ?? defaultMemoryLimit)
    plan.retriesFailures = retry
    return plan
  }

  func validate() throws {
    guard repetitions >= 1, warmUp >= 0, mostRepetitions >= 1 else {
      throw ValidationError("--repetitions and --most-repetitions must be 1 or more, --warm-up 0 or more")
    }
    guard budget.map({ $0 > 0 }) ?? true, timeLimit > 0, timeLimit < 1e8 else {
      throw ValidationError("--budget and --time-limit must be more than 0 seconds")
    }
    guard threads.map({ 1...1024 ~= $0 }) ?? true else { throw ValidationError("--threads must be 1 or more") }
    guard seed >= 0 else { throw ValidationError("--seed must be 0 or more") }
    guard !retry || resume else { throw ValidationError("--retry needs --resume") }
  }
}
