/// What is timed.
public enum MeasuringTarget: String, Codable, Sendable, CaseIterable {
  /// The networks alone, as the thesis does it: tensor to latents, latents to tensor.
  case transform
  /// 8-bit pictures to payload bytes and back: networks, entropy model and entropy coder.
  case codec
  /// As `codec`, and each stage of it by itself.
  case stages
}

/// Where pictures come from.
public enum PictureSource: Codable, Sendable, Hashable {
  /// Independent samples drawn with a seed: 8-bit numbers of equal probability, or for `transform` numbers of the normal distribution.
  case random(seed: UInt64)
  /// Picture files, cut to the size from their middle after enlarging those that are too small; one after the other.
  case files([String])
  /// Photographs side by side in their own size, as many as a picture takes; the same in every round.
  case mosaic([String])
}

/// One size of pictures and batch, at which all variants are measured next to each other.
public struct MeasuringCell: Codable, Sendable, Hashable {
  /// What is timed.
  public var what: MeasuringTarget
  /// The width of the pictures.
  public var width: Int
  /// The height of the pictures.
  public var height: Int
  /// How many pictures are coded together.
  public var batchSize: Int
  /// Where they come from.
  public var pictures: PictureSource
  /// How many threads compute; nil for as many as libtorch takes.
  public var threads: Int?
  /// Whether multiply–accumulates are counted, in a pass of their own before the first repetition.
  public var countsOperations = true

  /// Creates a cell.
  public init(what: MeasuringTarget, width: Int, height: Int, batchSize: Int, pictures: PictureSource, threads: Int? = nil) {
    (self.what, self.width, self.height, self.batchSize) = (what, width, height, batchSize)
    (self.pictures, self.threads) = (pictures, threads)
  }

  /// The pixels of the batch.
  public var pixelCount: Int { width * height * batchSize }

  /// The size in words: `512×512, batch 4`.
  public var text: String {
    "\(width)×\(height)" + (batchSize == 1 ? "" : ", batch \(batchSize)") + (threads.map { ", \($0) threads" } ?? "")
  }
}
