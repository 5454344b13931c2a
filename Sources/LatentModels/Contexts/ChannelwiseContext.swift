import Layers
public import Torch

/// The channel-wise context model of Minnen, Singh, "Channel-wise autoregressive entropy models for learned image compression", ICIP 2020: slices of
/// channels, each predicted from side information and from the slices before it, with a prediction of what rounding took away.
///
///     (θ_1, …, θ_P)_i = (e_1(ψ_1, ŷ_<i), …, e_P(ψ_P, ŷ_<i))          ŷ_i ← ŷ_i + ½·tanh(r(ψ_P, ŷ_<i, ŷ_i))
///
/// (figures 1 and 2; of Gaussians θ are scale and mean.) Each network is three convolutions 5×5, 224 and 128 wide unless stated otherwise, with rectified linear units
/// between. ψ is cut into P parts of equal size, where the paper has a hyper synthesis for each of both; r sees the last of them, the part of the means.
///
/// With attention, as Liu, Sun, Katto, "Learned image compression with mixed transformer-CNN architectures", CVPR 2023, figure 5, have it, what e_p sees goes
/// through a block of its own first, a_p(ψ_p, ŷ_<i); r sees what a_P gives.
public final class ChannelwiseContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  private let ranges: [Range<Int>]
  private let support: Int?
  private let hyperChannels: Int
  private let networks: [[Sequential]]  // [slices][P]
  private let residuals: [Sequential]  // [slices], or none
  private let attentions: [[any Layer]]  // [slices][P], or none

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - slices: into how many parts the channels are cut, of sizes that differ by one at most.
  ///   - hyperChannels: K, the channels of ψ, a multiple of P; 0 for none.
  ///   - support: from how many slices, from the first on, a slice is predicted at most; nil for all.
  ///   - predictsResiduals: whether ŷ is corrected by what rounding probably took away.
  ///   - networks: what the networks are made of.
  public init(
    channels: Int, slices: Int, hyperChannels: Int, parametersPerElement: Int, support: Int? = nil, predictsResiduals: Bool = true,
    networks shape: SliceNetworks = SliceNetworks(), seeds: SeedSequence
  ) throws {
    precondition(hyperChannels % parametersPerElement == 0 && 1...channels ~= slices, "checked by the plan")
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    self.support = support
    self.hyperChannels = hyperChannels
    ranges = Self.ranges(channels: channels, slices: slices)
    let ranges = ranges
    let side = hyperChannels / parametersPerElement
    func network(_ inputs: Int, _ outputs: Int) throws -> Sequential { try shape.network(from: inputs, to: outputs, seeds: seeds) }
    let seen = Self.seenChannels(ranges, support: support)
    networks = try ranges.enumerated().map { number, range in
      // Without side information nothing predicts the first slice but a learned number for each channel.
      try (0..<parametersPerElement).map { _ in try network(max(side + seen[number], 1), range.count) }
    }
    // What attention gives of nothing is a learned number, too.
    let given = seen.map { max(side + $0, shape.attention == nil ? 0 : 1) }
    residuals = try predictsResiduals ? zip(given, ranges).map { try network($0 + $1.count, $1.count) } : []
    attentions =
      try shape.attention.map { attention in
        try seen.map { count in try (0..<parametersPerElement).map { _ in try attention(max(side + count, 1), seeds) } }
      } ?? []
  }

  private static func ranges(channels: Int, slices: Int) -> [Range<Int>] {
    ChannelGroups.ranges((0..<slices).map { (channels * ($0 + 1)) / slices - channels * $0 / slices })
  }

  /// How many channels of the latent each slice is predicted from.
  private static func seenChannels(_ ranges: [Range<Int>], support: Int?) -> [Int] {
    ranges.indices.map { ranges[..<min($0, support ?? $0)].last?.upperBound ?? 0 }
  }

  /// The channels that the networks of each slice see.
  static func inputChannels(channels: Int, slices: Int, support: Int?, sideChannels: Int) -> [Int] {
    seenChannels(ranges(channels: channels, slices: slices), support: support).map { max(sideChannels + $0, 1) }
  }

  /// The networks: `entropy_parameters.SLICE.NUMBER`, `residual_prediction.SLICE` and `attention.SLICE.NUMBER`.
  public var members: [Member] {
    func list(_ networks: [any Layer]) -> ModuleList { ModuleList(networks.enumerated().map { .module(String($0.offset), $0.element) }) }
    func lists(_ networks: [[any Layer]]) -> ModuleList {
      ModuleList(networks.enumerated().map { .module(String($0.offset), list($0.element)) })
    }
    return [.module("entropy_parameters", lists(networks))]
      + (residuals.isEmpty ? [] : [.module("residual_prediction", list(residuals))])
      + (attentions.isEmpty ? [] : [.module("attention", lists(attentions))])
  }

  /// Slice after slice.
  public func order(height: Int, width: Int) -> CodingOrder { CodingOrder(ranges.map { ElementGroup(channels: $0) }) }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction {
    let count = hyperChannels / parametersPerElement
    let parts = try hyper.map { hyper in
      try (0..<parametersPerElement).map { try hyper.narrowed(1, from: $0 * count, length: count) }
    }
    return Prediction(model: self, side: parts)
  }

  private final class Prediction: GroupPrediction {
    let model: ChannelwiseContext
    /// ψ in P parts.
    let side: [Tensor]?
    /// What the means of the last slice were predicted from.
    private var last: (group: Int, features: Tensor)?

    init(model: ChannelwiseContext, side: [Tensor]?) { (self.model, self.side) = (model, side) }

    func parameters(of group: Int, known: Tensor) throws -> Tensor {
      let outputs = try model.networks[group].enumerated().map { number, network in
        let seen = try features(number, of: group, known: known)
        if number == model.parametersPerElement - 1, !model.attentions.isEmpty { last = (group, seen) }
        return try network.traced(seen)
      }
      return try Tensor.concatenated(outputs, along: 1)
    }

    func refined(after group: Int, known: Tensor) throws -> Tensor {
      guard !model.residuals.isEmpty else { return known }
      let range = model.ranges[group]
      let own = try known.narrowed(1, from: range.lowerBound, length: range.count)
      let residual =
        try model.residuals[group].traced(Tensor.concatenated(before(group, known: known) + [own], along: 1))
        .hyperbolicTangent() * 0.5
      return try known + residual.paddedChannels(before: range.lowerBound, after: model.channels - range.upperBound)
    }

    /// What the prediction of a slice's residual sees beside the slice.
    private func before(_ group: Int, known: Tensor) throws -> [Tensor] {
      guard !model.attentions.isEmpty else { return try pieces(side?.last, of: group, known: known) }
      if let last, last.group == group { return [last.features] }
      return [try features(model.parametersPerElement - 1, of: group, known: known)]
    }

    /// What predicts the parameter `number` of a slice.
    private func features(_ number: Int, of group: Int, known: Tensor) throws -> Tensor {
      let pieces = try pieces(side?[number], of: group, known: known)
      let joined: Tensor =
        if pieces.isEmpty { try known.narrowed(1, from: 0, length: 1).detached().zerosLike() } else if pieces.count == 1 { pieces[0] } else
        {
          try Tensor.concatenated(pieces, along: 1)
        }
      return model.attentions.isEmpty ? joined : try model.attentions[group][number].forward(joined)
    }

    private func pieces(_ side: Tensor?, of group: Int, known: Tensor) throws -> [Tensor] {
      let seen = model.ranges[..<min(group, model.support ?? group)].last?.upperBound ?? 0
      return [side, seen > 0 ? try known.narrowed(1, from: 0, length: seen) : nil].compactMap { $0 }
    }
  }
}
