import SafeFiles

/// Reading picture files of any supported format.
///
/// The format is told by the first bytes of the file, not by its suffix.
public enum ImageFile {
  /// The suffixes under which pictures are looked for, lower case, without the dot; compare them case-insensitively.
  public static let readableSuffixes = ["png", "jpg", "jpeg", "ppm"]

  /// The largest number of pixels that is decoded (2^28); a header that announces more is refused before memory is taken.
  public static let pixelLimit = 1 << 28

  /// Returns the picture in the file at `path`, upright, as 8-bit RGB; ``PNG``, ``JPEG`` and ``PPM`` state the rules of conversion.
  ///
  /// - Throws: ``ImageError`` when the file cannot be read, is of another format, broken, cut or too large.
  public static func read(_ path: String) throws(ImageError) -> Image {
    try decode(try contents(of: path), name: path)
  }

  /// Returns the picture in the bytes of a file; `name` is what errors call it.
  ///
  /// - Throws: ``ImageError`` as ``read(_:)`` does.
  public static func decode(_ bytes: [UInt8], name: String) throws(ImageError) -> Image {
    switch try Format(bytes, name: name) {
    case .png: return try PNG.decode(bytes, name: name)
    case .jpeg: return try JPEG.decode(bytes, name: name)
    case .ppm: return try PPM.decode(bytes, name: name)
    }
  }

  /// Returns the size that ``read(_:)`` would give, from the header alone: the samples are not looked at.
  ///
  /// - Throws: ``ImageError`` when the file cannot be read, is of another format, or its header is broken or announces too many pixels.
  public static func size(of path: String) throws(ImageError) -> (width: Int, height: Int) {
    // Headers are short; only a JPEG with large embedded profiles or previews has its size farther behind.
    let prefix: [UInt8]
    do {
      prefix = try FilePrefix.read(path, count: 1 << 17)
    } catch {
      throw ImageError.file(error)
    }
    switch try Format(prefix, name: path) {
    case .png:
      let header = try PNGHeader(prefix, name: path)
      return (header.width, header.height)
    case .ppm:
      let header = try PPMHeader(prefix, name: path)
      return (header.width, header.height)
    case .jpeg:
      var header = try JPEGHeader(prefix, name: path)
      if header == nil { header = try JPEGHeader(try contents(of: path), name: path) }
      guard let header else {
        throw ImageError.damaged(name: path, format: "JPEG", reason: "the file ends before the size of the picture is said")
      }
      return header.orientation.exchangesSides ? (header.height, header.width) : (header.width, header.height)
    }
  }

  private static func contents(of path: String) throws(ImageError) -> [UInt8] {
    do {
      return try FileBytes.read(path)
    } catch {
      throw ImageError.file(error)
    }
  }

  /// Refuses sizes of no pixels and of more than ``pixelLimit``.
  static func check(width: Int, height: Int, format: String, name: String) throws(ImageError) {
    guard width >= 1 && height >= 1 else {
      throw ImageError.damaged(name: name, format: format, reason: "the size is \(width)×\(height)")
    }
    guard height <= pixelLimit / width else { throw ImageError.tooLarge(name: name, width: width, height: height) }
  }

  private enum Format {
    case png, jpeg, ppm

    init(_ bytes: [UInt8], name: String) throws(ImageError) {
      if bytes.starts(with: PNG.signature) {
        self = .png
      } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
        self = .jpeg
      } else if bytes.starts(with: "P6".utf8) || bytes.starts(with: "P3".utf8) {
        self = .ppm
      } else if bytes.isEmpty {
        throw ImageError.damaged(name: name, format: "picture", reason: "it is empty")
      } else {
        throw ImageError.unknownFormat(name: name)
      }
    }
  }
}
