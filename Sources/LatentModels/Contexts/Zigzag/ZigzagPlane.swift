import Torch

/// The elements of one diagonal plane of a cube of blocks, rows and columns: where they are in tensors of the zigzag context model.
///
/// Every block has as many lines in a batch as the block with the most places; the others are filled up with a place outside, whose results are dropped.
struct ZigzagPlane {
  /// The lines of each block in a batch, n.
  let lines: Int
  private let places: [[Int]]  // of each block, row · width + column
  private let size: (height: Int, width: Int)

  init(number: Int, blocks: Int, height: Int, width: Int) {
    size = (height, width)
    places = (0..<blocks).map { PlacePattern.diagonal(sum: number - $0).places(height: height, width: width) }
    lines = places.map(\.count).max() ?? 0
  }

  /// The places of the kernel's taps in a map with a border of `padding`, for each block, line and tap.
  func taps(padding: Int) throws -> Tensor {
    let (stride, side) = (size.width + 2 * padding, 2 * padding + 1)
    let indices = places.flatMap { places -> [Int64] in
      (0..<lines).flatMap { line -> [Int64] in
        // The upper left corner lies in the border, where all is zero.
        guard line < places.count else { return [Int64](repeating: 0, count: side * side) }
        let start = places[line] / size.width * stride + places[line] % size.width
        return (0..<side * side).map { Int64(start + $0 / side * stride + $0 % side) }
      }
    }
    return try Tensor(indices, shape: [indices.count])
  }

  /// The places, for each block and line, in a map with one row before and one column behind.
  func centers() throws -> Tensor {
    let indices = places.flatMap { places in
      (0..<lines).map { line -> Int64 in
        line < places.count ? Int64((places[line] / size.width + 1) * (size.width + 1) + places[line] % size.width) : 0
      }
    }
    return try Tensor(indices, shape: [indices.count])
  }

  /// The lines, of all blocks, that stand for an element, for each of a block's `channels`: places in `[blocks, channels, n]`.
  func chosen(channels: Int) throws -> Tensor {
    let indices = places.enumerated().flatMap { block, places in
      (0..<channels).flatMap { channel in places.indices.map { Int64((block * channels + channel) * lines + $0) } }
    }
    return try Tensor(indices, shape: [indices.count])
  }

  /// The same elements in a map `[blocks · channels, height + 2·padding, width + 2·padding]`.
  func targets(channels: Int, padding: Int) throws -> Tensor {
    let (stride, area) = (size.width + 2 * padding, (size.width + 2 * padding) * (size.height + 2 * padding))
    let indices = places.enumerated().flatMap { block, places in
      (0..<channels).flatMap { channel in
        places.map { Int64((block * channels + channel) * area + ($0 / size.width + padding) * stride + $0 % size.width + padding) }
      }
    }
    return try Tensor(indices, shape: [indices.count])
  }
}
