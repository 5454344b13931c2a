import Layers
public import Torch

/// The channel-wise context model of Minnen, Singh, "Channel-wise autoregressive entropy models for learned image compression", ICIP 2020: slices of
/// channels, each predicted from side information and from the slices before it, with a prediction of what rounding took away.
///
///     (θ_1, …, θ_P)_i = (e_1(ψ_1, ŷ_<i), …, e_P(ψ_P, ŷ_<i))          ŷ_i ← ŷ_i + ½·tanh(r(ψ_P, ŷ_<i, ŷ_i))
///
/// (figures 1 and 2; of Gaussians θ are scale and mean.) Each network is three convolutions 5×5, 224 and 128 wide unless stated otherwise, with rectified linear units
/// between. ψ is cut into P parts of equal size, where the paper has a hyper synthesis for each of both; r sees the last of them, the part of the means.
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

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - slices: into how many parts the channels are cut, of sizes that differ by one at most.
  ///   - hyperChannels: K, the channels of ψ, a multiple of P; 0 for none.
  ///   - support: from how many slices, from the first on, a slice is predicted at most; nil for all.
  ///   - predictsResiduals: whether ŷ is corrected by what rounding probably took away.
  ///   - widths: those of the networks between input and output.
  public init(
    channels: Int, slices: Int, hyperChannels: Int, parametersPerElement: Int, support: Int? = nil, predictsResiduals: Bool = true,
    widths: ContextWidths = .paper, seeds: SeedSequence
  ) throws {
    precondition(hyperChannels % parametersPerElement == 0 && 1...channels ~= slices, "checked by the plan")
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    self.support = support
    self.hyperChannels = hyperChannels
    let ranges = ChannelGroups.ranges((0..<slices).map { (channels * ($0 + 1)) / slices - channels * $0 / slices })
    self.ranges = ranges
    let side = hyperChannels / parametersPerElement
    func network(_ inputs: Int, _ outputs: Int) throws -> Sequential {
      try EntropyParameters.layers(
        widths: [inputs, widths.first, widths.second, outputs], kernel: 5, unit: { RectifiedLinear() }, seeds: seeds)
    }
    func seen(_ number: Int) -> Int { ranges[..<min(number, support ?? number)].last?.upperBound ?? 0 }
    networks = try ranges.enumerated().map { number, range in
      // Without side information nothing predicts the first slice but a learned number for each channel.
      try (0..<parametersPerElement).map { _ in try network(max(side + seen(number), 1), range.count) }
    }
    residuals =
      try predictsResiduals ? ranges.enumerated().map { try network(side + seen($0.offset) + $0.element.count, $0.element.count) } : []
  }

  /// The networks: `entropy_parameters.SLICE.NUMBER` and `residual_prediction.SLICE`.
  public var members: [Member] {
    func list(_ networks: [Sequential]) -> ModuleList { ModuleList(networks.enumerated().map { .module(String($0.offset), $0.element) }) }
    let parameters = networks.enumerated().map { Member.module(String($0.offset), list($0.element)) }
    return [.module("entropy_parameters", ModuleList(parameters))]
      + (residuals.isEmpty ? [] : [.module("residual_prediction", list(residuals))])
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

  private struct Prediction: GroupPrediction {
    let model: ChannelwiseContext
    /// ψ in P parts.
    let side: [Tensor]?

    func parameters(of group: Int, known: Tensor) throws -> Tensor {
      let outputs = try model.networks[group].enumerated().map { number, network in
        try network.traced(features(side?[number], of: group, known: known))
      }
      return try Tensor.concatenated(outputs, along: 1)
    }

    func refined(after group: Int, known: Tensor) throws -> Tensor {
      guard !model.residuals.isEmpty else { return known }
      let range = model.ranges[group]
      let own = try known.narrowed(1, from: range.lowerBound, length: range.count)
      let before = try pieces(side?.last, of: group, known: known)
      let residual = try model.residuals[group].traced(Tensor.concatenated(before + [own], along: 1)).hyperbolicTangent() * 0.5
      return try known + residual.paddedChannels(before: range.lowerBound, after: model.channels - range.upperBound)
    }

    private func features(_ side: Tensor?, of group: Int, known: Tensor) throws -> Tensor {
      let pieces = try pieces(side, of: group, known: known)
      if pieces.isEmpty { return try known.narrowed(1, from: 0, length: 1).detached().zerosLike() }
      return pieces.count == 1 ? pieces[0] : try Tensor.concatenated(pieces, along: 1)
    }

    private func pieces(_ side: Tensor?, of group: Int, known: Tensor) throws -> [Tensor] {
      let seen = model.ranges[..<min(group, model.support ?? group)].last?.upperBound ?? 0
      return [side, seen > 0 ? try known.narrowed(1, from: 0, length: seen) : nil].compactMap { $0 }
    }
  }
}
