import Layers
import Torch

/// The networks of one slice of ``CheckerboardAttentionContext``.
final class AttentionSlice: Module {
  private let outputs: Int
  private let channelNetwork: Sequential?
  private let local: LocalCheckerboardAttention
  private let global: GlobalCheckerboardAttention?
  private let firstHalf: Sequential
  private let secondHalf: Sequential

  init(
    number: Int, channels: Int, heads: Int, window: Int, hyperChannels: Int, parametersPerElement: Int, seeds: SeedSequence
  ) throws {
    let outputs = channels * parametersPerElement
    self.outputs = outputs
    channelNetwork =
      number == 0
      ? nil
      : try EntropyParameters.layers(
        widths: [number * channels, 224, 128, outputs], kernel: 3, unit: { GaussianErrorLinear() }, seeds: seeds)
    local = try LocalCheckerboardAttention(channels: channels, heads: heads, window: window, seeds: seeds)
    global = number == 0 ? nil : try GlobalCheckerboardAttention(channels: channels, heads: heads, seeds: seeds)
    let side = hyperChannels + (number == 0 ? 0 : outputs)
    // Nothing predicts the first half of the first slice without side information, but a learned number for each channel.
    firstHalf = try EntropyParameters.layers(from: max(side, 1), to: outputs, unit: { GaussianErrorLinear() }, seeds: seeds)
    secondHalf = try EntropyParameters.layers(
      from: side + 2 * channels * (number == 0 ? 1 : 2), to: outputs, unit: { GaussianErrorLinear() }, seeds: seeds)
  }

  var members: [Member] {
    [.module("local_context", local), .module("entropy_parameters_anchor", firstHalf), .module("entropy_parameters_nonanchor", secondHalf)]
      + (channelNetwork.map { [.module("channel_context", $0)] } ?? []) + (global.map { [.module("global_intra_context", $0)] } ?? [])
  }

  /// Returns Φ_ch; nil in the first slice.
  func channelContext(_ before: Tensor?) throws -> Tensor? { try before.flatMap { try channelNetwork?.traced($0) } }

  /// Returns the parameters of the first half.
  func first(_ side: Tensor?, like known: Tensor) throws -> Tensor {
    try firstHalf.traced(side ?? known.narrowed(1, from: 0, length: 1).detached().zerosLike())
  }

  /// Returns the parameters of the second half.
  ///
  /// - Parameters:
  ///   - own: ŷ of the slice's first half.
  ///   - before: ŷ of the slice before.
  func second(_ own: Tensor, before: Tensor?, side: Tensor?) throws -> Tensor {
    let global = try before.flatMap { try self.global?.forward(own, before: $0) }
    return try secondHalf.traced(Tensor.concatenated([side, global, local.forward(own)].compactMap { $0 }, along: 1))
  }
}
