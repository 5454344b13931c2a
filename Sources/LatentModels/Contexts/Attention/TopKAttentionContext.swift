import Layers
public import Torch

/// The context model of Qian, Lin, Sun, Tan, Jin, "Entroformer: A transformer-based entropy model for learned image compression", ICLR 2022, in its parallel,
/// bidirectional form: half of the places is predicted from side information, the other half by a transformer from all of the first half.
///
///     first half: θ = e(0, ψ)          second half: θ = e(φ, ψ), φ = T(ŷ of the first half)
///
/// Each place is a token; T is a linear layer, blocks of top-k self-attention with a diamond-shaped relative position encoding, and a
/// normalization with a linear layer. A token attends to the tokens of the first half and to itself, at any distance.
///
/// What the paper leaves open or what differs: k is the same in training, where the authors draw it anew at each step; the first half are the even squares, as
/// in this project's other checkerboards; dropout is left out; queries are worked on in pieces, so that memory grows with the number of places and not with
/// its square. The time grows with the square.
public final class TopKAttentionContext: GroupedContext {
  /// The sizes of the transformer.
  public struct Transformer: Sendable, Equatable {
    /// The features of a token.
    public var width: Int
    /// The heads, a divisor of the width.
    public var heads: Int
    /// The blocks.
    public var depth: Int
    /// The side of the table of relative positions, odd.
    public var positions: Int
    /// How many tokens a token attends to.
    public var topK: Int

    /// Creates the sizes, by default those of the authors.
    public init(width: Int = 384, heads: Int = 6, depth: Int = 6, positions: Int = 7, topK: Int = 32) {
      (self.width, self.heads, self.depth, self.positions, self.topK) = (width, heads, depth, positions, topK)
    }
  }

  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  private let embedding: TokenLinear
  private let blocks: [TopKAttentionBlock]
  private let normalization: TokenNormalization
  private let head: TokenLinear
  private let entropyParameters: Sequential

  /// Creates the model.
  ///
  /// - Parameter hyperChannels: K, the channels of ψ; 0 for none.
  public init(channels: Int, transformer: Transformer, hyperChannels: Int, parametersPerElement: Int, seeds: SeedSequence) throws {
    precondition(transformer.width.isMultiple(of: transformer.heads) && transformer.positions % 2 == 1, "checked by the settings")
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    let outputs = parametersPerElement * channels
    embedding = try TokenLinear(channels, transformer.width, seeds: seeds)
    blocks = try (0..<transformer.depth).map { _ in
      try TopKAttentionBlock(
        width: transformer.width, heads: transformer.heads, side: transformer.positions, topK: transformer.topK, seeds: seeds)
    }
    normalization = try TokenNormalization(transformer.width)
    head = try TokenLinear(transformer.width, outputs, seeds: seeds)
    entropyParameters = try EntropyParameters.layers(from: outputs + hyperChannels, to: outputs, seeds: seeds)
  }

  /// The transformer and the network at the end.
  public var members: [Member] {
    let numbered = blocks.enumerated().map { Member.module(String($0.offset), $0.element) }
    return [
      .module("embedding", embedding), .module("blocks", ModuleList(numbered)), .module("norm", normalization), .module("head", head),
      .module("entropy_parameters", entropyParameters),
    ]
  }

  /// The even squares, then the odd ones.
  public func order(height: Int, width: Int) -> CodingOrder { CheckerboardContext.order(channels: 0..<channels) }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction { Prediction(model: self, hyper: hyper) }

  /// Returns φ, `[N, P·M, H, W]`.
  private func context(_ known: Tensor) throws -> Tensor {
    let shape = known.shape
    let grid = TokenGrid(height: shape[2], width: shape[3]) { PlacePattern.evenSquares.holds(row: $0, column: $1) }
    var tokens = try embedding.forward(known.reshaped([shape[0], shape[1], -1]).permuted([0, 2, 1]))
    for block in blocks { tokens = try block.forward(tokens, grid: grid) }
    return try head.forward(normalization.forward(tokens)).permuted([0, 2, 1]).reshaped([shape[0], -1, shape[2], shape[3]])
  }

  private struct Prediction: GroupPrediction {
    let model: TopKAttentionContext
    let hyper: Tensor?

    func parameters(of group: Int, known: Tensor) throws -> Tensor {
      let shape = known.shape
      let context =
        group > 0
        ? try model.context(known)
        : try Tensor.zeros([shape[0], model.parametersPerElement * model.channels, shape[2], shape[3]]).to(known.device)
      return try model.entropyParameters.traced(hyper.map { try Tensor.concatenated([context, $0], along: 1) } ?? context)
    }
  }
}
