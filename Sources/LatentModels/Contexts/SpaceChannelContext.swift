import Layers
public import Torch

/// The unevenly grouped space-channel context model of He et al., "ELIC: Efficient learned image compression with unevenly grouped space-channel
/// contextual adaptive coding", CVPR 2022: the channels in groups of growing size, each group a checkerboard that also sees the groups before it.
///
///     Φ_ch = g_ch(ŷ of the groups before), Φ_sp = g_sp(the first half of ŷ of the group), (σ, μ) = e(Φ_sp, Φ_ch, ψ)
///
/// (section 4.2 and figure 5.) g_ch is three convolutions 5×5, 224 and 128 wide unless stated otherwise, g_sp a masked convolution 5×5, e three convolutions 1×1, all with
/// rectified linear units between. Names and shapes of the state are those of CompressAI's `Elic2022Official` and `Elic2022Chandelier`.
public final class SpaceChannelContext: GroupedContext {
  /// How wide the networks are that make a group's parameters.
  public enum Aggregation: Sendable {
    /// By even steps from the inputs to the outputs, but at least as wide as given.
    case ramp(least: Int)
    /// As wide as given.
    case widths(first: Int, second: Int)
  }

  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  private let ranges: [Range<Int>]
  private let support: ChannelSupport
  private let channelNetworks: [Sequential]  // of the groups from the second on
  private let squares: [CheckerboardContext]

  /// The paper's group sizes for M channels: 16, 16, 32, 64 and the rest; a twentieth, a twentieth, a tenth and a fifth where there are fewer than 192.
  public static func groupSizes(channels: Int) -> [Int] {
    let first = channels >= 192 ? [16, 16, 32, 64] : [1, 1, 2, 4].map { max(1, $0 * channels / 20) }
    let rest = channels - first.reduce(0, +)
    return rest > 0 ? first + [rest] : [channels]
  }

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - groups: the sizes of the groups of channels, positive.
  ///   - hyperChannels: K, the channels of ψ; 0 for none.
  ///   - support: which groups a group sees.
  ///   - aggregation: the widths of e.
  ///   - widths: those of g_ch between input and output.
  public init(
    groups: [Int], hyperChannels: Int, parametersPerElement: Int, support: ChannelSupport = .all, aggregation: Aggregation,
    widths: ContextWidths = .paper, seeds: SeedSequence
  ) throws {
    precondition(!groups.isEmpty && groups.allSatisfy { $0 > 0 }, "groups have channels")
    let ranges = ChannelGroups.ranges(groups)
    channels = groups.reduce(0, +)
    (self.parametersPerElement, self.ranges, self.support) = (parametersPerElement, ranges, support)
    channelNetworks = try ranges.indices.dropFirst().map { number in
      let seen = support.ranges(of: number, groups: ranges).reduce(0) { $0 + $1.count }
      return try EntropyParameters.layers(
        widths: [seen, widths.first, widths.second, groups[number] * parametersPerElement], kernel: 5, unit: { RectifiedLinear() },
        seeds: seeds)
    }
    squares = try groups.enumerated().map { number, size in
      let outputs = size * parametersPerElement
      let inputs = outputs * (number > 0 ? 2 : 1) + hyperChannels
      let widths = Self.widths(aggregation, from: inputs, to: outputs)
      let network = try EntropyParameters.layers(widths: widths, unit: { RectifiedLinear() }, seeds: seeds)
      return try CheckerboardContext(
        channels: size, parametersPerElement: parametersPerElement, entropyParameters: network, seeds: seeds)
    }
  }

  private static func widths(_ aggregation: Aggregation, from inputs: Int, to outputs: Int) -> [Int] {
    switch aggregation {
    case .ramp(let least): [inputs] + [1, 2].map { max(least, (inputs * (3 - $0) + outputs * $0) / 3) } + [outputs]
    case .widths(let first, let second): [inputs, first, second, outputs]
    }
  }

  /// The networks of the groups.
  public var members: [Member] {
    named {
      "y\($0)"
    } withDensity: { _ in
      []
    }
  }

  /// The networks of the groups, each with the density, as CompressAI has one for each.
  public func members(with density: any ElementDensity) -> [Member] {
    named {
      "y\($0)"
    } withDensity: {
      $0.members(with: density)
    }
  }

  private func named(_ name: (Int) -> String, withDensity own: (CheckerboardContext) -> [Member]) -> [Member] {
    let networks = channelNetworks.enumerated().map { Member.module(name($0.offset + 1), $0.element) }
    let groups = squares.enumerated().map { number, square in
      let with = own(square)
      return Member.module(name(number), ModuleList(with.isEmpty ? square.members : with))
    }
    return [.module("channel_context", ModuleList(networks)), .module("latent_codec", ModuleList(groups))]
  }

  /// For each group of channels the even squares, then the odd ones.
  public func order(height: Int, width: Int) -> CodingOrder {
    CodingOrder(ranges.flatMap { CheckerboardContext.order(channels: $0).groups })
  }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction { Prediction(model: self, hyper: hyper) }

  private final class Prediction: PlacePrediction {
    let model: SpaceChannelContext
    let hyper: Tensor?
    var side: (group: Int, tensor: Tensor?)?

    init(model: SpaceChannelContext, hyper: Tensor?) { (self.model, self.hyper) = (model, hyper) }

    func parameters(of group: Int, known: Tensor) throws -> Tensor { try parameters(of: group, known: known, places: nil) }

    func parameters(of group: Int, known: Tensor, at places: Tensor) throws -> Tensor {
      try parameters(of: group, known: known, places: places)
    }

    private func parameters(of group: Int, known: Tensor, places: Tensor?) throws -> Tensor {
      let (number, second) = (group / 2, group % 2 == 1)
      let range = model.ranges[number]
      let own = try known.narrowed(1, from: range.lowerBound, length: range.count)
      return try model.squares[number].parameters(second: second, known: own, side: side(of: number, known: known), at: places)
    }

    /// What both halves of a group see beside their own squares.
    private func side(of number: Int, known: Tensor) throws -> Tensor? {
      if let side, side.group == number { return side.tensor }
      guard number > 0 else {
        side = (0, hyper)
        return hyper
      }
      let context = try model.channelNetworks[number - 1].traced(model.support.taken(from: known, number: number, groups: model.ranges))
      let tensor = try hyper.map { try Tensor.concatenated([context, $0], along: 1) } ?? context
      side = (number, tensor)
      return tensor
    }
  }
}
