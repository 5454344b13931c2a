import Layers
import Torch

/// The networks of one slice of ``MultiReferenceContext``.
final class MultiReferenceSlice: Module {
  private let channelNetwork: Sequential?
  private let inter: InterSliceReference?
  private let local: LocalCheckerboardAttention
  private let intra: IntraSliceReference?
  private let firstHalf: Sequential
  private let secondHalf: Sequential
  private let residuals: [Sequential]  // of both halves, or none

  /// The sizes that all slices share.
  struct Shape {
    let channels: Int
    let heads: Int
    let window: Int
    let hyperChannels: Int
    let meanChannels: Int
    let parametersPerElement: Int
    let predictsResiduals: Bool
  }

  init(number: Int, shape: Shape, seeds: SeedSequence) throws {
    let (c, before) = (shape.channels, number * shape.channels)
    let outputs = c * shape.parametersPerElement
    func layers(_ widths: [Int], kernel: Int) throws -> Sequential {
      try EntropyParameters.layers(widths: widths, kernel: kernel, unit: { GaussianErrorLinear() }, seeds: seeds)
    }
    channelNetwork = number == 0 ? nil : try layers([before, 192, 128, 4 * c], kernel: 3)
    inter = number == 0 ? nil : try InterSliceReference(inputs: before, outputs: 2 * c, heads: number, seeds: seeds)
    local = try LocalCheckerboardAttention(channels: c, heads: shape.heads, window: shape.window, seeds: seeds)
    intra = number == 0 ? nil : try IntraSliceReference(channels: c, heads: shape.heads, seeds: seeds)
    let side = shape.hyperChannels + (number == 0 ? 0 : 6 * c)
    // Nothing predicts the first half of the first slice without side information, but a learned number for each channel.
    firstHalf = try layers([max(side, 1), 320, 256, 128, outputs], kernel: 1)
    secondHalf = try layers([side + (number == 0 ? 2 : 4) * c, 320, 256, 128, outputs], kernel: 1)
    residuals =
      shape.predictsResiduals ? try (0..<2).map { _ in try layers([shape.meanChannels + before + c, 224, 128, c], kernel: 3) } : []
  }

  var members: [Member] {
    var members: [Member] = [
      .module("local_context", local), .module("entropy_parameters_anchor", firstHalf),
      .module("entropy_parameters_nonanchor", secondHalf),
    ]
    if let channelNetwork { members.append(.module("channel_context", channelNetwork)) }
    if let inter { members.append(.module("global_inter_context", inter)) }
    if let intra { members.append(.module("global_intra_context", intra)) }
    return members + zip(["lrp_anchor", "lrp_nonanchor"], residuals).map { .module($0, $1) }
  }

  /// Returns what is known of both halves: Φ_inter and Φ_ch of the slices before, and ψ; nil for nothing.
  func side(hyper: Tensor?, before: Tensor?) throws -> Tensor? {
    let parts = try [before.flatMap { try inter?.forward($0) }, before.flatMap { try channelNetwork?.forward($0) }, hyper].compactMap { $0 }
    return parts.count > 1 ? try Tensor.concatenated(parts, along: 1) : parts.first
  }

  /// Returns the parameters of the first half.
  func first(_ side: Tensor?, like known: Tensor) throws -> Tensor {
    try firstHalf.forward(side ?? known.narrowed(1, from: 0, length: 1).detached().zerosLike())
  }

  /// Returns the parameters of the second half.
  ///
  /// - Parameters:
  ///   - own: ŷ of the slice's first half.
  ///   - previous: ŷ of the slice before.
  ///   - board: 1 at the first half and 0 elsewhere.
  func second(_ own: Tensor, previous: Tensor?, side: Tensor?, board: Tensor) throws -> Tensor {
    let global = try previous.flatMap { try intra?.forward(own, before: $0, board: board) }
    return try secondHalf.forward(Tensor.concatenated([local.forward(own), global, side].compactMap { $0 }, along: 1))
  }

  /// Returns what rounding probably took away of one half, ½·tanh(r), at all places; nil where it is not predicted.
  ///
  /// - Parameter seen: the part of ψ for means, and ŷ up to the slice.
  func residual(half: Int, seen: [Tensor]) throws -> Tensor? {
    guard !residuals.isEmpty else { return nil }
    return try residuals[half].forward(Tensor.concatenated(seen, along: 1)).hyperbolicTangent() * 0.5
  }
}
