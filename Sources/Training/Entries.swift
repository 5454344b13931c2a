public import Configuration
public import Registry

/// Losses, optimisers, schedules, callbacks and loggers of the catalogue.
public enum TrainingEntries {
  /// All of them.
  public static let all: [Entry] = [
    Entry(
      LossKind.self, "loss.RateDistortion", aliases: ["loss.rate_distortion_loss_compressai.RateDistortionLoss", "losses.RateDistortion"],
      summary: "λ·255²·MSE + R or λ·(1 − MS-SSIM) + R, with R in estimated bits per pixel.",
      paper: "balle2018variational",
      equation: """
        L = λ·255²·MSE + R, or L = λ·(1 − MS-SSIM) + R
        R = Σ −log₂ p / (N·H·W) over all latents, in bits per pixel; λ is lagrangian_multiplier
        """,
      settings: RateDistortionSettings.self
    ) { settings, _ in RateDistortionLoss(lambda: settings.lagrangianMultiplier, measure: settings.lossMetric) },
    Entry(
      CallbackKind.self, "callbacks.ModelCheckpoint", aliases: ["lightning.pytorch.callbacks.ModelCheckpoint"],
      summary: "Writes checkpoints, and says which of them stay.", settings: ModelCheckpoint.Settings.self
    ) { settings, _ -> any TrainingCallback in ModelCheckpoint(settings) },
    Entry(
      CallbackKind.self, "callbacks.EarlyStopping", aliases: ["lightning.pytorch.callbacks.EarlyStopping"],
      summary: "Ends a training that does not get better.", settings: EarlyStopping.Settings.self
    ) { settings, _ -> any TrainingCallback in EarlyStopping(settings) },
    Entry(
      CallbackKind.self, "callbacks.LearningRateMonitor", aliases: ["lightning.pytorch.callbacks.LearningRateMonitor"],
      summary: "Writes the learning rates of both optimisers into the logs.", settings: LearningRateMonitor.Settings.self
    ) { settings, _ -> any TrainingCallback in LearningRateMonitor(settings) },
    Entry(
      CallbackKind.self, "callbacks.WeightAveraging",
      aliases: ["lightning.pytorch.callbacks.WeightAveraging", "lightning.pytorch.callbacks.EMAWeightAveraging"],
      summary: "Keeps a running mean of the weights and validates with it.", paper: "polyak1992acceleration",
      equation: "θ̄ ← d·θ̄ + (1 − d)·θ with the decay d",
      settings: WeightAveraging.Settings.self
    ) { settings, _ -> any TrainingCallback in WeightAveraging(settings) },
    Entry(
      CallbackKind.self, "callbacks.SampleReconstructions",
      summary: "Writes original, reconstruction and error of pictures of the validation side by side.",
      settings: SampleReconstructions.Settings.self
    ) { settings, _ -> any TrainingCallback in SampleReconstructions(settings) },
    Entry(
      LoggerKind.self, "loggers.CSV", aliases: ["lightning.pytorch.loggers.CSVLogger"],
      summary: "Writes metrics.csv into the run folder.", settings: NoSettings.self
    ) { _, _ -> any TrainingLogger in CSVLogger() },
    Entry(
      LoggerKind.self, "loggers.TensorBoard", aliases: ["lightning.pytorch.loggers.TensorBoardLogger"],
      summary: "Writes event files for TensorBoard into the run folder.", settings: TensorBoardLogger.Settings.self
    ) { settings, _ -> any TrainingLogger in TensorBoardLogger(settings) },
    Entry(
      LoggerKind.self, "loggers.MLflow", aliases: ["lightning.pytorch.loggers.MLFlowLogger"],
      summary: "Sends the run to an MLflow tracking server.", settings: MLflowLogger.Settings.self
    ) { settings, _ -> any TrainingLogger in MLflowLogger(settings) },
    Entry(
      OptimizerKind.self, "optimizer.Adam", aliases: ["torch.optim.Adam"], summary: "Adam.", paper: "kingma2015adam",
      equation: """
        m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², g with the decay times θ added
        θ ← θ − η·(m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε)
        """,
      settings: Adam.Settings.self
    ) { settings, _ -> any OptimizerSettings in settings },
    Entry(
      OptimizerKind.self, "optimizer.AdamW", aliases: ["torch.optim.AdamW"], summary: "Adam whose decay acts on the weights themselves.",
      paper: "loshchilov2019decoupled",
      equation: """
        m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²
        θ ← θ − η·weight_decay·θ − η·(m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε)
        """,
      settings: AdamW.Settings.self
    ) { settings, _ -> any OptimizerSettings in settings },
    Entry(
      OptimizerKind.self, "optimizer.SGD", aliases: ["torch.optim.SGD"], summary: "Stochastic gradient descent with momentum.",
      paper: "sutskever2013importance",
      equation: """
        b ← momentum·b + (1 − dampening)·g, θ ← θ − η·b, g with the decay times θ added; b = g at the first step
        nesterov: θ ← θ − η·(g + momentum·b)
        """,
      settings: StochasticGradientDescent.Settings.self
    ) { settings, _ -> any OptimizerSettings in settings },
    Entry(
      SchedulerKind.self, "scheduler.Constant", summary: "The learning rate as it is set.", equation: "η(t) = η₀",
      settings: NoSettings.self
    ) { _, _ -> any LearningRateSchedule in ConstantSchedule() },
    Entry(
      SchedulerKind.self, "scheduler.MultiStep", aliases: ["torch.optim.lr_scheduler.MultiStepLR"],
      summary: "The learning rate times gamma at each milestone.", equation: "η(t) = η₀ · gamma^n, n the number of milestones ≤ t",
      settings: MultiStepSchedule.Settings.self
    ) { settings, _ -> any LearningRateSchedule in MultiStepSchedule(settings) },
    Entry(
      SchedulerKind.self, "scheduler.Cosine", summary: "Half a cosine from the learning rate to a share of it.",
      paper: "loshchilov2017sgdr",
      equation: """
        η(t) = η₀ · (f + (1 − f)·(1 + cos πs)/2), s = min((t − warmup_steps)/(total_steps − warmup_steps), 1)
        before: η(t) = η₀ · (t + 1)/warmup_steps; f is final_factor
        """,
      settings: CosineSchedule.Settings.self
    ) { settings, _ -> any LearningRateSchedule in CosineSchedule(settings) },
    Entry(
      SchedulerKind.self, "scheduler.Exponential",
      summary: "The learning rate falls by the same share at each step, to a share of itself: 1e-4 to 1e-6 over a million steps.",
      equation: """
        η(t) = η₀ · f^s, s = min((t − warmup_steps)/(total_steps − warmup_steps), 1)
        before: η(t) = η₀ · (t + 1)/warmup_steps; f is final_factor
        """,
      settings: ExponentialSchedule.Settings.self
    ) { settings, _ -> any LearningRateSchedule in ExponentialSchedule(settings) },
    Entry(
      SchedulerKind.self, "scheduler.ReduceLROnPlateau", aliases: ["torch.optim.lr_scheduler.ReduceLROnPlateau"],
      summary: "A smaller learning rate when a metric of the validation no longer improves.",
      equation: "η ← max(factor·η, min_lr) after more than patience validations without a better metric",
      settings: PlateauSchedule.Settings.self
    ) { settings, _ -> any LearningRateSchedule in PlateauSchedule(settings) },
  ]
}

/// The settings of `loss.RateDistortion`, with the names of the thesis (listing 6.4.3).
public struct RateDistortionSettings: ValidatedSettings {
  /// What the loss returns.
  public enum ReturnType: String, Codable, CaseIterable, Sendable {
    /// The loss and its parts.
    case all
  }

  /// λ, the weight of the distortion against the rate, positive; a larger one gives better pictures and larger files.
  public var lagrangianMultiplier = 0.0130
  /// The measure of distortion.
  public var lossMetric = DistortionMeasure.mse
  /// What the loss returns.
  public var returnType = ReturnType.all

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    lagrangianMultiplier > 0 && lagrangianMultiplier.isFinite
      ? [] : [("lagrangianMultiplier", "must be positive, found \(lagrangianMultiplier)")]
  }
}
