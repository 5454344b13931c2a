import EntropyCoding
import Images
import Models
import Torch

/// The transforms of a model, run over overlapping parts of a picture whose middles are put together.
///
/// Parts at the border of the padded picture end there, so that the networks see their zeros where they see them in one run and nowhere else in
/// what is kept. All parts begin at multiples of the stride.
struct TiledTransforms {
  let model: any TransformCodingModel
  /// By which number the analysis divides the sides.
  let stride: Int
  /// The side of what is kept of a part, in elements of the latent.
  let core: Int
  /// How far parts reach beyond that in the analysis, in elements of the latent.
  let analysisOverlap: Int
  /// How far parts reach beyond that in the synthesis, in elements of the latent.
  let synthesisOverlap: Int

  /// What a file says of the analysis.
  var note: Container.Tiling { Container.Tiling(side: core * stride, overlap: analysisOverlap * stride) }

  /// Returns the latent y `[N, M, H/stride, W/stride]` of pictures of one size; only one part is in floating-point numbers at a time.
  ///
  /// - Parameter make: makes a `[1, 3, height, width]` tensor of rows and columns of a padded picture.
  func analyze(
    count: Int, paddedWidth: Int, paddedHeight: Int, _ make: (_ picture: Int, _ rows: Range<Int>, _ columns: Range<Int>) throws -> Tensor
  ) throws -> Tensor {
    let (height, width) = (paddedHeight / stride, paddedWidth / stride)
    let rows = TileGrid(length: height, core: core, overlap: analysisOverlap).tiles
    let columns = TileGrid(length: width, core: core, overlap: analysisOverlap).tiles
    var latent = Tensor?.none
    for picture in 0..<count {
      for row in rows {
        for column in columns {
          let pixels = try StageTrace.measuring(.conversion) {
            try make(picture, row.whole.scaled(by: stride), column.whole.scaled(by: stride))
          }
          let part = try StageTrace.measuring(.analysis) { try model.analyze(pixels) }
          let shape = part.shape
          guard shape.count == 4, shape[2] == row.whole.count, shape[3] == column.whole.count else {
            throw CodecError.tileShape(found: shape, expected: [1, shape.count > 1 ? shape[1] : 0, row.whole.count, column.whole.count])
          }
          let target = try latent ?? Tensor.empty([count, shape[1], height, width], device: part.device)
          latent = target
          try target.narrowed(0, from: picture, length: 1).narrowed(2, from: row.core.lowerBound, length: row.core.count)
            .narrowed(3, from: column.core.lowerBound, length: column.core.count)
            .assign(
              part.narrowed(2, from: row.lead, length: row.core.count).narrowed(3, from: column.lead, length: column.core.count))
        }
      }
    }
    guard let latent else { throw CodecError.tileShape(found: [], expected: [count, 0, height, width]) }
    return latent
  }

  /// Returns the pictures of latents ŷ `[N, M, h, w]`, without their padding, written to 8-bit samples part by part.
  func synthesize(_ latent: Tensor, padding: Container.Padding, width: Int, height: Int) throws -> [Image] {
    let shape = latent.shape
    let rows = TileGrid(length: shape[2], core: core, overlap: synthesisOverlap).tiles
    let columns = TileGrid(length: shape[3], core: core, overlap: synthesisOverlap).tiles
    return try (0..<shape[0]).map { picture in
      let whole = try latent.narrowed(0, from: picture, length: 1)
      var canvas = PictureCanvas(width: width, height: height)
      for row in rows {
        // Rows and columns of the picture that the core covers; none where all of it is padding.
        let seenRows = row.core.scaled(by: stride).moved(by: -padding.top).clamped(to: 0..<height)
        let band = try whole.narrowed(2, from: row.whole.lowerBound, length: row.whole.count)
        for column in columns {
          let seenColumns = column.core.scaled(by: stride).moved(by: -padding.left).clamped(to: 0..<width)
          guard !seenRows.isEmpty, !seenColumns.isEmpty else { continue }
          let part = try StageTrace.measuring(.synthesis) {
            try model.synthesize(band.narrowed(3, from: column.whole.lowerBound, length: column.whole.count).contiguous())
          }
          let expected = [1, 3, row.whole.count * stride, column.whole.count * stride]
          guard part.shape == expected else { throw CodecError.tileShape(found: part.shape, expected: expected) }
          try StageTrace.measuring(.conversion) {
            let samples =
              try part
              .narrowed(2, from: seenRows.lowerBound + padding.top - row.whole.lowerBound * stride, length: seenRows.count)
              .narrowed(3, from: seenColumns.lowerBound + padding.left - column.whole.lowerBound * stride, length: seenColumns.count)
              .interleavedSamples()
            canvas.write(samples, x: seenColumns.lowerBound, y: seenRows.lowerBound, width: seenColumns.count)
          }
        }
      }
      return canvas.image
    }
  }
}
