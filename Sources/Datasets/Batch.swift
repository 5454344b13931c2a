/// Pictures of equal size, decoded and transformed.
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

  /// The number of pictures.
  public var count: Int { indices.count }
}
