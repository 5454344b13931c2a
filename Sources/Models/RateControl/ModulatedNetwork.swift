import Torch

/// What scales and shifts the channels of a tensor at one rate, everywhere alike.
struct ChannelModulation {
  let scale: Tensor  // [1, C, 1, 1]
  let shift: Tensor?

  /// Creates a modulation of vectors `[C]`.
  init(scale: Tensor, shift: Tensor? = nil) throws {
    self.scale = try scale.reshaped([1, -1, 1, 1])
    self.shift = try shift?.reshaped([1, -1, 1, 1])
  }

  func callAsFunction(_ input: Tensor) throws -> Tensor {
    let scaled = try input * scale
    return try shift.map { try scaled + $0 } ?? scaled
  }
}

/// A staged network with modulations before and behind single stages.
final class ModulatedNetwork: LocalLayer {
  private let network: any StagedNetwork
  private let before: [Int: ChannelModulation]
  private let after: [Int: ChannelModulation]

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - before: what the input of a stage goes through, by the number of the stage.
  ///   - after: what its output goes through.
  init(_ network: any StagedNetwork, before: [Int: ChannelModulation] = [:], after: [Int: ChannelModulation] = [:]) {
    (self.network, self.before, self.after) = (network, before, after)
  }

  var members: [Member] { network.members }

  func forward(_ input: Tensor) throws -> Tensor {
    var value = input
    for (number, stage) in network.stages.enumerated() {
      if let modulation = before[number] { value = try modulation(value) }
      // A chain of one, so that what is traced sees the stage.
      value = try Sequential([stage]).forward(value)
      if let modulation = after[number] { value = try modulation(value) }
    }
    return value
  }

  func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try network.inputRows(for: rows) }
}

/// The error of a network that a plan should have refused.
func stagedNetwork(_ network: any Layer) throws -> any StagedNetwork {
  guard let staged = network as? any StagedNetwork else { throw UnknownReach(layer: "\(type(of: network))") }
  return staged
}
