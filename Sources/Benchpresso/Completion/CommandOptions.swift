/// The options of the commands that are no settings, for completion.
struct CommandOptions {
  /// The command; `config` has a second word: `config show`.
  let command: String

  /// The options with what they mean.
  var completions: [Completion] {
    var options = command.hasPrefix("measure ") ? Self.ofMeasuring(command) : Self.own[command == "train" ? "fit" : command] ?? []
    if takesSettings { options += Self.ofSettings }
    if !["config", "data", "completion", "help"].contains(command) {
      let formats =
        switch command {
        case "compare": "table, json, csv, markdown or latex"
        case "papers list": "table, json, csv, bibtex or markdown"
        case "papers show": "text, json or bibtex"
        case "taxonomy trends": "table, csv, markdown or json"
        case _ where command.hasPrefix("measure"): "table, json, csv or markdown"
        default: "text or json"
        }
      options.append(Completion(word: "--format", help: formats))
    }
    return options + [Completion(word: "--help", help: "help")]
  }

  /// Whether every setting of an experiment is an option too.
  var takesSettings: Bool { ["fit", "train", "validate", "test", "predict", "run", "export", "config show"].contains(command) }

  /// Whether a value follows an option with this name.
  static func hasValue(_ name: String) -> Bool {
    ![
      "origin", "half", "compressai", "update", "trust", "keep-archives", "per-image", "decode", "missing", "null", "no-plots", "retry",
      "help",
      "help-all", "no-env",
      "print_config", "version",
    ].contains(name)
      && !name.hasPrefix("no-")
  }

  private static let ofSettings = [
    Completion(word: "--config", help: "a configuration file"),
    Completion(word: "--print_config", help: "print the resolved configuration"),
    Completion(word: "--no-env", help: "ignore environment variables"),
    Completion(word: "--help-all", help: "every setting"),
  ]

  private static let ofMeasuring = [
    Completion(word: "--config", help: "one more variant"), Completion(word: "--variant", help: "one more variant: name=what"),
    Completion(word: "--what", help: "transform, codec or stages"), Completion(word: "--sizes", help: "the sizes of the pictures"),
    Completion(word: "--batch-sizes", help: "how many pictures are coded together"),
    Completion(word: "--repetitions", help: "how often each point is measured"),
    Completion(word: "--warm-up", help: "how often it is done untimed before"),
    Completion(word: "--until-stable", help: "go on until the interval of the median is this narrow"),
    Completion(word: "--most-repetitions", help: "the most repetitions of a point"),
    Completion(word: "--budget", help: "how long a point may take"),
    Completion(word: "--time-limit", help: "how long one repetition may take"),
    Completion(word: "--memory-limit", help: "the memory of each measuring process"), threads,
    Completion(word: "--photographs", help: "a folder of photographs to measure on"), Completion(word: "--device", help: "cpu, cuda:0, …"),
    Completion(word: "--seed", help: "the seed of random weights and pictures"), output,
    Completion(word: "--resume", help: "go on with what lies in the folder"),
    Completion(word: "--retry", help: "with --resume also what failed"), Completion(word: "--null", help: "also a codec that does nothing"),
    Completion(word: "--no-plots", help: "draw no plots"),
  ]
  private static let ofScaling = [
    Completion(word: "--megapixels", help: "the sizes of the pictures in millions of pixels"),
    Completion(word: "--tiles", help: "the sides of tiles in pixels, or off, or auto"),
    Completion(word: "--thread-counts", help: "how many threads compute"),
  ]

  /// Scaling has its own sizes, threads and batches of one.
  private static func ofMeasuring(_ command: String) -> [Completion] {
    guard command == "measure scaling" else { return ofMeasuring }
    return ofMeasuring.filter { !["--sizes", "--threads", "--batch-sizes"].contains($0.word) } + ofScaling
  }

