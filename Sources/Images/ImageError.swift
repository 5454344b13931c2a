public import SafeFiles

/// A picture that cannot be read or written.
public enum ImageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read.
  case file(FileError)
  /// The first bytes of the file belong to no format that is read here.
  case unknownFormat(name: String)
  /// The file is cut, or its contents are wrong; `reason` says where it was noticed.
  case damaged(name: String, format: String, reason: String)
  /// The file is sound but uses a feature that is not read here; `remedy` says what to do.
  case unsupported(name: String, format: String, feature: String, remedy: String)
  /// The header announces more pixels than ``ImageFile/pixelLimit``.
  case tooLarge(name: String, width: Int, height: Int)
  /// The picture cannot be written in this format.
  case notEncodable(format: String, reason: String)

  /// One sentence with the place, the cause and the remedy.
  public var description: String {
    switch self {
    case .file(let error):
      return error.description
    case .unknownFormat(let name):
      return
        "'\(name)' is not a picture that can be read here: its first bytes are neither PNG, JPEG nor PPM (P6, P3); convert it or take it away"
    case .damaged(let name, let format, let reason):
      return "the \(format) file '\(name)' is broken or cut (\(reason)); fetch or copy it again, or take it away"
    case .unsupported(let name, let format, let feature, let remedy):
      return "the \(format) file '\(name)' cannot be read: \(feature); \(remedy)"
    case .tooLarge(let name, let width, let height):
      return "the header of '\(name)' announces \(width)×\(height) pixels, more than the limit of \(ImageFile.pixelLimit); "
        + "cut it into parts, or replace the file if its size is not meant"
    case .notEncodable(let format, let reason):
      return "the picture cannot be written as \(format): \(reason)"
    }
  }
}
