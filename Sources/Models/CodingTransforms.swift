import LatentModels
public import Torch

/// A model whose networks can be run as coding runs them, without quantising and entropy coding.
///
/// This is what the thesis times: what is left out costs nothing on a GPU only because it is not done there.
public protocol CodingTransforms: CompressionModel {
  /// Returns the latents of pictures `[N, 3, H, W]`: y and, of a model with a hyperprior, z, after all networks that an encoder runs.
  ///
  /// These are g_a, h_a and h_s, whose output an encoder needs for the entropy coder; it is computed and dropped.
  func encodingTransforms(_ pictures: Tensor) throws -> [Tensor]

  /// Returns the pictures of latents, not clamped, after all networks that a decoder runs: h_s and g_s.
  func decodingTransforms(_ latents: [Tensor]) throws -> Tensor
}

extension FactorizedPrior: CodingTransforms {
  /// Returns y, or what the quantizer's networks make of it.
  public func encodingTransforms(_ pictures: Tensor) throws -> [Tensor] { try coding.encodingTransforms(analyze(pictures)) }

  /// Returns the pictures of y.
  public func decodingTransforms(_ latents: [Tensor]) throws -> Tensor { try synthesize(coding.decodingTransforms(latents)) }
}

extension HyperpriorModel {
  /// Returns y and z.
  public func encodingTransforms(_ pictures: Tensor) throws -> [Tensor] {
    let y = try analyze(pictures)
    let z = try hyperAnalyze(y)
    _ = try parts.hyperSynthesis.forward(z)
    return [y, z]
  }

  /// Returns the pictures of y.
  public func decodingTransforms(_ latents: [Tensor]) throws -> Tensor {
    _ = try parts.hyperSynthesis.forward(latents[1])
    return try synthesize(latents[0])
  }
}

extension AutoregressiveModel {
  /// Returns y and z.
  public func encodingTransforms(_ pictures: Tensor) throws -> [Tensor] {
    let y = try analyze(pictures)
    let z = try hyperAnalyze(y)
    _ = try parts.hyperSynthesis.forward(z)
    return [y, z]
  }

  /// Returns the pictures of y.
  public func decodingTransforms(_ latents: [Tensor]) throws -> Tensor {
    _ = try parts.hyperSynthesis.forward(latents[1])
    return try synthesize(latents[0])
  }
}