  private static let ofTiling = [
    Completion(word: "--tile", help: "the side of tiles in pixels, auto or off"),
    Completion(word: "--tile-overlap", help: "how far tiles reach over each side, in pixels"),
    Completion(word: "--memory-limit", help: "with --tile auto the memory that the networks may take"),
  ]
  private static let threads = Completion(word: "--threads", help: "how many threads compute")
  private static let own: [String: [Completion]] = [
    "fit": [Completion(word: "--resume", help: "go on in the folder of a run")],
    "test": [Completion(word: "--extra_ckpt", help: "a further checkpoint, a rate point of its own")],
    "run": [
      Completion(word: "--stage", help: "all, or some of fit, validate, test, predict"),
      Completion(word: "--rates_config", help: "a file of several rates"),
    ],
    "config show": [
      Completion(word: "--origin", help: "where each value comes from"),
      Completion(word: "--stage", help: "the stage whose environment variables count"),
    ],
    "encode": [weights, output, Completion(word: "--payloads", help: "a folder for the payloads of CompressAI"), threads] + ofTiling,
    "decode": [
      weights, output, Completion(word: "--payloads", help: "a folder with payloads of CompressAI"),
      Completion(word: "--size", help: "the size of the picture of the payloads"), threads,
      Completion(word: "--max-pixels", help: "the largest picture that is decoded"),
    ] + ofTiling,
    "import": [
      Completion(word: "--architecture", help: "the model's name in CompressAI"), output,
      Completion(word: "--verify", help: "a folder with payloads to decode"),
      Completion(word: "--size", help: "the size of the picture of the payloads"),
      Completion(word: "--lambda", help: "what the weights were trained with"),
      Completion(word: "--update", help: "compute the coder's tables anew"),
    ],
    "export": [
      output, Completion(word: "--half", help: "parameters in half precision"),
      Completion(word: "--compressai", help: "a PyTorch checkpoint for CompressAI"),
    ],
    "compare": [
      Completion(word: "--anchor", help: "the results to judge against"),
      Completion(word: "--metric", help: "the measure"),
      Completion(word: "--method", help: "how the curves are interpolated"),
      Completion(word: "--draws", help: "the number of resamplings behind the interval"),
      Completion(word: "--seed", help: "the seed of the resampling"),
      Completion(word: "--per-image", help: "also the numbers of each image"),
      Completion(word: "--gate", help: "a condition, for example 'bd_rate<=1.0'"),
      Completion(word: "--plot", help: "a picture of the curves"),
    ],
    "data download": [
      dataFolder, Completion(word: "--part", help: "only this part of the set"),
      Completion(word: "--mirror", help: "an address with files of the same names"),
      Completion(word: "--trust", help: "accept contents that are not those known"),
      Completion(word: "--keep-archives", help: "keep archives after unpacking"),
      Completion(word: "--stall-limit", help: "seconds without a byte before a new try"),
    ],
    "data verify": [
      dataFolder, Completion(word: "--manifest", help: "the manifest to check against"),
      Completion(word: "--decode", help: "decode every picture, too"),
    ],
    "data manifest": [dataFolder, output],
    "data pack": [
      output, Completion(word: "--crop", help: "cut squares of this side"),
      Completion(word: "--stage", help: "only pictures of this stage"),
    ],
    "taxonomy tree": [Completion(word: "--depth", help: "how many levels are shown")],
    "taxonomy trends": [years, Completion(word: "--plot", help: "a picture of the counts")],
    "taxonomy coverage": [part, Completion(word: "--missing", help: "only what cannot be run yet")],
    "papers list": [
      part, years, Completion(word: "--author", help: "a part of an author's name"),
      Completion(word: "--search", help: "words in title, authors, venue or key"), Completion(word: "--sort", help: "the order"),
    ],
    "quickstart": [
      Completion(word: "--photos", help: "the folder of the photographs"), weights,
      Completion(word: "--output", help: "the folder for the results"),
    ],
  ]
  private static let part = Completion(word: "--category", help: "a part of the taxonomy")
  private static let years = Completion(word: "--year", help: "years, such as 2020..2023")
  private static let dataFolder = Completion(word: "--folder", help: "where the set lies")
  private static let output = Completion(word: "--output", help: "the file or folder to write")
  private static let weights = Completion(word: "--weights", help: "the weights")
}
