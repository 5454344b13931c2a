import Models
import Torch

/// Decides for each picture whether it is cut, and how.
///
/// What must be known of the model is found when it is needed first, since it takes a run of the networks.
final class TilePlanner {
  private let model: any CompressionModel
  private let tiling: Tiling
  private let device: Device
  private let identity: String
  private var reach: TransformReach?

  init(model: any CompressionModel, identity: String, tiling: Tiling, device: Device) {
    (self.model, self.identity, self.tiling, self.device) = (model, identity, tiling, device)
  }

  /// Returns how pictures of one size are cut; nil for not at all.
  ///
  /// - Parameters:
  ///   - count: how many pictures are coded together.
  /// - Throws: ``CodecError`` when the wanted tiles are not possible with the model.
  func plan(count: Int, paddedWidth: Int, paddedHeight: Int) throws -> TiledTransforms? {
    guard tiling.side != .off else { return nil }
    let isAutomatic = tiling.side == .automatic
    guard let model = model as? any TransformCodingModel else {
      guard !isAutomatic else { return nil }
      throw CodecError.notTileable(model: identity, reason: "its transforms cannot be run apart from the rest")
    }
    let reach: TransformReach
    do {
      reach = try self.reach ?? TransformReach(of: model, on: device)
    } catch  where isAutomatic {
      // What is wrong with the networks is told when the picture goes through them.
      return nil
    }
    self.reach = reach
    guard let overlaps = try overlaps(reach) else { return nil }
    let side: Int
    switch tiling.side {
    case .off: return nil
    case .pixels(let pixels): side = try checked(pixels, reach, overlaps)
    case .automatic:
      let (estimate, overflows) = (count * paddedWidth * paddedHeight).multipliedReportingOverflow(by: reach.bytesPerPixel)
      guard overflows || estimate > tiling.memoryLimit else { return nil }
      side = automaticSide(reach, overlap: max(overlaps.analysis, overlaps.synthesis))
    }
    guard side < max(paddedWidth, paddedHeight) else { return nil }
    return TiledTransforms(
      model: model, stride: reach.stride, core: side / reach.stride, analysisOverlap: overlaps.analysis,
      synthesisOverlap: overlaps.synthesis)
  }

  /// Both overlaps in elements of the latent; nil where automatic tiles are out of the question.
  private func overlaps(_ reach: TransformReach) throws(CodecError) -> (analysis: Int, synthesis: Int)? {
    let stated = tiling.overlap.map { ($0 + reach.stride - 1) / reach.stride }
    guard let analysis = reach.analysisOverlap, let synthesis = reach.synthesisOverlap else {
      if let stated { return (stated, stated) }
      if tiling.side == .automatic { return nil }
      throw .notTileable(
        model: identity, reason: "how far its layer '\(reach.unknownLayer ?? "")' sees is not known; state the overlap of the tiles")
    }
    guard let stated, let overlap = tiling.overlap else { return (analysis, synthesis) }
    guard stated >= max(analysis, synthesis) else {
      throw .tileOverlap(value: overlap, needed: max(analysis, synthesis) * reach.stride)
    }
    return (stated, stated)
  }

  private func checked(_ side: Int, _ reach: TransformReach, _ overlaps: (analysis: Int, synthesis: Int)) throws(CodecError) -> Int {
    let least = Self.leastSide(reach, overlap: max(overlaps.analysis, overlaps.synthesis))
    guard side >= least, side % reach.stride == 0 else { throw .tileSide(value: side, stride: reach.stride, least: least) }
    return side
  }

  /// The largest side by halves that keeps the estimate for one tile below the limit.
  private func automaticSide(_ reach: TransformReach, overlap: Int) -> Int {
    let least = Self.leastSide(reach, overlap: overlap)
    var side = Tiling.largestAutomaticSide
    func bytes(_ side: Int) -> Int { (side + 2 * overlap * reach.stride) * (side + 2 * overlap * reach.stride) * reach.bytesPerPixel }
    while side / 2 >= least, bytes(side) > tiling.memoryLimit { side /= 2 }
    return max(side, least) / reach.stride * reach.stride
  }

  /// Tiles smaller than their overlap would be more overlap than picture by far.
  private static func leastSide(_ reach: TransformReach, overlap: Int) -> Int { max(overlap, 1) * reach.stride }
}
