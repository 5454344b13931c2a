import Torch

/// A layer over the features of tokens: `[…, I]` to `[…, O]`.
final class TokenLinear: Module {
  private let weight: Parameter  // [O, I]
  private let bias: Parameter?  // [O]

  /// Creates the layer with random weights, uniform within ±1/√I.
  init(_ inputs: Int, _ outputs: Int, hasBias: Bool = true, seeds: SeedSequence) throws {
    let limit = 1 / Double(inputs).squareRoot()
    weight = try Parameter(Tensor.uniform([outputs, inputs], in: -limit...limit, seed: seeds.next()))
    bias = hasBias ? try Parameter(Tensor.uniform([outputs], in: -limit...limit, seed: seeds.next())) : nil
  }

  var members: [Member] { [.parameter("weight", weight)] + (bias.map { [.parameter("bias", $0)] } ?? []) }

  func forward(_ input: Tensor) throws -> Tensor {
    try traced {
      let product = try input.multiplied(byMatrix: weight.tensor.permuted([1, 0]))
      return try bias.map { try product + $0.tensor } ?? product
    }
  }
}

/// The normalization of each token's features: Ba, Kiros, Hinton, "Layer normalization", 2016.
final class TokenNormalization: Module {
  private let weight: Parameter
  private let bias: Parameter

  init(_ features: Int) throws {
    weight = try Parameter(Tensor.full([features], 1))
    bias = try Parameter(Tensor.zeros([features]))
  }

  var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias)] }

  func forward(_ input: Tensor) throws -> Tensor { try traced { try input.normalized(weight: weight.tensor, bias: bias.tensor) } }
}

/// Two layers over the features of tokens, the first of them `ratio` times as wide, with a unit between.
final class TokenFeedForward: Module {
  enum Unit {
    case gaussianErrorLinear
    case leaky(slope: Double)
  }

  private let first: TokenLinear
  private let second: TokenLinear
  private let unit: Unit

  init(_ features: Int, ratio: Int, unit: Unit, seeds: SeedSequence) throws {
    first = try TokenLinear(features, features * ratio, seeds: seeds)
    second = try TokenLinear(features * ratio, features, seeds: seeds)
    self.unit = unit
  }

  var members: [Member] { [.module("0", first), .module("1", second)] }

  func forward(_ input: Tensor) throws -> Tensor {
    try traced {
      let inner = try first.forward(input)
      switch unit {
      case .gaussianErrorLinear: return try second.forward(inner.weightedByNormalDistribution())
      case .leaky(let slope): return try second.forward(inner.rectified(slope: slope))
      }
    }
  }
}
