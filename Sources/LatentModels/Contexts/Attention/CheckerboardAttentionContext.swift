import Layers
public import Torch

/// The multi-reference context model of Jiang, Yang, Zhai, Ning, Gao, Wang, "MLIC: Multi-reference entropy model for learned image compression", ACM
/// Multimedia 2023: slices of channels, each a checkerboard whose second half is predicted from the slices before, from attention among its neighbours of
/// the first half, and from a global attention whose map the slice before gives.
///
///     first half of slice i: θ = a_i(Φ_ch, ψ), Φ_ch = g_i(ŷ of the slices before)
///     second half: θ = b_i(Φ_ch, Φ_lc, Φ_gc, ψ)
///     Φ_lc = t + f(n(t)), t = w(attention among the odd taps of the 5×5 window)
///     Φ_gc = v + f'(v), v = r(softmax(Q(ŷ_{i−1}, second half) · K(ŷ_{i−1}, first half)ᵀ / √d) · V(ŷ_i, first half))
///
/// Q, K and V are convolutions 1×1 with a depth-wise 3×3 behind them, g_i three convolutions 3×3, w a layer over all taps of the window.
///
/// What the paper leaves open or what differs: the taps of a window that are of the second half are left out, where the authors' code masks them with a
/// large negative number; those outside the picture are masked. The first slice has no slice before it and no global context. The even squares are the first
/// half, as in this project's other checkerboards. The context between slices of the larger model, MEM+, and the prediction of residuals are left out. The
/// global attention is computed in pieces of queries: memory grows with the number of places, time with its square.
public final class CheckerboardAttentionContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  private let ranges: [Range<Int>]
  private let slices: [AttentionSlice]

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - slices: into how many slices of like size the channels are cut; it divides M.
  ///   - heads: the heads of both attentions, a divisor of a slice's channels.
  ///   - hyperChannels: K, the channels of ψ; 0 for none.
  public init(
    channels: Int, slices: Int, heads: Int, window: Int = 5, hyperChannels: Int, parametersPerElement: Int, seeds: SeedSequence
  ) throws {
    precondition(channels.isMultiple(of: slices) && (channels / slices).isMultiple(of: heads), "checked by the plan")
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    ranges = ChannelGroups.ranges([Int](repeating: channels / slices, count: slices))
    self.slices = try (0..<slices).map { number in
      try AttentionSlice(
        number: number, channels: channels / slices, heads: heads, window: window, hyperChannels: hyperChannels,
        parametersPerElement: parametersPerElement, seeds: seeds)
    }
  }

  /// The networks of the slices.
  public var members: [Member] { [.module("slices", ModuleList(slices.enumerated().map { .module(String($0.offset), $0.element) }))] }

  /// For each slice the even squares, then the odd ones.
  public func order(height: Int, width: Int) -> CodingOrder {
    CodingOrder(ranges.flatMap { CheckerboardContext.order(channels: $0).groups })
  }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction { Prediction(model: self, hyper: hyper) }

  private final class Prediction: GroupPrediction {
    let model: CheckerboardAttentionContext
    let hyper: Tensor?
    /// ψ and what the slices before say of a slice.
    private var side: (slice: Int, tensor: Tensor?)?

    init(model: CheckerboardAttentionContext, hyper: Tensor?) { (self.model, self.hyper) = (model, hyper) }

    func parameters(of group: Int, known: Tensor) throws -> Tensor {
      let number = group / 2
      let (slice, range) = (model.slices[number], model.ranges[number])
      let side = try side(of: number, known: known)
      if group.isMultiple(of: 2) { return try slice.first(side, like: known) }
      let own = try known.narrowed(1, from: range.lowerBound, length: range.count)
      let before = number > 0 ? try known.narrowed(1, from: range.lowerBound - range.count, length: range.count) : nil
      return try slice.second(own, before: before, side: side)
    }

    private func side(of number: Int, known: Tensor) throws -> Tensor? {
      if let side, side.slice == number { return side.tensor }
      let before = number > 0 ? try known.narrowed(1, from: 0, length: model.ranges[number].lowerBound) : nil
      let parts = try [hyper, model.slices[number].channelContext(before)].compactMap { $0 }
      let tensor = parts.count > 1 ? try Tensor.concatenated(parts, along: 1) : parts.first
      side = (number, tensor)
      return tensor
    }
  }
}
