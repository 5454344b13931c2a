import Layers
public import Torch

/// The context model of Li, Ma, You, Zhang, Zuo, "Efficient and effective context-based convolutional entropy modeling for image compression", IEEE
/// Transactions on Image Processing 2020: zigzag order in three dimensions with code dividing, so that a whole diagonal plane is coded at once.
///
///     group k = elements of block b, row r, column c with b + r + c = k
///     h₁ = u(c₁(ŷ)), h_{l+1} = h_l + u(c_{l+1}(h_l)), θ = e(h_L, ψ)
///
/// c₁ sees the planes before, the c behind it see the own plane, too: convolutions over blocks, rows and columns with masks that do
/// not depend on the place. As in the paper the features of a plane are computed once, when its turn comes, so all groups together cost what one pass
/// over the latent costs.
///
/// What the paper leaves open or what differs: its blocks are single channels of a few dozen; here a block has several channels, so that there are
/// H + W + B − 2 groups and not H + W + M − 2, and channels of a block do not see each other at one place. The paper has no side information; here ψ joins
/// at the end, where two layers of each block make the parameters. The units are leaky ones with a fixed slope in place of learned ones.
///
/// In training the patches of all planes are kept for the gradients: k² times what the latent and the features take.
public final class ZigzagContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  let blocks: Int
  let features: Int
  let padding: Int
  let convolutions: [PlaneConvolution]
  let ends: [BlockLayer]

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - blocks: B, into how many blocks the channels are cut; it divides M.
  ///   - features: the features of each block.
  ///   - layers: L, the number of convolutions.
  ///   - kernel: their side, odd.
  ///   - hyperChannels: K, the channels of ψ; 0 for none.
  public init(
    channels: Int, blocks: Int, features: Int, layers: Int, kernel: Int = 5, hyperChannels: Int, parametersPerElement: Int,
    seeds: SeedSequence
  ) throws {
    precondition(channels.isMultiple(of: blocks) && layers > 0, "checked by the plan")
    (self.channels, self.parametersPerElement, self.blocks, self.features) = (channels, parametersPerElement, blocks, features)
    padding = kernel / 2
    let own = channels / blocks
    convolutions = try (0..<layers).map { layer in
      try PlaneConvolution(
        blocks: blocks, inputChannels: layer == 0 ? own : features, outputChannels: features, kernel: kernel, seesOwnPlane: layer > 0,
        seeds: seeds)
    }
    let outputs = own * parametersPerElement
    ends = [
      try BlockLayer(blocks: blocks, inputChannels: features + hyperChannels, outputChannels: max(features, outputs), seeds: seeds),
      try BlockLayer(blocks: blocks, inputChannels: max(features, outputs), outputChannels: outputs, seeds: seeds),
    ]
  }

  /// The convolutions, `context.LAYER`, and the layers at the end, `entropy_parameters.LAYER`.
  public var members: [Member] {
    func list(_ name: String, _ modules: [any Module]) -> Member {
      .module(name, ModuleList(modules.enumerated().map { .module(String($0.offset), $0.element) }))
    }
    return [list("context", convolutions), list("entropy_parameters", ends)]
  }

  /// The diagonal planes.
  public func order(height: Int, width: Int) -> CodingOrder {
    let own = channels / blocks
    return CodingOrder(
      (0..<max(height + width + blocks - 2, 0)).map { plane in
        ElementGroup(
          (0..<blocks).compactMap { block in
            guard 0...height + width - 2 ~= plane - block else { return nil }
            return .init(channels: block * own..<(block + 1) * own, places: .diagonal(sum: plane - block))
          })
      })
  }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction { ZigzagPrediction(self, hyper: hyper) }
}
