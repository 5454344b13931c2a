/// The share of every batch that one process of several takes.
///
/// All processes walk through the same plan. The batch of a step is cut into as many consecutive pieces as there are processes, and the process of
/// rank r takes piece r: put together in the order of the ranks they are the batch that a single process would have. A batch that cannot be cut
/// evenly, such as the last of an epoch, is cut as evenly as possible; a piece may then be empty.
public struct Shard: Sendable, Equatable {
  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes.
  public let worldSize: Int

  /// All of every batch: one process.
  public static let whole = Shard()

  private init() { (rank, worldSize) = (0, 1) }

  /// Creates the share of one process.
  ///
  /// - Throws: ``DatasetError`` when `worldSize` is below 1 or `rank` is not in 0..<worldSize.
  public init(rank: Int, worldSize: Int) throws(DatasetError) {
    guard worldSize >= 1 else { throw DatasetError.setting(name: "the number of processes", value: "\(worldSize)", allowed: "at least 1") }
    guard 0..<worldSize ~= rank else {
      throw DatasetError.setting(name: "the rank", value: "\(rank)", allowed: "from 0 to \(worldSize - 1), below the number of processes")
    }
    (self.rank, self.worldSize) = (rank, worldSize)
  }

  /// Returns this process's piece of `samples`.
  public func piece(of samples: [Int]) -> [Int] {
    let first = samples.count * rank / worldSize
    let end = samples.count * (rank + 1) / worldSize
    return Array(samples[first..<end])
  }
}
