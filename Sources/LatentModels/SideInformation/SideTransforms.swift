public import Torch

/// Side information whose networks can be run without quantising and coding.
public protocol SideTransforms: SideInformation {
  /// Returns the further latents of a latent, after all networks that an encoder runs, those whose output the entropy coder needs included.
  func encodingTransforms(_ latent: Tensor) throws -> [Tensor]

  /// Runs all networks that a decoder runs on further latents.
  func decodingTransforms(_ latents: [Tensor]) throws
}

extension Hyperprior: SideTransforms {
  /// Returns z.
  public func encodingTransforms(_ latent: Tensor) throws -> [Tensor] {
    let z = try analyze(latent)
    try decodingTransforms([z])
    return [z]
  }

  /// Runs h_s.
  public func decodingTransforms(_ latents: [Tensor]) throws { _ = try synthesis.traced(latents[0]) }
}
