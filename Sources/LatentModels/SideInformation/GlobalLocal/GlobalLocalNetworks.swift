import Layers
import Torch

/// The networks of ``GlobalLocal`` that make its latents of y.
final class GlobalLocalAnalysis: Module {
  private let queries: Parameter  // [1, T, D]
  private let embedding: TokenLinear
  private let normalization: TokenNormalization
  private let attention: CrossAttention
  private let local: Sequential
  private let tokens: Int
  private let width: Int

  init(channels: Int, width: Int, tokens: Int, heads: Int, seeds: SeedSequence) throws {
    (self.tokens, self.width) = (tokens, width)
    queries = try Parameter(Tensor.normal([1, tokens, width], seed: seeds.next()))
    embedding = try TokenLinear(channels, width, seeds: seeds)
    normalization = try TokenNormalization(width)
    attention = try CrossAttention(width: width, heads: heads, seeds: seeds)
    local = try EntropyParameters.layers(
      widths: [16 * channels, 2 * width, 2 * width, width], unit: { GaussianErrorLinear() }, seeds: seeds)
  }

  var members: [Member] {
    [
      .parameter("tokens", queries), .module("embedding", embedding), .module("norm", normalization), .module("attention", attention),
      .module("local", local),
    ]
  }

  /// Returns the global latent, `[N, D, T, 1]`.
  func global(_ latent: Tensor) throws -> Tensor {
    try traced {
      let shape = latent.shape
      let places = try normalization.forward(embedding.forward(latent.reshaped([shape[0], shape[1], -1]).permuted([0, 2, 1])))
      let own = try queries.tensor.expanded([shape[0], tokens, width])
      return try attention.forward(own, to: places).permuted([0, 2, 1]).reshaped([shape[0], width, tokens, 1])
    }
  }

  /// Returns the local latent, `[N, D, H/4, W/4]`.
  func local(_ latent: Tensor) throws -> Tensor { try local.traced(latent.pixelsUnshuffled(factor: 4)) }
}

/// The network of ``GlobalLocal`` that makes ψ of its latents.
final class GlobalLocalSynthesis: Module {
  private let local: Sequential
  private let attention: CrossAttention
  private let end: Sequential
  private let width: Int

  init(width: Int, heads: Int, outputs: Int, seeds: SeedSequence) throws {
    self.width = width
    local = try EntropyParameters.layers(widths: [width, 2 * width, 4 * width, 16 * width], unit: { GaussianErrorLinear() }, seeds: seeds)
    attention = try CrossAttention(width: width, heads: heads, seeds: seeds)
    end = try EntropyParameters.layers(from: width, to: outputs, least: width, unit: { GaussianErrorLinear() }, seeds: seeds)
  }

  var members: [Member] { [.module("local", local), .module("attention", attention), .module("end", end)] }

  /// Returns ψ, `[N, K, H, W]`.
  func forward(global: Tensor, local latent: Tensor) throws -> Tensor {
    try traced {
      let features = try local.traced(latent).pixelsShuffled(factor: 4)
      let shape = features.shape
      let places = try features.reshaped([shape[0], width, -1]).permuted([0, 2, 1])
      let tokens = try global.reshaped([shape[0], width, -1]).permuted([0, 2, 1])
      return try end.traced(attention.forward(places, to: tokens).permuted([0, 2, 1]).reshaped(shape))
    }
  }
}

/// Attention of some tokens to others, and a network over each: x ← x + o(attention of n(x) to the others), x ← x + f(n(x)).
final class CrossAttention: Module {
  private let normalization: TokenNormalization
  private let queries: TokenLinear
  private let keysAndValues: TokenLinear
  private let output: TokenLinear
  private let feedNormalization: TokenNormalization
  private let feedForward: TokenFeedForward
  private let width: Int
  private let heads: Int

  init(width: Int, heads: Int, seeds: SeedSequence) throws {
    (self.width, self.heads) = (width, heads)
    normalization = try TokenNormalization(width)
    queries = try TokenLinear(width, width, seeds: seeds)
    keysAndValues = try TokenLinear(width, 2 * width, seeds: seeds)
    output = try TokenLinear(width, width, seeds: seeds)
    feedNormalization = try TokenNormalization(width)
    feedForward = try TokenFeedForward(width, ratio: 4, unit: .gaussianErrorLinear, seeds: seeds)
  }

  var members: [Member] {
    [
      .module("norm1", normalization), .module("q", queries), .module("kv", keysAndValues), .module("output", output),
      .module("norm2", feedNormalization), .module("mlp", feedForward),
    ]
  }

  /// Returns `[N, Q, D]` of tokens `[N, Q, D]` and others `[N, S, D]`.
  func forward(_ tokens: Tensor, to others: Tensor) throws -> Tensor {
    try traced {
      let pairs = try keysAndValues.forward(others)
      let attended = try HeadAttention.output(
        queries: HeadAttention.split(queries.forward(normalization.forward(tokens)), heads: heads),
        keys: HeadAttention.split(pairs.narrowed(2, from: 0, length: width), heads: heads),
        values: HeadAttention.split(pairs.narrowed(2, from: width, length: width), heads: heads)
      ) { scores, _, _ in try scores / Double(width / heads).squareRoot() }
      let sum = try tokens + output.forward(attended)
      return try sum + feedForward.forward(feedNormalization.forward(sum))
    }
  }
}
