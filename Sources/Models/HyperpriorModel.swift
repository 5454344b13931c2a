public import EntropyCoding
public import LatentModels
public import Torch

/// A model whose latent y is coded given a second latent z, without a context model.
///
///     x ─ g_a ─ y ──────────── Q ─ ŷ ─ g_s ─ x̂
///               │              │
///              h_a ─ z ─ Q ─ ẑ ─ h_s ─ Gaussian parameters
///
/// y is coded by a ``GaussianConditional``, z by an ``EntropyBottleneck``. A model says what h_a sees and what the output of h_s means.
public protocol HyperpriorModel: TransformCodingModel, CodingTransforms {
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

  /// The encoder, g_a.
  public var analysis: any Layer { parts.encoder }

  /// The decoder, g_s.
  public var synthesis: any Layer { parts.decoder }

  /// Returns the second latent z of a latent y.
  public func hyperAnalyze(_ y: Tensor) throws -> Tensor { try parts.hyperAnalysis.traced(hyperInput(y)) }

  /// Returns the reconstruction and the likelihoods of z and y.
  public func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput {
    let (values, likelihoods) = try code(analyze(pictures), noise: noise)
    return ForwardOutput(reconstruction: try synthesize(values), likelihoods: likelihoods)
  }

  /// Returns the likelihoods of the rounded z and y.
  public func likelihoods(ofLatent latent: Tensor) throws -> [(name: String, tensor: Tensor)] { try code(latent, noise: nil).likelihoods }

  private func code(
    _ y: Tensor, noise: (any NoiseSource)?
  ) throws -> (values: Tensor, likelihoods: [(name: String, tensor: Tensor)]) {
    let z = try hyperAnalyze(y)
    let hyper = try parts.entropyBottleneck.forward(z, quantizer: parts.quantizer, name: "z", noise: noise)
    let parameters = try gaussianParameters(parts.hyperSynthesis.traced(hyper.values))
    let main = try parts.gaussianConditional.forward(
      y, parameters: parameters, step: parts.step, quantizer: parts.quantizer, name: "y", noise: noise)
    return (main.values, [("z", hyper.likelihoods), ("y", main.likelihoods)])
  }

  /// Returns the bottleneck's auxiliary loss.
  public func auxiliaryLoss() throws -> Tensor { try parts.entropyBottleneck.auxiliaryLoss() }

  /// Computes the tables of both entropy models.
  public func updateTables() throws { try parts.updateTables() }

  /// All.
  public var streamForms: Set<StreamForm> { Set(StreamForm.allCases) }

  /// Returns the payloads in the compatible form.
  public func compress(latent: Tensor) throws -> CodedBatch { try compress(latent: latent, form: .compatible) }

  /// Returns two payloads, of y and of z, for each picture; the size is that of z.
  public func compress(latent y: Tensor, form: StreamForm) throws -> CodedBatch {
    try withoutGradients {
      let z = try StageTrace.measuring(.hyperAnalysis) { try hyperAnalyze(y) }
      let parameters = try StageTrace.measuring(.entropyParameters) { try codingParameters(parts.entropyBottleneck.quantized(z)) }
      let payloads = try StageTrace.measuring(.entropyCoding) {
        [
          try parts.gaussianConditional.compress(y, parameters: parameters, step: parts.step, form: form),
          try parts.entropyBottleneck.compress(z, form: form),
        ]
      }
      return CodedBatch(payloads: payloads, form: form, latentHeight: z.shape[2], latentWidth: z.shape[3])
    }
  }

  /// Returns the decoded latent.
  public func decodedLatent(of coded: CodedBatch) throws -> Tensor {
    guard coded.payloads.count == 2 else {
      throw LatentModelError.size(expected: "two payloads for each picture", found: "\(coded.payloads.count)")
    }
    return try withoutGradients {
      let z = try StageTrace.measuring(.entropyCoding) {
        try parts.entropyBottleneck.decompress(
          coded.payloads[1], form: coded.form, height: coded.latentHeight, width: coded.latentWidth)
      }
      let parameters = try StageTrace.measuring(.entropyParameters) { try codingParameters(z) }
      return try StageTrace.measuring(.entropyCoding) {
        try parts.gaussianConditional.decompress(coded.payloads[0], parameters: parameters, step: parts.step, form: coded.form)
      }
    }
  }

  /// Returns for each element of y the row of its table, as a decoder finds it, of y's shape.
  package func tableRows(of coded: CodedBatch) throws -> Tensor {
    let z = try parts.entropyBottleneck.decompress(
      coded.payloads[1], form: coded.form, height: coded.latentHeight, width: coded.latentWidth)
    let parameters = try codingParameters(z)
    return try parts.gaussianConditional.indexes(of: (parts.step?.scaled(parameters) ?? parameters).scales)
  }

  private func codingParameters(_ z: Tensor) throws -> GaussianParameters { try gaussianParameters(parts.codingOutput(z)) }
}
