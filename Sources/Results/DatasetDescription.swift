/// Which images were measured.
public struct DatasetDescription: Codable, Sendable, Equatable {
  /// The data set's name, for example `Kodak`.
  public var name: String
  /// The last part of the folder's path; the rest is the machine's business.
  public var folder: String
  /// The number of images measured.
  public var imageCount: Int
  /// SHA-256, in hexadecimal, of the list of file names with the SHA-256 of each; null where it was not computed.
  @OrNull public var manifestSHA256: String?

  enum CodingKeys: String, CodingKey {
    case name, folder
    case imageCount = "image_count"
    case manifestSHA256 = "manifest_sha256"
  }

  /// Creates a description; of `folder` only the last path component is kept.
  public init(name: String, folder: String, imageCount: Int, manifestSHA256: String? = nil) {
    self.name = name
    self.folder = folder.split(separator: "/").last.map(String.init) ?? folder
    self.imageCount = imageCount
    self.manifestSHA256 = manifestSHA256
  }
}
