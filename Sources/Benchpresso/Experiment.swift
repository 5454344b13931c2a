public import Configuration
public import Registry
public import Training

/// What a configuration file of `fit`, `validate` and `test` says; everything has a default but the data.
public struct Experiment: Settings {
  /// The name of the run, which becomes a folder of the logs.
  public var name = "experiment"
  /// What the run is about, for the results file.
  public var description = ""
  /// The seed of everything that is random.
  public var seedEverything = 42
  /// The model.
  public var model = Component<ModelKind>("models.FactorizedPrior")
  /// The data set.
  public var data = Component<DatasetKind>("datasets.ImageFolder")
  /// How the training runs.
  public var trainer = TrainerSettings()
  /// The optimiser of the network.
  public var optimizer = Component<OptimizerKind>("optimizer.Adam")
  /// The optimiser of the quantiles of the entropy bottlenecks.
  public var auxOptimizer = Component<OptimizerKind>("optimizer.Adam", ["lr": 1e-3])
  /// How the learning rate of the network changes.
  public var lrScheduler = Component<SchedulerKind>("scheduler.Constant")
  /// A checkpoint: `fit` continues from it, `validate` and `test` measure it.
  ///
  /// `last` and `best` name those of the newest version of the run.
  public var ckptPath: String?
  /// Weights that a training starts from with fresh optimisers, such as those of a neighbouring rate point.
  public var initWeights: String?
  /// How `test` measures.
  public var test = TestSettings()

  /// Creates the defaults.
  public init() {}
}

/// How `test` measures.
public struct TestSettings: ValidatedSettings {
  /// The sides of pictures are padded with zeros to multiples of this number; null takes the least that the model needs.
  public var padMultiple: Int?
  /// A folder that gets the reconstructions as PNG; null keeps none.
  public var saveImages: String?
  /// A folder that gets the results; null takes `<run folder>/test`.
  public var output: String?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    if let padMultiple, !(1...4096 ~= padMultiple) { return [("padMultiple", "must be in 1 ... 4096, found \(padMultiple)")] }
    return []
  }
}
