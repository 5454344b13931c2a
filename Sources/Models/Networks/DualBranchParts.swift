import Configuration
import LatentModels
import Layers
import Registry
import Torch

/// What a network of two branches needs, checked before anything is built.
struct DualBranchParts: Sendable {
  private let parts: NetworkParts
  private let activation: Component<NonlinearityKind>?
  /// The layout of the latents.
  let latents: PairLayout

  init(
    activation: Component<NonlinearityKind>?, ratio: Double?, factor: Int, inverse: Bool, context: BuildContext
  ) throws(ConfigurationError) {
    self.activation = activation
    let ratio = ratio ?? 0.5
    parts = try NetworkParts(activation: activation, inverse: inverse, context: context) { n, _ in [n] }
    let divided = OctaveChannels(parts.expansionChannels.value, ratio: ratio)
    latents = PairLayout(high: divided.high, low: divided.low, factor: factor)
  }

  /// What is out of range.
  static func problems(ratio: Double?, factor: Int) -> [(key: String, sentence: String)] {
    (ratio.map { OctaveChannels.problems(ratio: $0) } ?? [])
      + ([2, 4, 8].contains(factor) ? [] : [("factor", "must be 2, 4 or 8, found \(factor)")])
  }

  /// The channels of the packed latents.
  var packed: StatedNumber { parts.expansionChannels.scaled(to: latents.packedChannels) }

  /// Plans a branch for pictures and `number` channels of its latent.
  func branch(
    _ component: Component<NetworkKind>, argument: String, number: Int, context: BuildContext
  ) throws(ConfigurationError) -> NetworkPlan {
    let plan = try network(
      component, context: context, expansion: number,
      place: NetworkPlace(input: .pictures, output: Suggestion(Node(.int(number))), scale: .reduces(16)))
    guard plan.output.value == number, plan.outputPair == nil else {
      throw ConfigurationError(
        mark: context.mark(of: argument), path: context.path(of: argument),
        "gives \(plan.output.value) channels\(plan.output.origin), and its latent has \(number) of the \(parts.expansionChannels.value)"
          + "\(parts.expansionChannels.origin)")
    }
    return plan
  }

  /// Plans a decoder of both latents.
  func decoder(_ component: Component<NetworkKind>, context: BuildContext) throws(ConfigurationError) -> NetworkPlan {
    let m = parts.expansionChannels
    let plan = try network(
      component, context: context, expansion: m.value,
      place: NetworkPlace(input: Suggestion(Node(.int(m.value))), output: .pictures, scale: .enlarges(16)))
    guard plan.input.value == m.value, plan.inputPair == nil else {
      throw ConfigurationError(
        mark: context.mark(of: "decoder"), path: context.path(of: "decoder"),
        "takes \(plan.input.value) channels\(plan.input.origin), and both latents have \(m.value)\(m.origin)")
    }
    return plan
  }

  private func network(
    _ component: Component<NetworkKind>, context: BuildContext, expansion: Int, place: NetworkPlace
  ) throws(ConfigurationError) -> NetworkPlan {
    let own = [
      "channels": context.suggestion("channels"), "activation": context.suggestion("activation"),
      "expansion_channels": Suggestion(
        Node(.int(expansion), mark: parts.expansionChannels.mark), path: parts.expansionChannels.path),
    ]
    return try context.build(component, suggesting: own.merging(place.suggestions) { own, _ in own })
  }

  /// A branch with the steps to fewer places behind it.
  func reduced(_ network: any Layer, seeds: SeedSequence) throws -> Sequential {
    var layers = [network]
    for _ in 0..<latents.factor.trailingZeroBitCount {
      layers.append(try parts.nonlinearity(latents.low))
      layers.append(try Convolution(inputChannels: latents.low, outputChannels: latents.low, seeds: seeds))
    }
    return Sequential(layers)
  }

  /// The steps to more places.
  func enlargement(seeds: SeedSequence) throws -> Sequential {
    var layers: [any Layer] = []
    for _ in 0..<latents.factor.trailingZeroBitCount {
      layers.append(try TransposedConvolution(inputChannels: latents.low, outputChannels: latents.low, seeds: seeds))
      layers.append(try parts.nonlinearity(latents.low))
    }
    return Sequential(layers)
  }
}
