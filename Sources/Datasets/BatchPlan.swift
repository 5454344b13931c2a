/// Which samples form the batch of a step.
///
/// The samples of a step are computed, not remembered: a run goes on at any step without repeating those before.
/// An epoch is one pass over all samples, or as many samples in the shares of a ``DatasetMixture``; its last batch, or that of a group, may be smaller.
public struct BatchPlan: Sendable, Equatable {
  private enum Order: Sendable, Equatable {
    case shuffled(seed: UInt64)
    case mixed(seed: UInt64, DatasetMixture)
    case sorted(starts: [Int])
  }

  private let order: Order
  /// The number of samples.
  public let count: Int
  /// The largest number of samples in a batch.
  public let batchSize: Int
  /// The number of batches in an epoch.
  public let stepsPerEpoch: Int

  /// Creates the plan of a training: in each epoch all samples in an order drawn from the seed and the number of the epoch.
  ///
  /// - Parameter limit: the most batches of an epoch, which then has the first so many of its order; nil for all.
  /// - Throws: ``DatasetError`` when `batchSize` is below 1.
  /// - Precondition: `count` is at least 1, and so is `limit`.
  public static func shuffled(count: Int, batchSize: Int, seed: UInt64, limit: Int? = nil) throws(DatasetError) -> BatchPlan {
    precondition(limit ?? 1 >= 1, "an epoch has at least one batch")
    let steps = (count - 1) / max(batchSize, 1) + 1
    return try BatchPlan(.shuffled(seed: seed), count: count, batchSize: batchSize, steps: min(steps, limit ?? steps))
  }

  /// Creates the plan of a validation or test: all samples as they are listed; no batch spans two groups.
  ///
  /// - Parameter groupSizes: the number of samples in each group (folder), for example ``ImageFolder/groupSizes``.
  /// - Throws: ``DatasetError`` when `batchSize` is below 1.
  /// - Precondition: there is at least one group and none is empty.
  public static func sorted(groupSizes: [Int], batchSize: Int) throws(DatasetError) -> BatchPlan {
    precondition(groupSizes.allSatisfy { $0 >= 1 }, "a group has at least one sample")
    var starts: [Int] = []
    var first = 0
    for size in groupSizes {
      starts += stride(from: first, to: first + size, by: max(batchSize, 1))
      first += size
    }
    return try BatchPlan(.sorted(starts: starts), count: first, batchSize: batchSize, steps: starts.count)
  }

  /// Creates the plan of a training on several data sets in given shares.
  ///
  /// - Parameters:
  ///   - mixture: the data sets, whose samples are numbered one after the other.
  ///   - limit: the most batches of an epoch; nil for all.
  /// - Throws: ``DatasetError`` when `batchSize` is below 1.
  /// - Precondition: `limit` is at least 1.
  public static func mixed(_ mixture: DatasetMixture, batchSize: Int, seed: UInt64, limit: Int? = nil) throws(DatasetError) -> BatchPlan {
    precondition(limit ?? 1 >= 1, "an epoch has at least one batch")
    let steps = (mixture.samplesPerEpoch - 1) / max(batchSize, 1) + 1
    return try BatchPlan(.mixed(seed: seed, mixture), count: mixture.count, batchSize: batchSize, steps: min(steps, limit ?? steps))
  }

  /// Creates the plan of a training on the first few batches alone, in the order of the list, again and again.
  ///
  /// - Parameter batches: the number of batches, at least 1; where there are fewer, all of them.
  /// - Throws: ``DatasetError`` when `batchSize` is below 1.
  public static func repeating(count: Int, batchSize: Int, batches: Int) throws(DatasetError) -> BatchPlan {
    precondition(batches >= 1, "an epoch has at least one batch")
    let starts = Array(stride(from: 0, to: count, by: max(batchSize, 1)))
    let steps = min(batches, starts.count)
    // One start more than there are batches tells where the last one ends.
    return try BatchPlan(.sorted(starts: Array(starts.prefix(steps + 1))), count: count, batchSize: batchSize, steps: steps)
  }

  private init(_ order: Order, count: Int, batchSize: Int, steps: Int) throws(DatasetError) {
    precondition(count >= 1, "a data set has at least one sample")
    guard batchSize >= 1 else { throw DatasetError.setting(name: "batch_size", value: "\(batchSize)", allowed: "at least 1") }
    (self.order, self.count, self.batchSize, stepsPerEpoch) = (order, count, batchSize, steps)
  }

  /// Whether the plan is that of a training and goes on without end.
  public var isShuffled: Bool { if case .sorted = order { false } else { true } }

  /// Returns the epoch of `step`; both count from 0.
  public func epoch(ofStep step: Int) -> Int { step / stepsPerEpoch }

  /// Returns the sample indices of the batch of `step`, which counts from 0 over all epochs.
  public func indices(step: Int) -> [Int] {
    var permutation: EpochOrder?
    return indices(step: step, keeping: &permutation)
  }

  /// The order of one epoch, kept between steps because drawing it takes as long as the data set is large.
  struct EpochOrder: Sendable {
    let epoch: Int
    let indices: [Int]
  }

  func indices(step: Int, keeping kept: inout EpochOrder?) -> [Int] {
    precondition(step >= 0, "steps count from 0")
    let place = step % stepsPerEpoch
    switch order {
    case .sorted(let starts):
      let end = place + 1 < starts.count ? starts[place + 1] : count
      return Array(starts[place]..<end)
    case .shuffled(let seed):
      let epoch = epoch(ofStep: step)
      if kept?.epoch != epoch {
        var random = DeterministicRandom(seed: seed, purpose: .order, step: epoch)
        kept = EpochOrder(epoch: epoch, indices: random.permutation(count: count))
      }
    case .mixed(let seed, let mixture):
      let epoch = epoch(ofStep: step)
      if kept?.epoch != epoch { kept = EpochOrder(epoch: epoch, indices: mixture.samples(ofEpoch: epoch, seed: seed)) }
    }
    guard let all = kept?.indices else { return [] }
    return Array(all[(place * batchSize)..<min((place + 1) * batchSize, all.count)])
  }
}
