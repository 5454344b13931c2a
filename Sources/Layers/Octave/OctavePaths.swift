import Torch

/// The four ways of an octave layer: within each resolution, and from each to the other.
///
///     y_HH = way H→H of x_H, y_LL = way L→L of x_L
///     y_H = y_HH + way L→H of y_LL, y_L = y_LL + way H→L of y_HH
///
/// With the generalised form the ways between the resolutions start where those within them end; they are learned, too.
final class OctavePaths: OctaveLayer {
  let highToHigh: any Layer
  /// These three only between resolutions that exist on both sides; without low frequencies in the output the way L→L leads to channels of the way L→H.
  let lowToLow: (any Layer)?
  let highToLow: (any Layer)?
  let lowToHigh: (any Layer)?

  init(highToHigh: any Layer, lowToLow: (any Layer)?, highToLow: (any Layer)?, lowToHigh: (any Layer)?) {
    (self.highToHigh, self.lowToLow, self.highToLow, self.lowToHigh) = (highToHigh, lowToLow, highToLow, lowToHigh)
  }

  var members: [Member] {
    let all: [(String, (any Layer)?)] = [("l2l", lowToLow), ("l2h", lowToHigh), ("h2l", highToLow), ("h2h", highToHigh)]
    return all.compactMap { name, layer in layer.map { .module(name, $0) } }
  }

  func forward(_ input: OctaveFeatures) throws -> OctaveFeatures {
    let high = try highToHigh.forward(input.high)
    let low: Tensor? = if let lowToLow, let given = input.low { try lowToLow.forward(given).cropped(to: high.halvedSides) } else { nil }
    let fromLow: Tensor? = if let lowToHigh, let low { try lowToHigh.forward(low).cropped(to: high.sides) } else { nil }
    let both = try fromLow.map { try high + $0 } ?? high
    guard let highToLow else { return OctaveFeatures(high: both) }
    let fromHigh = try highToLow.forward(high)
    return OctaveFeatures(high: both, low: try low.map { try $0 + fromHigh } ?? fromHigh)
  }

  func inputRows(for rows: OctaveRows) throws(UnknownReach) -> OctaveRows {
    var (high, low) = (rows.high, rows.low)
    if let highToLow, let own = rows.low { high = high.covering(try highToLow.neededRows(for: own)) }
    if let lowToHigh {
      let needed = try lowToHigh.neededRows(for: rows.high)
      low = low?.covering(needed) ?? needed
    }
    let needed = try low.flatMap { rows throws(UnknownReach) in try lowToLow?.neededRows(for: rows) }
    return OctaveRows(high: try highToHigh.neededRows(for: high), low: needed)
  }
}

extension Tensor {
  /// The height and the width.
  var sides: [Int] { [shape[2], shape[3]] }

  /// Those of half the resolution.
  var halvedSides: [Int] { sides.map { ($0 + 1) / 2 } }

  /// The tensor without rows and columns beyond these sides: twice the half of an odd side is one more.
  func cropped(to sides: [Int]) throws(TorchError) -> Tensor {
    if self.sides == sides { return self }
    return try narrowed(2, from: 0, length: min(sides[0], shape[2])).narrowed(3, from: 0, length: min(sides[1], shape[3]))
  }
}
