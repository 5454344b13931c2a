/// Originals and reconstructions for the viewer.
public struct PictureSet: Sendable, Equatable {
  /// A reconstruction.
  public struct Version: Sendable, Equatable {
    /// The curve.
    public let curve: String
    /// The rate point.
    public let label: String
    /// Which of the ``PictureSet/levels`` it is nearest to.
    public let level: Int
    /// The bits per pixel of this picture.
    public let rate: Double
    /// The PSNR of this picture in dB; nil where it is unknown.
    public let psnr: Double?
    /// The bytes of the PNG, JPEG or WebP file.
    public let bytes: [UInt8]

    /// Describes a reconstruction.
    public init(curve: String, label: String, level: Int, rate: Double, psnr: Double?, bytes: [UInt8]) {
      (self.curve, self.label, self.level, self.rate, self.psnr, self.bytes) = (curve, label, level, rate, psnr, bytes)
    }
  }

  /// A picture with its reconstructions.
  public struct Picture: Sendable, Equatable {
    /// The name without its ending.
    public let name: String
    /// The width in pixels.
    public let width: Int
    /// The height in pixels.
    public let height: Int
    /// The bytes of the original's file.
    public let original: [UInt8]
    /// The reconstructions.
    public let versions: [Version]

    /// Describes a picture.
    public init(name: String, width: Int, height: Int, original: [UInt8], versions: [Version]) {
      (self.name, self.width, self.height, self.original, self.versions) = (name, width, height, original, versions)
    }
  }

  /// The rates, in bits per pixel, at which pictures are shown.
  public var levels: [Double] = []
  /// The pictures.
  public var pictures: [Picture] = []

  /// Creates an empty set.
  public init() {}

  /// A file as an address that needs no network.
  static func address(of bytes: [UInt8]) -> String { "data:\(kind(of: bytes));base64,\(Base64.text(bytes))" }

  private static func kind(of bytes: [UInt8]) -> String {
    if bytes.starts(with: [0xff, 0xd8]) { return "image/jpeg" }
    if bytes.starts(with: Array("RIFF".utf8)) { return "image/webp" }
    return "image/png"
  }
}

/// Base64 (RFC 4648, section 4).
enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let left = bytes.count - index
      let word = UInt32(bytes[index]) << 16 | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0) | (left > 2 ? UInt32(bytes[index + 2]) : 0)
      result.append(letters[Int(word >> 18)])
      result.append(letters[Int(word >> 12 & 63)])
      result.append(left > 1 ? letters[Int(word >> 6 & 63)] : UInt8(ascii: "="))
      result.append(left > 2 ? letters[Int(word & 63)] : UInt8(ascii: "="))
      index += 3
    }
    return String(decoding: result, as: UTF8.self)
  }
}
