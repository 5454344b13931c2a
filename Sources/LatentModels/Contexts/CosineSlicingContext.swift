import Layers
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The multistage context model of Lu, Ma, "High-efficiency lossy image coding through adaptive neighborhood information aggregation", 2022 (TinyLIC):
/// slices of channels that grow as a cosine, the first in four stages of places, the next in two, the last at once.
///
///     slice i: c_i = g_i(ψ, ŷ of the slices before); stage k of it: (σ, μ) = e_i(ψ, φ_k, c_k), φ_k = masked convolution of the stages before
///
/// Slice i has ⌈cos(π·i/(2·S))·M⌉ − ⌈cos(π·(i + 1)/(2·S))·M⌉ channels of S slices. g_i is three convolutions, 5×5, 5×5 and 3×3, e_i three
/// convolutions 1×1, with GELU between. The four stages of a 2×2 patch are the upper left, the lower right, the upper right and the lower left; two
/// stages are a checkerboard, whose first half are by turns the odd and the even squares. The paper names four slices, of which the second and the third
/// have two stages. Widths, order and what is concatenated are those of lumingzzz/TinyLIC.
public final class CosineSlicingContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  private let slices: [Slice]

  /// The networks of one slice.
  private struct Slice {
    let range: Range<Int>
    let stages: [PlacePattern]
    let channelNetwork: Sequential
    let spatial: [Convolution]  // of the stages from the second on
    let parameters: Sequential
  }

  /// The sizes of `count` slices of M channels; those that get none are left out.
  public static func sliceSizes(channels: Int, count: Int) -> [Int] {
    let ends = (0..<count).map { Int((cos(Double($0) * .pi / (2 * Double(count))) * Double(channels)).rounded(.up)) } + [0]
    return zip(ends, ends.dropFirst()).map { $0 - $1 }.filter { $0 > 0 }
  }

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - slices: S, the number of slices.
  ///   - hyperChannels: K, the channels of ψ; 0 for none.
  public init(channels: Int, slices: Int, hyperChannels: Int, parametersPerElement: Int, seeds: SeedSequence) throws {
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    let ranges = ChannelGroups.ranges(Self.sliceSizes(channels: channels, count: slices))
    self.slices = try ranges.enumerated().map { number, range in
      let (size, stages) = (range.count, Self.stages(of: number, among: ranges.count))
      let outputs = size * parametersPerElement
      func convolution(_ inputs: Int, _ outputs: Int, _ kernel: Int) throws -> Convolution {
        try Convolution(inputChannels: inputs, outputChannels: outputs, kernel: kernel, stride: 1, seeds: seeds)
      }
      let seen = max(hyperChannels + range.lowerBound, 1)
      let channelNetwork = Sequential([
        try convolution(seen, size, 5), GaussianErrorLinear(), try convolution(size, size, 5), GaussianErrorLinear(),
        try convolution(size, outputs, 3),
      ])
      let spatial = try stages.indices.dropFirst().map { try convolution(size, outputs, stages.count == 4 && $0 == 1 ? 3 : 5) }
      // A slice of one stage has nothing to choose from.
      let widths =
        stages.count > 1
        ? [hyperChannels + 2 * outputs, max(5 * outputs / 3, 1), max(4 * outputs / 3, 1), outputs]
        : [hyperChannels + outputs, outputs, outputs, outputs]
      return Slice(
        range: range, stages: stages, channelNetwork: channelNetwork, spatial: spatial,
        parameters: try EntropyParameters.layers(widths: widths, unit: { GaussianErrorLinear() }, seeds: seeds))
    }
  }

  private static func stages(of slice: Int, among count: Int) -> [PlacePattern] {
    if slice == 0 {
      return [(0, 0), (1, 1), (0, 1), (1, 0)].map { .periodic(period: 2, cells: [PlacePattern.Cell($0.0, $0.1)]) }
    }
    guard slice < count - 1 else { return [.all] }
    return slice.isMultiple(of: 2) ? [.evenSquares, .oddSquares] : [.oddSquares, .evenSquares]
  }

  /// The networks: `channel_context.SLICE`, `context_prediction.SLICE.STAGE` and `entropy_parameters.SLICE`.
  public var members: [Member] {
    func list(_ modules: [any Module]) -> ModuleList { ModuleList(modules.enumerated().map { .module(String($0.offset), $0.element) }) }
    return [
      .module("channel_context", list(slices.map(\.channelNetwork))), .module("context_prediction", list(slices.map { list($0.spatial) })),
      .module("entropy_parameters", list(slices.map(\.parameters))),
    ]
  }

  /// The stages of each slice.
  public func order(height: Int, width: Int) -> CodingOrder {
    CodingOrder(slices.flatMap { slice in slice.stages.map { ElementGroup(channels: slice.range, places: $0) } })
  }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction { Prediction(model: self, hyper: hyper) }

  private final class Prediction: GroupPrediction {
    let model: CosineSlicingContext
    let hyper: Tensor?
    /// The slice and the stage of each group.
    let places: [(slice: Int, stage: Int)]
    var channelContext: (slice: Int, tensor: Tensor)?

    init(model: CosineSlicingContext, hyper: Tensor?) {
      (self.model, self.hyper) = (model, hyper)
      places = model.slices.enumerated().flatMap { number, slice in slice.stages.indices.map { (number, $0) } }
    }

    func parameters(of group: Int, known: Tensor) throws -> Tensor {
      let (number, stage) = places[group]
      let slice = model.slices[number]
      let channel = try channelContext(of: number, known: known)
      var parts = hyper.map { [$0] } ?? []
      if slice.stages.count > 1 {
        let own = try known.narrowed(1, from: slice.range.lowerBound, length: slice.range.count)
        parts.append(stage > 0 ? try slice.spatial[stage - 1].traced(own) : try channel.detached().zerosLike())
      }
      parts.append(channel)
      return try slice.parameters.traced(parts.count == 1 ? parts[0] : Tensor.concatenated(parts, along: 1))
    }

    private func channelContext(of slice: Int, known: Tensor) throws -> Tensor {
      if let channelContext, channelContext.slice == slice { return channelContext.tensor }
      let start = model.slices[slice].range.lowerBound
      let before = start > 0 ? try known.narrowed(1, from: 0, length: start) : nil
      let parts = [hyper, before].compactMap { $0 }
      // Without side information nothing is known of the first slice.
      let seen =
        try parts.isEmpty
        ? known.narrowed(1, from: 0, length: 1).detached().zerosLike() : parts.count == 1 ? parts[0] : Tensor.concatenated(parts, along: 1)
      let tensor = try model.slices[slice].channelNetwork.traced(seen)
      channelContext = (slice, tensor)
      return tensor
    }
  }
}
