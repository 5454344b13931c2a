/// Several data sets that a training sees in given shares.
///
/// An epoch has as many samples as all data sets together, of which each data set gives its share. Its samples are taken in turn from an endless
/// row of its own shuffled passes, so that over the epochs every sample of a data set is seen equally often. All of it follows from the seed
/// and the number of the epoch.
public struct DatasetMixture: Sendable, Equatable {
  /// The number of samples of each data set.
  public let counts: [Int]
  /// The number of samples that each data set gives to an epoch, at least 1.
  public let shares: [Int]

  /// Creates a mixture.
  ///
  /// - Parameters:
  ///   - counts: the number of samples of each data set.
  ///   - weights: how large the share of each is beside the others'; only their ratio counts.
  /// - Precondition: there are as many weights as counts, at least one, all positive and finite.
  public init(counts: [Int], weights: [Double]) {
    precondition(!counts.isEmpty && counts.count == weights.count, "every data set has a weight")
    precondition(counts.allSatisfy { $0 >= 1 } && weights.allSatisfy { $0 > 0 && $0.isFinite }, "counts and weights are positive")
    self.counts = counts
    let (total, sum) = (counts.reduce(0, +), weights.reduce(0, +))
    shares = weights.map { max(Int((Double(total) * ($0 / sum)).rounded()), 1) }
  }

  /// The number of samples of all data sets.
  public var count: Int { counts.reduce(0, +) }

  /// The number of samples of an epoch: ``count``, up to rounding.
  public var samplesPerEpoch: Int { shares.reduce(0, +) }

  /// Returns the samples of an epoch in their order.
  func samples(ofEpoch epoch: Int, seed: UInt64) -> [Int] {
    var samples: [Int] = []
    samples.reserveCapacity(samplesPerEpoch)
    var offset = 0
    for (part, (count, share)) in zip(counts, shares).enumerated() {
      var pass: (number: Int, order: [Int]) = (-1, [])
      for position in (epoch * share)..<((epoch + 1) * share) {
        if pass.number != position / count {
          // Sample 0 of the purpose is the order of the epoch itself.
          var random = DeterministicRandom(seed: seed, purpose: .order, step: position / count, sample: part + 1)
          pass = (position / count, random.permutation(count: count))
        }
        samples.append(offset + pass.order[position % count])
      }
      offset += count
    }
    var random = DeterministicRandom(seed: seed, purpose: .order, step: epoch)
    return random.permutation(count: samples.count).map { samples[$0] }
  }
}
