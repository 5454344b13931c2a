import Layers
public import Torch

/// Two further latents, from coarse to fine: Hu, Yang, Liu, "Coarse-to-fine hyper-prior modeling for learned image compression", AAAI 2020.
///
///     z₁ = a₁(y), z₂ = a₂(z₁)
///     p(ẑ₂) = Π_c p_c(ẑ₂), p(ẑ₁ | ẑ₂) = N(μ, σ²), (σ, μ) = e₁(f₂), f₂ = s₂(ẑ₂)
///     ψ = e₀(f₁, f₂↑), f₁ = s₁(ẑ₁)
///
/// (figure 1.) a and s are the signal-preserving transforms, each of which halves or doubles the sides; f₂↑ is f₂ laid out to the sides of
/// y as the authors' reconstruction network does it. e is three convolutions, 3×3, 3×3 and 1×1 with leaky units between, which see the 5×5 places that
/// the authors' prediction network sees of a patch cut out for each place.
///
/// What the paper leaves open or what differs: ψ sees both layers, the paper predicts y from the finer one alone and gives both to the reconstruction; the
/// coarsest latent has densities of an entropy bottleneck in place of Gaussians of zero mean, which they contain nearly; the analyses see the latents before
/// rounding, since y is rounded around means that are not known yet.
public final class CoarseToFine: SideInformation {
  private let analyses: [SignalPreservingAnalysis]  // y to z₁, z₁ to z₂
  private let syntheses: [SignalPreservingSynthesis]  // z₁ to f₁, z₂ to f₂
  private let predictions: [Sequential]  // of y and of z₁
  private let bottleneck: EntropyBottleneck
  private let fine: GroupCoding

  /// Creates it with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - channels: M, the channels of y.
  ///   - bottleneck: the entropy model of z₂, whose channels z₂ has.
  ///   - conditional: that of z₁.
  ///   - fineChannels: the channels of z₁, a multiple of 4.
  ///   - hyperChannels: K, the channels of ψ.
  public init(
    channels: Int, fineChannels: Int, hyperChannels: Int, bottleneck: EntropyBottleneck, conditional: GaussianConditional,
    seeds: SeedSequence
  ) throws {
    let (m, c, coarse) = (channels, fineChannels, bottleneck.channels)
    analyses = [
      try SignalPreservingAnalysis(inputChannels: m, spread: 2 * m, width: 4 * m, outputChannels: c, seeds: seeds),
      try SignalPreservingAnalysis(inputChannels: c, spread: c, width: coarse, outputChannels: coarse, seeds: seeds),
    ]
    syntheses = [
      try SignalPreservingSynthesis(inputChannels: c, width: 4 * m, outputChannels: m, seeds: seeds),
      try SignalPreservingSynthesis(inputChannels: coarse, width: c, outputChannels: c, seeds: seeds),
    ]
    predictions = [
      try Self.prediction(from: m + c / 4, to: hyperChannels, seeds: seeds), try Self.prediction(from: c, to: 2 * c, seeds: seeds),
    ]
    self.bottleneck = bottleneck
    fine = GroupCoding(
      try NoContext(channels: c, hyperChannels: 2 * c, parametersPerElement: 2, seeds: seeds), density: GaussianDensity(conditional),
      noiseName: "z1")
  }

  private static func prediction(from inputs: Int, to outputs: Int, seeds: SeedSequence) throws -> Sequential {
    func convolution(_ input: Int, _ output: Int, _ kernel: Int) throws -> Convolution {
      try Convolution(inputChannels: input, outputChannels: output, kernel: kernel, stride: 1, seeds: seeds)
    }
    return Sequential([
      try convolution(inputs, inputs, 3), LeakyRectifiedLinear(), try convolution(inputs, inputs, 3), LeakyRectifiedLinear(),
      try convolution(inputs, outputs, 1),
    ])
  }

  /// The networks of both layers, from fine to coarse, and the entropy models.
  public var members: [Member] {
    func list(_ name: String, _ modules: [any Module]) -> Member {
      .module(name, ModuleList(modules.enumerated().map { .module(String($0.offset), $0.element) }))
    }
    return [
      .module("entropy_bottleneck", bottleneck), list("h_a", analyses), list("h_s", syntheses), list("prediction", predictions),
      .module("z1", fine),
    ]
  }

