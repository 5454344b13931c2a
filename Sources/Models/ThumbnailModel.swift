public import Torch

/// A model with a small network beside its synthesis that shows a latent as thumbnails (He et al., "ELIC", CVPR 2022).
///
/// Nothing flows back from thumbnails to the latent: the rest of the model learns the same with and without them. So the streams do not depend on the
/// network, and weights with and without it decode each other's files.
public protocol ThumbnailModel: TransformCodingModel {
  /// ŷ `[N, M, H, W]` to thumbnails `[N, 3, k·H, k·W]`, not clamped; nil for a model without.
  var thumbnailSynthesis: (any Layer)? { get }
}

/// The names of the network of thumbnails and of its weights.
public enum ThumbnailName {
  /// Among the members of a model.
  public static let member = "thumbnail"
  /// What the names of its weights begin with.
  public static let prefix = "thumbnail."
}

extension ThumbnailModel {
  /// Returns the thumbnails of a decoded latent, clamped to 0…1; nil for a model without.
  public func thumbnails(of latent: Tensor) throws -> Tensor? {
    guard let thumbnailSynthesis else { return nil }
    return try withoutGradients { try StageTrace.measuring(.synthesis) { try thumbnailSynthesis.traced(latent).clamped(from: 0, to: 1) } }
  }
}
