public import Images

/// The pictures of one stage of a data set: how many there are, and how one is read.
public protocol SampleSource: Sendable {
  /// The number of pictures in each group that batches of a validation or test may not leave, in order; none is 0.
  var groupSizes: [Int] { get }

  /// The files, one for each picture and in the same order; nil where a picture is not a file of its own.
  var files: [String]? { get }

  /// Returns a picture.
  ///
  /// - Parameters:
  ///   - index: its number, 0..<count.
  ///   - draw: the seed and the step, from which whatever is random about the choice follows.
  ///   - cache: where decoded files are kept, if anywhere.
  /// - Throws: ``DatasetError`` when it cannot be read.
  func sample(_ index: Int, draw: SampleDraw, cache: ImageCache?) throws(DatasetError) -> Sample

  /// Returns the transform that picture `index` has in place of that of the loader; nil for that of the loader.
  func transform(of index: Int) -> (any ImageTransform)?

  /// The shares of several data sets in a training; nil where an epoch is one pass over all pictures.
  var mixture: DatasetMixture? { get }
}

extension SampleSource {
  /// The number of pictures.
  public var count: Int { groupSizes.reduce(0, +) }

  /// None: the loader's.
  public func transform(of index: Int) -> (any ImageTransform)? { nil }

  /// None.
  public var mixture: DatasetMixture? { nil }

  /// Returns the plan for `stage`: in random order for training, sorted and split by group otherwise.
  ///
  /// - Parameter limit: the most batches of an epoch of the training; nil for all.
  /// - Throws: ``DatasetError`` when `batchSize` is below 1.
  public func plan(for stage: Stage, batchSize: Int, seed: UInt64, limit: Int? = nil) throws(DatasetError) -> BatchPlan {
    switch stage {
    case .train:
      if let mixture { return try .mixed(mixture, batchSize: batchSize, seed: seed, limit: limit) }
      return try .shuffled(count: count, batchSize: batchSize, seed: seed, limit: limit)
    case .validate, .test: return try .sorted(groupSizes: groupSizes, batchSize: batchSize)
    }
  }
}

/// A picture and what it is called.
public struct Sample: Sendable, Equatable {
  /// The path of its file, or another name that tells which picture it is.
  public let name: String
  /// The picture.
  public let image: Image

  /// Creates a sample.
  public init(name: String, image: Image) { (self.name, self.image) = (name, image) }
}

/// What random choices about a picture follow from, besides its number.
public struct SampleDraw: Sendable, Equatable {
  /// The seed of the run.
  public let seed: UInt64
  /// The step, counted from 0 over all epochs.
  public let step: Int

  /// Creates the draw of a step.
  public init(seed: UInt64, step: Int) { (self.seed, self.step) = (seed, step) }
}
