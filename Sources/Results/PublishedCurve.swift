import SafeFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A curve in the form CompressAI publishes and prints (`name`, `description`, `results`), from which a results file of our own can be read
/// too.
///
/// Keys that it does not know are ignored: other people's files have more.
public struct PublishedCurve: Decodable, Sendable, Equatable {
  /// The lists, one entry per rate point; nil where the file has none.
  public struct Lists: Decodable, Sendable, Equatable {
    /// Bits per pixel.
    public let bpp: [Double]
    /// PSNR in dB, RGB.
    public let psnr: [Double?]?
    /// MS-SSIM, RGB.
    public let msSSIM: [Double?]?
    /// MS-SSIM in dB, RGB: some curves digitised from papers have only this.
    public let msSSIMDecibels: [Double?]?
    /// Seconds.
    public let encodingTime: [Double?]?
    /// Seconds.
    public let decodingTime: [Double?]?

    enum CodingKeys: String, CodingKey {
      case bpp
      case psnr = "psnr-rgb"
      case msSSIM = "ms-ssim-rgb"
      case msSSIMDecibels = "ms-ssim-db-rgb"
      case encodingTime = "encoding_time"
      case decodingTime = "decoding_time"
    }
  }

  /// The curve's name.
  public let name: String
  /// What was done.
  public let description: String?
  /// The rate points.
  public let results: Lists

  /// Reads a curve.
  ///
  /// - Throws: ``ResultsError`` where the file cannot be read, is not JSON, or lacks a name or bits per pixel.
  public static func read(_ path: String) throws(ResultsError) -> PublishedCurve {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch { throw .file(error) }
    return try JSONReading.decode(bytes, name: path)
  }

  /// The quality measures a curve can be compared in.
  public enum Quality: String, Sendable, Equatable, CaseIterable {
    /// PSNR in dB.
    case psnr
    /// MS-SSIM in dB, of the mean.
    case msSSIM = "ms-ssim"
  }

  /// Returns the rate points that have a value of `quality`, for a Bjøntegaard delta.
  ///
  /// - Throws: ``BjontegaardError`` for lists of different length and for values that are not finite.
  public func curve(_ quality: Quality = .psnr) throws(BjontegaardError) -> RateQualityCurve {
    let values: [Double?] =
      switch quality {
      case .psnr: results.psnr ?? []
      case .msSSIM: results.msSSIMDecibels ?? (results.msSSIM ?? []).map { $0.flatMap(Decibels.msSSIM) }
      }
    guard values.count == results.bpp.count else {
      throw .differentCounts(curve: name, rates: results.bpp.count, qualities: values.count)
    }
    let points = zip(results.bpp, values).compactMap { rate, value in value.map { (rate, $0) } }
    return try RateQualityCurve(name: name, rates: points.map { $0.0 }, qualities: points.map { $0.1 })
  }
}

extension ResultsFile {
  /// The file as a curve to compare: payload bpp with the means of PSNR or MS-SSIM.
  public var publishedCurve: PublishedCurve {
    PublishedCurve(
      name: name, description: description,
      results: PublishedCurve.Lists(
        bpp: results.bpp, psnr: results.psnr, msSSIM: results.msSSIM, msSSIMDecibels: nil, encodingTime: results.encodingTime,
        decodingTime: results.decodingTime))
  }
}
