import Codecs
public import Configuration
public import EntropyCoding
public import Registry
public import Training

/// What a configuration file of a stage says; everything has a default but the model and the data.
public struct Experiment: ValidatedSettings {
  /// The name of the run, which becomes a folder of the logs.
  ///
  /// Where no configuration says it, it is that of a file named `<model>_<stage>_<quality>_<metric>.yaml`.
  public var name = "experiment"
  /// What the run is about, for the results file.
  public var description = ""
  /// The seed of everything that is random.
  public var seedEverything = Seed()
  /// The model.
  public var model = Component<ModelKind>("models.FactorizedPrior")
  /// The data set with the pictures of training, validation and test.
  public var data = Component<DatasetKind>("datasets.ImageFolder")
  /// How the training runs.
  public var trainer = TrainerSettings()
  /// The optimiser of the network.
  public var optimizer = Component<OptimizerKind>("optimizer.Adam")
  /// The optimiser of the quantiles of the entropy bottlenecks, which bound the coder's tables.
  public var auxOptimizer = Component<OptimizerKind>("optimizer.Adam", ["lr": 1e-3])
  /// How the learning rate of the network changes over the steps.
  public var lrScheduler = Component<SchedulerKind>("scheduler.Constant")
  /// A checkpoint: `fit` starts a new run from its state, the other stages measure it.
  ///
  /// `last` and `best` name those of the newest version of the run.
  public var ckptPath: CheckpointChoice?
  /// Weights that a training starts from with fresh optimisers, such as those of a neighbouring rate point.
  public var initWeights: InputPath?
  /// The parts that are taken from init_weights, such as g_a, or h_a=latent_codec.hyper.h_a where the part has another name in this model; the others
  /// start at random.
  ///
  /// null takes all, which have to be those of the model.
  public var initParts: [String]?
  /// How `test` measures.
  public var test = TestSettings()
  /// What `predict` writes.
  public var predict = PredictSettings()

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.contains(where: { ["", ".", ".."].contains($0) }) else { return [] }
    return [("name", "becomes a folder of the logs, so it needs letters, and none of its parts can be '.' or '..', found '\(name)'")]
  }
}

/// How `test` measures.
public struct TestSettings: ValidatedSettings {
  /// The sides of pictures are padded with zeros to multiples of this number of pixels, 1 to 4096; null takes the least that the model
  /// needs.
  public var padMultiple: Int?
  /// The side of the tiles over which the networks run one after the other, in pixels; `auto` cuts pictures, or batches, that would take more than
  /// `memory_limit`, `off` none.
  public var tile = TileSide.automatic
  /// How far tiles reach over each side, in pixels, 0 to 65535; null takes what the networks need, which those from TorchScript files do not tell.
  public var tileOverlap: Int?
  /// The memory that the networks may take by estimate before `tile: auto` cuts, weights and coded pictures apart.
  public var memoryLimit = MemoryAmount(bytes: Tiling.defaultMemoryLimit)
  /// How streams are written; every form is decoded.
  ///
  /// A context model's own stream is compatible whatever stands here.
  public var streamForm = StreamForm.compatible
  /// What is measured of every picture besides PSNR and MS-SSIM, for example `metrics.LPIPSVGG`.
  ///
  /// A measure that has no value for a picture, for its size or because it fails, is null there.
  public var metrics: [Component<MetricKind>] = []
  /// The rates at which a model of several is measured, each a point of the curve: 0 for the lowest it was trained for, 3.7 between two; null takes
  /// all that it was trained for.
  public var ratePoints: [Double]?
  /// Whether pictures are read ahead and measured on threads beside the codec's.
  ///
  /// The test is done sooner. Times of encoding and decoding are then taken on a busy machine, which a note in the results says.
  public var overlap = false
  /// A folder that gets the reconstructions as PNG, those of several checkpoints in subfolders `point_1`, `point_2`, …; null keeps none.
  ///
  /// Where files lie already, a number is added to the name.
  public var saveImages: OutputPath?
  /// A folder that gets the results; null takes `<run folder>/test`.
  ///
  /// Where results lie already, a number is added to the name.
  public var output: OutputPath?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var problems: [(key: String, sentence: String)] = []
    if let padMultiple, !(1...4096 ~= padMultiple) { problems.append(("padMultiple", "must be in 1 ... 4096, found \(padMultiple)")) }
    if let tileOverlap, !(0...65535 ~= tileOverlap) { problems.append(("tileOverlap", "must be in 0 ... 65535, found \(tileOverlap)")) }
    if let ratePoints {
      if ratePoints.isEmpty { problems.append(("ratePoints", "must have an element, or be null for all")) }
      if zip(ratePoints, ratePoints.dropFirst()).contains(where: { $0 >= $1 }) || ratePoints.contains(where: { !($0 >= 0) }) {
        problems.append(("ratePoints", "must be 0 or more and rise, found \(ratePoints)"))
      }
    }
    return problems
  }

  /// What was asked for.
  var tiling: Tiling { Tiling(side: tile.side, overlap: tileOverlap, memoryLimit: memoryLimit.bytes) }
}

/// What `predict` writes.
public struct PredictSettings: Settings {
  /// The folder for the reconstructions; null takes `<run folder>/predict`.
  ///
  /// Where files lie already, a number is added to the name.
  public var output: OutputPath?
  /// The rate of a model of several, as in `test.rate_points`; null takes the highest.
  public var ratePoint: Double?
  /// Whether the coded files are kept beside the reconstructions.
  public var saveStreams = false

  /// Creates the defaults.
  public init() {}
}
