public import LatentModels
public import Torch

/// The parts of a model whose latent y is described by a second latent z, the hyperprior.
public struct HyperpriorParts {
  /// g_a, `[N, 3, H, W]` to y `[N, M, H/a, W/a]`.
  public let encoder: any Layer
  /// g_s, ŷ to `[N, 3, H, W]`.
  public let decoder: any Layer
  /// h_a, what the model makes of y to z `[N, N, H/(a·b), W/(a·b)]`.
  public let hyperAnalysis: any Layer
  /// h_s, ẑ to the parameters of y's densities, with the height and the width of y.
  public let hyperSynthesis: any Layer
  /// The entropy model of z.
  public let entropyBottleneck: EntropyBottleneck
  /// The entropy model of y.
  public let gaussianConditional: GaussianConditional
  /// a·b, the number of which the sides of pictures are multiples.
  public let sideMultiple: Int

  /// Gathers parts that fit each other.
  public init(
    encoder: any Layer, decoder: any Layer, hyperAnalysis: any Layer, hyperSynthesis: any Layer, entropyBottleneck: EntropyBottleneck,
    gaussianConditional: GaussianConditional, sideMultiple: Int
  ) {
    self.encoder = encoder
    self.decoder = decoder
    self.hyperAnalysis = hyperAnalysis
    self.hyperSynthesis = hyperSynthesis
    self.entropyBottleneck = entropyBottleneck
    self.gaussianConditional = gaussianConditional
    self.sideMultiple = sideMultiple
  }

  /// The parts under CompressAI's names.
  public var members: [Member] {
    [
      .module("entropy_bottleneck", entropyBottleneck), .module("g_a", encoder), .module("g_s", decoder), .module("h_a", hyperAnalysis),
      .module("h_s", hyperSynthesis), .module("gaussian_conditional", gaussianConditional),
    ]
  }
}

/// A model whose latent y is coded given a second latent z, without a context model.
///
///     x ─ g_a ─ y ──────────── Q ─ ŷ ─ g_s ─ x̂
///               │              │
///              h_a ─ z ─ Q ─ ẑ ─ h_s ─ Gaussian parameters
///
/// y is coded by a ``GaussianConditional``, z by an ``EntropyBottleneck``. A model says what h_a sees and what the output of h_s means.
public protocol HyperpriorModel: CompressionModel {
  /// The networks and entropy models.
  var parts: HyperpriorParts { get }

  /// Returns what the hyper analysis gets of y, of its shape.
  func hyperInput(_ y: Tensor) throws -> Tensor

  /// Returns the parameters of y's densities in the output of the hyper synthesis.
  func gaussianParameters(_ output: Tensor) throws -> GaussianParameters
}

extension HyperpriorModel {
  /// The parts under CompressAI's names.
  public var members: [Member] { parts.members }

  /// The product of all halvings of both analyses.
  public var sideMultiple: Int { parts.sideMultiple }

  /// Returns the latent y of pictures.
  public func analyze(_ pictures: Tensor) throws -> Tensor { try parts.encoder.forward(pictures) }

  /// Returns the second latent z of a latent y.
  public func hyperAnalyze(_ y: Tensor) throws -> Tensor { try parts.hyperAnalysis.forward(hyperInput(y)) }

  /// Returns the pictures of a latent ŷ, not clamped.
  public func synthesize(_ latent: Tensor) throws -> Tensor { try parts.decoder.forward(latent) }

  /// Returns the reconstruction and the likelihoods of z and y.
  public func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput {
    let (values, likelihoods) = try code(pictures, noise: noise)
    return ForwardOutput(reconstruction: try synthesize(values), likelihoods: likelihoods)
  }

  /// Returns the likelihoods of the rounded z and y.
  public func likelihoods(of pictures: Tensor) throws -> [(name: String, tensor: Tensor)] { try code(pictures, noise: nil).likelihoods }

  private func code(
    _ pictures: Tensor, noise: (any NoiseSource)?
  ) throws -> (values: Tensor, likelihoods: [(name: String, tensor: Tensor)]) {
    let y = try analyze(pictures)
    let z = try hyperAnalyze(y)
    let hyper = try parts.entropyBottleneck.forward(z, noise: try noise?.noise(for: "z", shape: z.shape))
    let parameters = try gaussianParameters(parts.hyperSynthesis.forward(hyper.values))
    let main = try parts.gaussianConditional.forward(y, parameters: parameters, noise: try noise?.noise(for: "y", shape: y.shape))
    return (main.values, [("z", hyper.likelihoods), ("y", main.likelihoods)])
  }

  /// Returns the bottleneck's auxiliary loss.
  public func auxiliaryLoss() throws -> Tensor { try parts.entropyBottleneck.auxiliaryLoss() }

  /// Computes the tables of both entropy models.
  public func updateTables() throws {
    try parts.entropyBottleneck.updateTables()
    try parts.gaussianConditional.updateTables()
  }

  /// Returns two payloads, of y and of z, for each picture; the size is that of z.
  public func compress(_ pictures: Tensor) throws -> CodedBatch {
    try withoutGradients {
      let y = try analyze(pictures)
      let z = try hyperAnalyze(y)
      let parameters = try codingParameters(parts.entropyBottleneck.quantized(z))
      return CodedBatch(
        payloads: [try parts.gaussianConditional.compress(y, parameters: parameters), try parts.entropyBottleneck.compress(z)],
        latentHeight: z.shape[2], latentWidth: z.shape[3])
    }
  }

  /// Returns the decoded pictures.
  public func decompress(_ coded: CodedBatch) throws -> Tensor {
    guard coded.payloads.count == 2 else {
      throw LatentModelError.size(expected: "two payloads for each picture", found: "\(coded.payloads.count)")
    }
    return try withoutGradients {
      let z = try parts.entropyBottleneck.decompress(coded.payloads[1], height: coded.latentHeight, width: coded.latentWidth)
      let y = try parts.gaussianConditional.decompress(coded.payloads[0], parameters: codingParameters(z))
      return try synthesize(y).clamped(from: 0, to: 1)
    }
  }

  /// Returns the parameters that coding uses, of each picture by itself.
  ///
  /// A convolution of a batch can differ from that of one picture in the last bits, and a scale that crosses to another table makes a file
  /// unreadable; so the result must not depend on what a picture is coded or decoded together with.
  private func codingParameters(_ z: Tensor) throws -> GaussianParameters {
    let outputs = try (0..<z.shape[0]).map { try parts.hyperSynthesis.forward(z.narrowed(0, from: $0, length: 1)) }
    return try gaussianParameters(outputs.count == 1 ? outputs[0] : Tensor.concatenated(outputs))
  }
}
