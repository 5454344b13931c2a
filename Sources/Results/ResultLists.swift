/// The rate points as lists under CompressAI's keys, so that its plot tool reads a results file.
///
/// All lists run over the rate points. An entry is null where the point has no value; of such lists CompressAI's tool draws PSNR with a gap
/// and refuses
/// MS-SSIM.
public struct ResultLists: Codable, Sendable, Equatable {
  /// Payload bits per pixel.
  public var bpp: [Double]
  /// PSNR in dB of the 8-bit RGB reconstruction.
  public var psnr: [Double?]
  /// MS-SSIM of the 8-bit RGB reconstruction.
  public var msSSIM: [Double?]
  /// Seconds.
  public var encodingTime: [Double?]
  /// Seconds.
  public var decodingTime: [Double?]

  enum CodingKeys: String, CodingKey {
    case bpp
    case psnr = "psnr-rgb"
    case msSSIM = "ms-ssim-rgb"
    case encodingTime = "encoding_time"
    case decodingTime = "decoding_time"
  }

  /// Collects the lists from rate points, in their order.
  public init(_ points: [RatePoint]) {
    bpp = points.map(\.bppPayload)
    psnr = points.map(\.psnr)
    msSSIM = points.map(\.msSSIM)
    encodingTime = points.map(\.encodingTime)
    decodingTime = points.map(\.decodingTime)
  }
}
