/// A file to be fetched: from where, to where, and what is known of it.
public struct RemoteFile: Sendable, Equatable {
  /// The address, http or https.
  public let address: String
  /// The path inside the folder of the download.
  public let path: String
  /// The number of bytes, where it is known.
  public let size: Int?
  /// The SHA-256 in lower-case hexadecimal digits, where it is known.
  public let sha256: String?
  /// The folder inside that of the download into which the file, a zip archive, is unpacked; nil for a file that stays as it is.
  public let unpacksInto: String?

  /// Creates the description of a file.
  public init(_ address: String, path: String, size: Int? = nil, sha256: String? = nil, unpacksInto: String? = nil) {
    self.address = address
    self.path = path
    self.size = size
    self.sha256 = sha256
    self.unpacksInto = unpacksInto
  }
}
