public import EntropyCoding
public import Torch

extension GaussianConditional {
  /// Returns the latent as a quantizer relaxes it at a step, or as a decoder gets it without noise, and the likelihood of each element.
  ///
  /// - Parameters:
  ///   - step: how fine; nil for whole numbers.
  ///   - name: the latent's name, for the noise.
  public func forward(
    _ latent: Tensor, parameters: GaussianParameters, step: QuantizationStep?, quantizer: any WholeNumberQuantizer, name: String,
    noise: (any NoiseSource)?
  ) throws -> (values: Tensor, likelihoods: Tensor) {
    guard let step else { return try forward(latent, parameters: parameters, quantizer: quantizer, name: name, noise: noise) }
    let scaled = try step.scaled(parameters)
    let (values, likelihoods) = try forward(
      latent.inFullPrecision() * step.gain, parameters: scaled, quantizer: quantizer, name: name, noise: noise)
    let wholes = try scaled.means.map { try values - $0 } ?? values
    let means = try parameters.means?.inFullPrecision()
    guard noise == nil else { return (try step.relaxedValues(wholes, scales: scaled.scales, means: means), likelihoods) }
    return (try step.values(wholes.detached().rounded(), scales: scaled.scales, means: means), likelihoods)
  }

  /// Returns the payload of each sample of an `[N, M, H, W]` latent.
  ///
  /// - Throws: as ``compress(_:parameters:)``.
  public func compress(
    _ latent: Tensor, parameters: GaussianParameters, step: QuantizationStep?, form: StreamForm
  ) throws -> [[UInt8]] {
    guard let step else { return try compress(latent, parameters: parameters, form: form) }
    return try compress(latent * step.gain, parameters: step.scaled(parameters), form: form)
  }

  /// Returns the latent, of the shape `[N, M, H, W]` of the scales, of one payload for each sample.
  ///
  /// - Throws: as ``decompress(_:parameters:)``.
  public func decompress(
    _ payloads: [[UInt8]], parameters: GaussianParameters, step: QuantizationStep?, form: StreamForm
  ) throws -> Tensor {
    guard let step else { return try decompress(payloads, parameters: parameters, form: form) }
    let scales = try step.scaled(parameters).scales
    let wholes = try decompress(payloads, parameters: GaussianParameters(scales: scales), form: form)
    return try step.values(wholes, scales: scales, means: parameters.means)
  }
}
