/// Pictures of equal size, decoded and transformed.
///
/// With several processes (``Shard``) it is this process's piece of the batch, which may be empty; width and height are then 0.
public struct Batch: Sendable, Equatable {
  /// The step this batch is for, counted from 0 over all epochs.
  public let step: Int
  /// The index of each picture in the data set.
  public let indices: [Int]
  /// The path of each picture.
  public let names: [String]
  /// The number of columns of every picture.
  public let width: Int
  /// The number of rows of every picture.
  public let height: Int
  /// The samples, interleaved RGB, shape [count, height, width, 3], range 0...255.
  public let pixels: [UInt8]
  /// The number of pictures that all processes together have in this step.
  public let countOfAllProcesses: Int

  /// The number of pictures.
  public var count: Int { indices.count }
}
