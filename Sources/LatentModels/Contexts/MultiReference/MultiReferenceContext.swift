import Layers
public import Torch

/// The multi-reference context model of Jiang, Yang, Zhai, Gao, Wang, "MLIC++: Linear complexity multi-reference entropy modeling for learned image compression",
/// 2023, after "MLIC: Multi-reference entropy model for learned image compression", ACM Multimedia 2023: slices of channels, each a checkerboard, with four
/// kinds of references, and a prediction of what rounding took away.
///
///     slices before ŷ_<i ─┬─ Φ_ch: three convolutions 3×3 ────────────┐
///                         └─ Φ_inter: linear attention of all places ─┤
///     ψ ──────────────────────────────────────────────────────────────┼─ e_a ─ first half of ŷ_i
///     first half of ŷ_i ──┬─ Φ_lc: attention among its neighbours ────┤
///     slice before ŷ_i−1 ─┴─ Φ_intra: linear attention, its map ──────┴─ e_b ─ second half of ŷ_i
///
///     ŷ_i ← ŷ_i + ½·tanh(r(ψ_μ, ŷ_<i, ŷ_i)) after each half
///
/// Linear attention joins keys and values before queries (``LinearAttention``), so that cost grows with the number of places. Sizes are those of
/// JiangWeibeta/MLIC, whose code is that of MLIC++.
///
/// What differs from that code: the even squares are the first half, as in this project's other checkerboards; the taps of a window that are of the second half
/// or outside are left out of Φ_lc, where the code lets them take part with a large negative score (``LocalCheckerboardAttention``), and the linear layer
/// behind its window is joined with the one before it: the same functions with fewer weights. The networks of slices that have no slice before them lack what
/// would see it. ψ_μ is the last of P parts of ψ where ψ has so many channels, else all of ψ.
public final class MultiReferenceContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  private let ranges: [Range<Int>]
  private let slices: [MultiReferenceSlice]
  private let meanChannels: Int

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - slices: into how many slices of like size the channels are cut; it divides M.
  ///   - heads: the heads of the attentions within a slice, a divisor of its channels.
  ///   - window: the side of the window of neighbours, odd.
  ///   - hyperChannels: K, the channels of ψ; 0 for none.
  ///   - predictsResiduals: whether ŷ is corrected by what rounding probably took away.
  public init(
    channels: Int, slices: Int, heads: Int, window: Int = 5, hyperChannels: Int, parametersPerElement: Int,
    predictsResiduals: Bool = true, seeds: SeedSequence
  ) throws {
    precondition(channels.isMultiple(of: slices) && (channels / slices).isMultiple(of: heads), "checked by the plan")
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    meanChannels = hyperChannels.isMultiple(of: parametersPerElement) ? hyperChannels / parametersPerElement : hyperChannels
    ranges = ChannelGroups.ranges([Int](repeating: channels / slices, count: slices))
    let shape = MultiReferenceSlice.Shape(
      channels: channels / slices, heads: heads, window: window, hyperChannels: hyperChannels, meanChannels: meanChannels,
      parametersPerElement: parametersPerElement, predictsResiduals: predictsResiduals)
    self.slices = try (0..<slices).map { try MultiReferenceSlice(number: $0, shape: shape, seeds: seeds) }
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
    let model: MultiReferenceContext
    let hyper: Tensor?
    /// ψ and what the slices before say of a slice.
    private var side: (slice: Int, tensor: Tensor?)?
    private var board: Tensor?

    init(model: MultiReferenceContext, hyper: Tensor?) { (self.model, self.hyper) = (model, hyper) }

    func parameters(of group: Int, known: Tensor) throws -> Tensor {
      let number = group / 2
      let (slice, range) = (model.slices[number], model.ranges[number])
      let side = try side(of: number, known: known)
      if group.isMultiple(of: 2) { return try slice.first(side, like: known) }
      let own = try known.narrowed(1, from: range.lowerBound, length: range.count)
      let previous = number > 0 ? try known.narrowed(1, from: range.lowerBound - range.count, length: range.count) : nil
      return try slice.second(own, previous: previous, side: side, board: board(like: known))
    }

    func refined(after group: Int, known: Tensor) throws -> Tensor {
      let range = model.ranges[group / 2]
      let means = try hyper.map { try $0.narrowed(1, from: $0.shape[1] - model.meanChannels, length: model.meanChannels) }
      let seen = try [means, known.narrowed(1, from: 0, length: range.upperBound)].compactMap { $0 }
      guard let residual = try model.slices[group / 2].residual(half: group % 2, seen: seen) else { return known }
      let board = try board(like: known)
      let own = try residual * (group.isMultiple(of: 2) ? board : board * -1.0 + 1.0)
      return try known + own.paddedChannels(before: range.lowerBound, after: model.channels - range.upperBound)
    }

    private func side(of number: Int, known: Tensor) throws -> Tensor? {
      if let side, side.slice == number { return side.tensor }
      let before = number > 0 ? try known.narrowed(1, from: 0, length: model.ranges[number].lowerBound) : nil
      let tensor = try model.slices[number].side(hyper: hyper, before: before)
      side = (number, tensor)
      return tensor
    }

    /// 1 at the first half and 0 elsewhere.
    private func board(like known: Tensor) throws -> Tensor {
      if let board { return board }
      let (height, width) = (known.shape[2], known.shape[3])
      let numbers = (0..<height * width).map { Float(PlacePattern.evenSquares.holds(row: $0 / width, column: $0 % width) ? 1 : 0) }
      let made = try Tensor(numbers, shape: [1, 1, height, width]).to(known.device)
      board = made
      return made
    }
  }
}
