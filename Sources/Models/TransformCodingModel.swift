public import EntropyCoding
public import Torch

/// A model that transforms pictures to a latent and codes the latent as a whole.
///
///     x ─ analysis ─ y ─ (entropy model) ─ ŷ ─ synthesis ─ x̂
///
/// Both transforms can be run apart from the rest, and so part by part over pictures that do not fit into memory.
public protocol TransformCodingModel: CompressionModel {
  /// g_a, pictures `[N, 3, H, W]` in 0…1 to y `[N, M, H/a, W/a]`.
  var analysis: any Layer { get }
  /// g_s, ŷ to pictures `[N, 3, H, W]`, not clamped.
  var synthesis: any Layer { get }

  /// Returns the payloads of a latent y in the compatible form.
  func compress(latent: Tensor) throws -> CodedBatch

  /// Returns the payloads of a latent y in one of the ``CompressionModel/streamForms``.
  ///
  /// A model that names more forms than the compatible one has to have this method, and to decode a batch in the form that the batch states.
  func compress(latent: Tensor, form: StreamForm) throws -> CodedBatch

  /// Returns ŷ of a coded batch.
  func decodedLatent(of coded: CodedBatch) throws -> Tensor

  /// Returns the likelihoods of the rounded latents of a latent y, in the order of ``CompressionModel/forward(_:noise:)``.
  func likelihoods(ofLatent latent: Tensor) throws -> [(name: String, tensor: Tensor)]
}

extension TransformCodingModel {
  /// Returns the payloads in the compatible form.
  public func compress(latent: Tensor, form: StreamForm) throws -> CodedBatch {
    precondition(form == .compatible, "streamForms does not name the form")
    return try compress(latent: latent)
  }

  /// Returns the latent y of pictures.
  public func analyze(_ pictures: Tensor) throws -> Tensor { try analysis.traced(pictures.inOrderOfConvolutions()) }

  /// Returns the pictures of a latent ŷ, not clamped.
  public func synthesize(_ latent: Tensor) throws -> Tensor { try synthesis.traced(latent.inOrderOfConvolutions()) }

  /// Returns the likelihoods of the rounded latents of pictures.
  public func likelihoods(of pictures: Tensor) throws -> [(name: String, tensor: Tensor)] {
    try likelihoods(ofLatent: analyze(pictures))
  }

  /// Returns the payloads of pictures.
  public func compress(_ pictures: Tensor) throws -> CodedBatch {
    try withoutGradients {
      let latent = try StageTrace.measuring(.analysis) { try analyze(pictures) }
      return try compress(latent: latent)
    }
  }

  /// Returns the decoded pictures.
  public func decompress(_ coded: CodedBatch) throws -> Tensor {
    try withoutGradients {
      let latent = try decodedLatent(of: coded)
      return try StageTrace.measuring(.synthesis) { try synthesize(latent).clamped(from: 0, to: 1) }
    }
  }
}

extension Tensor {
  /// The tensor with its channels last on the CPU, where oneDNN's convolutions then need no rearrangement; else as it is.
  fileprivate func inOrderOfConvolutions() throws(TorchError) -> Tensor {
    shape.count == 4 && device == .cpu ? try contiguous(.channelsLast) : self
  }
}
