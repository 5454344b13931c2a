import ArgumentParser
import Configuration
import Training

/// A command that runs a stage of an experiment.
protocol StageCommand: ParsableCommand {
  /// The words of the configuration.
  var options: StageOptions { get }
  /// The name of the stage.
  static var stage: String { get }
  /// Runs the stage.
  func run(_ invocation: StageInvocation) throws
}

extension StageCommand {
  /// Explains all settings, or runs the stage.
  func run() throws {
    try Failure.reported {
      if options.helpAll {
        Console.result(BenchpressoCommand.helpMessage(for: Self.self, columns: 100))
        Console.result(SettingsReference.ofExperiment())
        return
      }
      let words = try options.configuration()
      if let name = words.described {
        try Describe.show(name, format: .text)
        return
      }
      try run(StageInvocation(stage: Self.stage, words: words))
    }
  }
}

/// Trains a model.
struct Fit: StageCommand {
  static let stage = "fit"
  static let configuration = CommandConfiguration(
    abstract: "Train a model.",
    discussion: """
        benchpresso fit --config configs/smoke.yaml --trainer.max_steps 20
        benchpresso fit --model FactorizedPrior --data ImageFolder \\
            --data.data_dir photos
        benchpresso fit --resume logs/smoke/version_0

      Writes a new folder <default_root_dir>/<name>/version_N with config.yaml (every value that was used), metrics.csv and checkpoints. A \
      step is one update of the main optimiser. Ctrl-C writes a checkpoint before it ends. --resume goes on in the same folder (alone: the \
      newest run of the name); --ckpt_path starts a new run from the state of a checkpoint, --init_weights from weights.

      Several processes train together when torchrun or srun start them, each with batch_size pictures of every step:

        torchrun --no-python --nproc-per-node 2 benchpresso fit --config C.yaml
        srun --ntasks 2 benchpresso fit --config C.yaml
      """,
    aliases: ["train"])

  @OptionGroup var options: StageOptions
  @Option(help: "How the run that was made is told.") var format = OutputFormat.text

  func run(_ invocation: StageInvocation) throws {
    try JointTraining.run { group in
      guard let folder = try FitStage(invocation: invocation, group: group).run(), format == .json else { return }
      Console.result(try JSONOutput.text(RunReport(folder)))
    }
  }
}

/// Measures the loss on the validation pictures.
struct Validate: StageCommand {
  static let stage = "validate"
  static let configuration = CommandConfiguration(
    abstract: "Measure the loss on the validation pictures.",
    discussion: """
      Latents are rounded and rates estimated from likelihoods; 'test' measures with real bitstreams.

        benchpresso validate --config configs/smoke.yaml --ckpt_path last
      """)

  @OptionGroup var options: StageOptions
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run(_ invocation: StageInvocation) throws { try ValidateStage(invocation: invocation, format: format).run() }
}

/// Codes the test pictures for real.
struct Test: StageCommand {
  static let stage = "test"
  static let configuration = CommandConfiguration(
    abstract: "Code the test pictures for real and measure.",
    discussion: """
        benchpresso test --ckpt_path A.ckpt --data.data_dir photos \\
            --data.transform NoCrop
        benchpresso test --config configs/test-photos.yaml --ckpt_path A.ckpt \\
            --extra_ckpt B.ckpt

      Pads, compresses to bytes, decompresses and crops every picture, and writes results.json and results.csv. The model is the one that the \
      weights were trained as; weights of CompressAI (.pth, .pth.tar) need a configuration that says it. Without a transform pictures are cut \
      to 256×256 from their middle; --data.transform NoCrop takes them whole. PSNR and MS-SSIM are always measured; --metric lpips_vgg adds \
      another ('benchpresso list metrics' names them, 'benchpresso metrics --help' what they need). --trainer.threads says how many threads \
      the networks use; MS-SSIM uses up to three whatever it says, since it computes the three colours side by side. --test.stream_form \
      interleaved measures streams that are decoded sooner and by this program alone.
      """)

  @OptionGroup var options: StageOptions
  @Option(
    name: .customLong("extra_ckpt"), help: ArgumentHelp("A further checkpoint, a rate point of its own; repeatable.", valueName: "path"))
  var others: [String] = []
  @Option(help: ArgumentHelp("A further measure, such as lpips_vgg; repeatable.", valueName: "name")) var metric: [String] = []
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run(_ invocation: StageInvocation) throws {
    var invocation = invocation
    invocation.additions += try MetricChoice.additions(metric, to: "test.metrics")
    try TestStage(invocation: invocation, others: others.map { (invocation, $0) }, format: format).test()
  }
}

/// Writes reconstructions.
struct Predict: StageCommand {
  static let stage = "predict"
  static let configuration = CommandConfiguration(
    abstract: "Write the reconstructions of the test pictures.",
    discussion: """
        benchpresso predict --ckpt_path model.safetensors \\
            --data.data_dir photos --data.transform NoCrop

      The reconstructions come from real bitstreams and are written as PNG to <run folder>/predict, unless --predict.output names a folder; \
      --predict.save_streams keeps the coded files beside them.
      """)

  @OptionGroup var options: StageOptions
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run(_ invocation: StageInvocation) throws { try TestStage(invocation: invocation, format: format).predict() }
}

/// Runs several stages.
struct Run: StageCommand {
  static let stage = "run"
  static let configuration = CommandConfiguration(
    abstract: "Run several stages, for one rate or several.",
    discussion: """
        benchpresso run --config configs/smoke.yaml
        benchpresso run --stage train --model M.yaml --data D.yaml \\
            --trainer configs/trainer/development.yaml \\
            --rates_config configs/rates/mse.yaml

      --stage all (the default) trains, validates and tests the best checkpoint; --stage fit,test names stages; train means fit.
      --rates_config trains for every λ of a file; the runs are called <model>_fit_<quality>_<metric>, and the test makes one curve of them.
      """)

  @OptionGroup var options: StageOptions
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run(_ invocation: StageInvocation) throws { try RunStages(invocation: invocation, format: format).run() }
}

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