  /// Two: z₂ and z₁, in the order in which they are decoded.
  public var streamCount: Int { 2 }
  /// Four: each layer halves the sides.
  public var sideMultiple: Int { 4 }

  /// Returns ψ and the likelihoods of both latents.
  public func forward(
    _ latent: Tensor, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (hyper: Tensor?, likelihoods: [(name: String, tensor: Tensor)]) {
    let (first, second) = try analyzed(latent)
    let coarse = try bottleneck.forward(second, quantizer: quantizer, name: "z2", noise: noise)
    let features = noise == nil ? try coarseFeatures(bottleneck.quantized(second)) : try syntheses[1].traced(coarse.values)
    let parameters = noise == nil ? try fineParameters(features) : try predictions[1].traced(features)
    let fine = try fine.forward(first, hyper: parameters, quantizer: quantizer, noise: noise)
    let hyper = noise == nil ? try psi(fine.values, features) : try psiNetwork(fine.values, features)
    return (hyper, [("z2", coarse.likelihoods), ("z1", fine.likelihoods)])
  }

  /// Returns the payloads of z₂ and of z₁, and ψ.
  public func compress(_ latent: Tensor) throws -> (streams: [[[UInt8]]], hyper: Tensor?) {
    let (first, second) = try StageTrace.measuring(.hyperAnalysis) { try analyzed(latent) }
    let coarse = try StageTrace.measuring(.entropyCoding) { try bottleneck.compress(second) }
    let features = try coarseFeatures(bottleneck.quantized(second))
    let parameters = try fineParameters(features)
    // What is decoded, which is what the decoder computes ψ of.
    let (streams, values) = try StageTrace.measuring(.entropyCoding) {
      (try fine.compress(first, hyper: parameters), try fine.quantized(first, hyper: parameters))
    }
    return ([coarse] + streams, try psi(values, features))
  }

  /// Returns ψ.
  public func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor? {
    guard streams.count == 2 else {
      throw LatentModelError.size(expected: "streams of z2 and z1 for each picture", found: "\(streams.count)")
    }
    let second = try StageTrace.measuring(.entropyCoding) {
      try bottleneck.decompress(streams[0], height: height / 4, width: width / 4)
    }
    let features = try coarseFeatures(second)
    let parameters = try fineParameters(features)
    let first = try StageTrace.measuring(.entropyCoding) {
      try fine.decompress([streams[1]], hyper: parameters, height: height / 2, width: width / 2)
    }
    return try psi(first, features)
  }

  /// Returns the bottleneck's auxiliary loss.
  public func auxiliaryLoss() throws -> Tensor? { try bottleneck.auxiliaryLoss() }

  /// Computes the tables of both entropy models.
  public func updateTables() throws {
    try bottleneck.updateTables()
    try fine.updateTables()
  }

  private func analyzed(_ latent: Tensor) throws -> (first: Tensor, second: Tensor) {
    let first = try analyses[0].traced(latent)
    return (first, try analyses[1].traced(first))
  }
}

extension CoarseToFine {
  private func coarseFeatures(_ values: Tensor) throws -> Tensor {
    try StageTrace.measuring(.entropyParameters) { try CodingConditions.output(of: syntheses[1], for: values) }
  }

  private func fineParameters(_ features: Tensor) throws -> Tensor {
    try StageTrace.measuring(.entropyParameters) { try CodingConditions.output(of: predictions[1], for: features) }
  }

  private func psi(_ values: Tensor, _ features: Tensor) throws -> Tensor {
    try StageTrace.measuring(.entropyParameters) { try CodingConditions.output(of: values, features, psiNetwork) }
  }

  /// Returns ψ of ẑ₁ and of the features of ẑ₂.
  private func psiNetwork(_ values: Tensor, _ features: Tensor) throws -> Tensor {
    try predictions[0].traced(Tensor.concatenated([syntheses[0].traced(values), features.pixelsShuffled(factor: 2)], along: 1))
  }
}
