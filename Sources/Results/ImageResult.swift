/// What was measured on one image at one rate point.
///
/// A value is null where it is undefined or was not measured; ``notes`` then say why.
public struct ImageResult: Codable, Sendable, Equatable {
  /// The image's name: its path inside the data set's folder.
  public var name: String
  /// The width of the original in pixels.
  public var width: Int
  /// The height of the original in pixels.
  public var height: Int
  /// The rate estimated from likelihoods in bits per pixel of the original; null where a codec has no likelihoods.
  @OrNull public var bppEstimated: Double?
  /// The entropy-coded bytes in bits per pixel of the original.
  public var bppPayload: Double
  /// The whole file, headers included, in bits per pixel of the original.
  public var bppFile: Double
  /// PSNR of the 8-bit RGB reconstruction in dB; null where it is infinite.
  @OrNull public var psnr: Double?
  /// MS-SSIM of the 8-bit RGB reconstruction, 0 to 1; null where the image is too small for it.
  @OrNull public var msSSIM: Double?
  /// MS-SSIM in dB, −10·log10(1 − MS-SSIM); null where MS-SSIM is null or exactly 1.
  @OrNull public var msSSIMDecibels: Double?
  /// Seconds from decoded pixels in memory to payload bytes in memory; null where not measured.
  @OrNull public var encodingTime: Double?
  /// Seconds from payload bytes in memory to pixels in memory; null where not measured.
  @OrNull public var decodingTime: Double?
  /// Further quality measures that were asked for, by name (`lpips_vgg`); a value is nil where it is undefined, and the whole where none was
  /// asked for.
  public var metrics: [String: Double?]?
  /// Remarks, among them the reason of every null that is not by design.
  public var notes: [String]

  enum CodingKeys: String, CodingKey {
    case name, width, height
    case bppEstimated = "bpp_estimated"
    case bppPayload = "bpp_payload"
    case bppFile = "bpp_file"
    case psnr
    case msSSIM = "ms_ssim"
    case msSSIMDecibels = "ms_ssim_db"
    case encodingTime = "encoding_time"
    case decodingTime = "decoding_time"
    case metrics, notes
  }

  /// Creates the result of one image from sizes and measures, dividing by the pixels of the original.
  ///
  /// JSON has no infinity, and a mean with one says nothing: an infinite PSNR (the reconstruction equals the original) becomes nil with a
  /// note,
  /// and so do other values that are not finite and the decibels of an MS-SSIM of 1. A nil `msSSIM` gets a note when the image's shorter
  /// side is too short for the measure's five scales.
  ///
  /// - Parameters:
  ///   - estimatedBits: Σ −log2 of the likelihoods, nil where there are none.
  ///   - payloadBytes: The length of the entropy-coded payload.
  ///   - fileBytes: The length of the whole file.
  ///   - psnr: In dB; infinity is allowed.
  ///   - metrics: Further measures; one that is not finite becomes nil with a note.
  public init(
    name: String, width: Int, height: Int, estimatedBits: Double?, payloadBytes: Int, fileBytes: Int, psnr: Double?, msSSIM: Double?,
    encodingTime: Double? = nil, decodingTime: Double? = nil, metrics: [String: Double?]? = nil, notes: [String] = []
  ) {
    precondition(width > 0 && height > 0, "an image result needs an image with pixels")
    let pixels = Double(width) * Double(height)
    self.name = name
    self.width = width
    self.height = height
    self.bppEstimated = Self.finite(estimatedBits).map { $0 / pixels }
    self.bppPayload = Double(payloadBytes) * 8 / pixels
    self.bppFile = Double(fileBytes) * 8 / pixels
    self.psnr = Self.finite(psnr)
    self.msSSIM = Self.finite(msSSIM)
    self.msSSIMDecibels = Self.finite(msSSIM).flatMap(Decibels.msSSIM)
    self.encodingTime = Self.finite(encodingTime)
    self.decodingTime = Self.finite(decodingTime)
    self.metrics = metrics.map { $0.mapValues { Self.finite($0) } }
    self.notes = notes
    for (key, value) in [("bpp_estimated", estimatedBits), ("psnr", psnr), ("ms_ssim", msSSIM)] {
      guard let value, !value.isFinite else { continue }
      let identical = key == "psnr" && value == .infinity
      let reason = identical ? "the reconstruction equals the original, so PSNR is infinite" : "it was computed as \(value)"
      self.notes.append("\(key) is null: \(reason)")
    }
    for (key, value) in (metrics ?? [:]).sorted(by: { $0.key < $1.key }) {
      if let value, !value.isFinite { self.notes.append("\(key) is null: it was computed as \(value)") }
    }
    if let msSSIM, msSSIM.isFinite, msSSIM >= 1 { self.notes.append("ms_ssim_db is null: MS-SSIM is 1, so its decibels are infinite") }
    if msSSIM == nil, min(width, height) <= Self.msSSIMLimit {
      self.notes.append(
        "ms_ssim is null: MS-SSIM needs both sides longer than \(Self.msSSIMLimit) pixels, this image is \(width)×\(height)")
    }
  }

  private static func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }

  /// The longest short side (160 pixels) for which MS-SSIM is undefined: four halvings must leave room for an 11-tap window.
  public static let msSSIMLimit = 160

  /// The number of pixels of the original.
  public var pixels: Int { width * height }
}
