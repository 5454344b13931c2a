public import EntropyCoding
public import LatentModels
public import Torch

/// How a model with a context model rounds where nothing is coded, in ``CompressionModel/forward(_:noise:)`` without noise.
public enum EvaluationRounding: Sendable, Equatable {
  /// As in coding: each element is its mean plus a whole number, and what follows is predicted from that.
  case asCoded
  /// To whole numbers, without the means, as CompressAI's `forward` does in evaluation mode.
  ///
  /// The means are still taken off inside the likelihoods. Neither rate nor reconstruction are those of the coded picture, so this is for
  /// comparisons with CompressAI's estimates alone.
  case wholeNumbers
}

/// A model whose latent y is coded element after element, given a second latent z and what is known of y already.
///
///     x ─ g_a ─ y ───────────────────────────── Q ─ ŷ ─ g_s ─ x̂
///               │                               │   │
///               │            Gaussian parameters    │
///               │                     │             │
///              h_a ─ z ─ Q ─ ẑ ─ h_s ─ context model┘
///
/// z is coded by an ``EntropyBottleneck``, y by a ``ContextModel`` with a ``GaussianConditional``. The output of h_s has 2·M channels.
public protocol AutoregressiveModel: TransformCodingModel, CodingTransforms {
  /// The networks and entropy models.
  var parts: HyperpriorParts { get }

  /// What predicts y.
  var contextModel: ContextModel { get }

  /// What a forward pass without noise computes.
  var evaluationRounding: EvaluationRounding { get }
}

extension AutoregressiveModel {
  /// The parts under CompressAI's names.
  public var members: [Member] { parts.members + contextModel.members }

  /// The product of all halvings of both analyses.
  public var sideMultiple: Int { parts.sideMultiple }

  /// The encoder, g_a.
  public var analysis: any Layer { parts.encoder }

  /// The decoder, g_s.
  public var synthesis: any Layer { parts.decoder }

  /// Returns the second latent z of a latent y.
  public func hyperAnalyze(_ y: Tensor) throws -> Tensor { try parts.hyperAnalysis.traced(y) }

  /// Returns the reconstruction and the likelihoods of z and y.
  ///
  /// Noise is drawn three times: for z, for the ŷ that context model and synthesis see, and for the ŷ whose likelihood is taken. A quantizer that
  /// rounds in training rounds the ŷ for context model and synthesis to whole numbers without the means, which are not known yet.
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
    let (values, main) = try noise.map { try noisy(y, hyper: hyper.values, noise: $0) } ?? rounded(y, z: z, hyper: hyper.values)
    return (values, [("z", hyper.likelihoods), ("y", main)])
  }

  private func noisy(_ y: Tensor, hyper: Tensor, noise: any NoiseSource) throws -> (values: Tensor, likelihoods: Tensor) {
    // The centres depend on what is quantised, so that here whole numbers stand without them.
    let scaled = try parts.step.map { try y * $0.gain } ?? y
    let wholes = try parts.quantizer.relaxed(scaled, around: nil) { try noise.noise(for: "y", shape: y.shape) }.values
    let values = try parts.step.map { try wholes / $0.gain } ?? wholes
    let parameters = try contextModel.forward(values, hyper: parts.hyperSynthesis.traced(hyper))
    let main = try parts.gaussianConditional.forward(
      y, parameters: parameters, step: parts.step, quantizer: parts.quantizer, name: "y.likelihood", noise: noise)
    // Only around the means is it known where a step puts elements back.
    return (parts.step == nil ? values : main.values, main.likelihoods)
  }

  private func rounded(_ y: Tensor, z: Tensor, hyper: Tensor) throws -> (values: Tensor, likelihoods: Tensor) {
    let values: Tensor
    let parameters: GaussianParameters
    switch evaluationRounding {
    case .asCoded:
      (values, parameters) = try contextModel.quantized(
        y, hyper: parts.codingOutput(parts.entropyBottleneck.quantized(z)), step: parts.step)
    case .wholeNumbers:
      values = try parts.step.map { try (y * $0.gain).rounded() / $0.gain } ?? y.rounded()
      parameters = try contextModel.forward(values, hyper: parts.hyperSynthesis.traced(hyper))
    }
    if let step = parts.step {
      // As a walk has it: the mean comes off first.
      let distances = try (parameters.means.map { try y - $0 } ?? y) * step.gain
      let scaled = GaussianParameters(scales: try step.scaled(parameters).scales)
      return (values, try parts.gaussianConditional.forward(distances, parameters: scaled, noise: nil).likelihoods)
    }
    // Rounding what is rounded to its mean already changes nothing but the last bit.
    return (values, try parts.gaussianConditional.forward(y, parameters: parameters, noise: nil).likelihoods)
  }

  /// Returns the bottleneck's auxiliary loss.
  public func auxiliaryLoss() throws -> Tensor { try parts.entropyBottleneck.auxiliaryLoss() }

  /// Computes the tables of both entropy models.
  public func updateTables() throws { try parts.updateTables() }

  /// All, for the stream of z.
  public var streamForms: Set<StreamForm> { Set(StreamForm.allCases) }

  /// Returns the payloads in the compatible form.
  public func compress(latent: Tensor) throws -> CodedBatch { try compress(latent: latent, form: .compatible) }

  /// Returns two payloads, of y and of z, for each picture; the size is that of z.
  ///
  /// The form is that of the stream of z. The stream of y is always in the compatible form: its symbols are decoded place by place, so that coders that
  /// take turns would save nothing.
  public func compress(latent y: Tensor, form: StreamForm) throws -> CodedBatch {
    try withoutGradients {
      let z = try StageTrace.measuring(.hyperAnalysis) { try hyperAnalyze(y) }
      let hyper = try StageTrace.measuring(.entropyParameters) { try parts.codingOutput(parts.entropyBottleneck.quantized(z)) }
      let payloads = try StageTrace.measuring(.entropyCoding) {
        [
          try contextModel.compress(y, hyper: hyper, conditional: parts.gaussianConditional, step: parts.step),
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
      let hyper = try StageTrace.measuring(.entropyParameters) { try parts.codingOutput(z) }
      return try StageTrace.measuring(.entropyCoding) {
        try contextModel.decompress(coded.payloads[0], hyper: hyper, conditional: parts.gaussianConditional, step: parts.step)
      }
    }
  }
}
