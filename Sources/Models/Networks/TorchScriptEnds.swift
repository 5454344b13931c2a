import Registry
import Torch
import Weights

/// What a configuration says of a network in a TorchScript file.
struct TorchScriptEnds {
  let input: StatedNumber
  let output: StatedNumber
  let scale: NetworkPlan.Scale
  /// The setting that says the scale.
  let factor: StatedNumber

  /// The shape of the input on which the network is tried: two sides that differ, as large as those of some real picture.
  var probe: [Int] {
    let factor = if case .reduces(let factor) = scale { factor } else { 1 }
    return [1, input.value, 8 * factor, 16 * factor]
  }

  /// Returns what is wrong with an output, as a clause; nil when it is as said.
  func difference(_ found: Tensor, input shape: [Int]) -> String? {
    let given = found.shape
    guard found.elementType == .float32 else { return "gives \(found), and needed are numbers of float32" }
    guard given.count == 4, given[0] == shape[0] else {
      return "gives the shape \(given) for \(shape), and needed is [\(shape[0]), channels, height, width]"
    }
    guard given[1] == output.value else { return "gives \(given[1]) channels, and needed are \(output.value)\(output.origin)" }
    let sides = Array(shape[2...])
    let (needed, verb) =
      switch scale {
      case .reduces(let factor): (sides.map { $0 / factor }, "divides")
      case .enlarges(let factor): (sides.map { $0 * factor }, "multiplies")
      }
    guard Array(given[2...]) == needed else {
      return "gives \(given[2])×\(given[3]) for sides of \(sides[0])×\(sides[1]), and needed is a network that \(verb) them by "
        + "\(factor.value)\(factor.origin)"
    }
    return nil
  }
}

extension StatedNumber {
  /// The number of channels for the middle of a sentence.
  var clause: String { ", \(value) channels\(origin)" }
}
