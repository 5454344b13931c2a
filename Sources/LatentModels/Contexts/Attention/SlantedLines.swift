import Torch

/// The places of a latent in lines that a wavefront passes, for context models whose context is what comes before in raster order, within a kernel.
///
/// A kernel of side k reaches k / 2 columns to the right in the rows above. With the slope k / 2 + 1, all that it sees of a place lies on lines before the
/// place's own: a whole line can be coded at once, from the very numbers that raster order would have used.
struct SlantedLines {
  let height: Int
  let width: Int
  let slope: Int

  init(height: Int, width: Int, kernel: Int) {
    (self.height, self.width) = (height, width)
    slope = kernel / 2 + 1
  }

  /// The lines that have a place.
  var patterns: [PlacePattern] {
    guard height > 0, width > 0 else { return [] }
    return (0..<slope * (height - 1) + width).filter { sum in
      width >= slope || sum % slope < width
    }.map { .slanted(slope: slope, sum: $0) }
  }

  /// The order that codes all channels of a line at once.
  func order(channels: Int) -> CodingOrder { CodingOrder(patterns.map { ElementGroup(channels: 0..<channels, places: $0) }) }
}

/// The taps of a square kernel around a place.
struct KernelTaps {
  let side: Int
  /// The used ones, in rows from the upper left.
  let taps: [Int]

  /// The taps before the centre in raster order, and the centre where it is asked for.
  static func causal(side: Int, withCenter: Bool = false) -> KernelTaps {
    KernelTaps(side: side, taps: Array(0..<side * side / 2 + (withCenter ? 1 : 0)))
  }

  /// The taps whose row and column differ from the centre's by an odd sum.
  static func checkerboard(side: Int) -> KernelTaps {
    KernelTaps(side: side, taps: (0..<side * side).filter { ($0 / side + $0 % side + side / 2 * 2) % 2 == 1 })
  }

  /// For each place, numbered row by row in a grid of `width` columns, the taps' places in a map with a border of side / 2.
  func indices(of places: [Int], width: Int) -> [Int64] {
    let stride = width + side - 1
    return places.flatMap { place in
      taps.lazy.map { Int64((place / width + $0 / side) * stride + place % width + $0 % side) }
    }
  }

  /// Returns what the taps of some places see of an `[N, C, H, W]` tensor, `[N, C, n, taps]`; zeros outside.
  func taken(from tensor: Tensor, around places: [Int]) throws -> Tensor {
    let (shape, pad) = (tensor.shape, side / 2)
    let map = try tensor.padded(left: pad, right: pad, top: pad, bottom: pad).reshaped([shape[0], shape[1], -1])
    let indices = indices(of: places, width: shape[3])
    return try map.slices(along: 2, at: Tensor(indices, shape: [indices.count]).to(tensor.device))
      .reshaped([shape[0], shape[1], places.count, taps.count])
  }

  /// For each two taps, the first one's row by row, the entry of a table of (2·side − 1)² offsets.
  var relations: [Int64] {
    taps.flatMap { first in
      taps.map { second in
        Int64((first / side - second / side + side - 1) * (2 * side - 1) + first % side - second % side + side - 1)
      }
    }
  }
}

extension Tensor {
  /// Returns some places, numbered row by row, of an `[N, C, H, W]` tensor as `[N, C, 1, n]`.
  func columns(at places: [Int]) throws -> Tensor {
    let shape = shape
    let indices = try Tensor(places.map(Int64.init), shape: [places.count]).to(device)
    return try reshaped([shape[0], shape[1], -1]).slices(along: 2, at: indices).reshaped([shape[0], shape[1], 1, places.count])
  }
}
