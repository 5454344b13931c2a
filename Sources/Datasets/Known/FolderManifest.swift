import Downloads
import Images
import SafeFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the pictures of a folder are: path, size, hash and dimensions of each, and where they came from.
public struct FolderManifest: Sendable, Equatable, Codable {
  /// One picture.
  public struct File: Sendable, Equatable, Codable {
    /// The path inside the folder.
    public var path: String
    /// The number of bytes.
    public var bytes: Int
    /// The SHA-256 in hexadecimal digits.
    public var sha256: String
    /// The number of columns.
    public var width: Int
    /// The number of rows.
    public var height: Int
  }

  /// A file that was fetched.
  public struct Source: Sendable, Equatable, Codable {
    /// From where.
    public var address: String
    /// The path inside the folder that it was given.
    public var path: String
    /// The number of bytes.
    public var bytes: Int
    /// The SHA-256 in hexadecimal digits.
    public var sha256: String
    /// Whether the hash, or that of the samples, was known before; otherwise the first download is trusted.
    public var wasKnown: Bool

    /// Describes a file that was fetched.
    public init(address: String, path: String, bytes: Int, sha256: String, wasKnown: Bool) {
      (self.address, self.path, self.bytes, self.sha256, self.wasKnown) = (address, path, bytes, sha256, wasKnown)
    }
  }

  /// The name of the file in the folder.
  public static let fileName = "manifest.json"
  /// The form of the file.
  public static let schemaName = "benchpresso.manifest/1"

  /// The form of the file, ``schemaName``.
  public var schema = FolderManifest.schemaName
  /// The pictures, sorted by path.
  public var files: [File] = []
  /// What was fetched.
  public var sources: [Source] = []

  /// Creates an empty manifest.
  public init() {}

  /// Describes all pictures in `folder` and below.
  ///
  /// - Parameters:
  ///   - shouldStop: asked for each file; true throws ``ManifestError/stopped``.
  ///   - progress: told how many files are done, of how many.
  /// - Throws: ``DatasetError`` when there are none or one cannot be read, ``ManifestError``.
  public init(of folder: String, shouldStop: () -> Bool = { false }, progress: (Int, Int) -> Void = { _, _ in }) throws {
    let paths = try ImageFolder(whole: folder).files
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    for (number, path) in paths.enumerated() {
      guard !shouldStop(), let digest = try FileDigest(of: path, shouldStop: shouldStop) else { throw ManifestError.stopped }
      let size: (width: Int, height: Int)
      do throws(ImageError) {
        size = try ImageFile.size(of: path)
      } catch {
        throw DatasetError.image(error)
      }
      let name = path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
      files.append(File(path: name, bytes: digest.size, sha256: digest.sha256, width: size.width, height: size.height))
      progress(number + 1, paths.count)
    }
    files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The SHA-256 of the list of files as `sha256sum` prints it; results files name a data set by this hash.
  public var listSHA256: String { FileDigest.sha256([UInt8](files.map { "\($0.sha256)  \($0.path)\n" }.joined().utf8)) }

  /// Reads a manifest.
  ///
  /// - Throws: `FileError`, ``ManifestError/unreadable(path:reason:)``.
  public static func read(_ path: String) throws -> FolderManifest {
    let bytes = try FileBytes.read(path)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let manifest: FolderManifest
    do {
      manifest = try decoder.decode(FolderManifest.self, from: Data(bytes))
    } catch DecodingError.keyNotFound(let key, _) {
      throw ManifestError.unreadable(path: path, reason: "'\(key.stringValue)' is missing")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      throw ManifestError.unreadable(
        path: path, reason: "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of another type")
    } catch {
      throw ManifestError.unreadable(path: path, reason: "it is no JSON")
    }
    guard manifest.schema == schemaName else {
      throw ManifestError.unreadable(path: path, reason: "its schema is '\(manifest.schema)' instead of '\(schemaName)'")
    }
    return manifest
  }

  /// Writes the manifest in one step.
  ///
  /// - Throws: `FileError`.
  public func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write([UInt8](try encoder.encode(self)) + [10], to: path)
  }
}

/// A manifest that cannot be read or made.
public enum ManifestError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is none; `reason` says why.
  case unreadable(path: String, reason: String)
  /// The user stopped it.
  case stopped

  /// One sentence with the place, the cause and the remedy.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "'\(path)' is no manifest: \(reason); write one with 'benchpresso data manifest FOLDER'"
    case .stopped: "stopped; nothing was written"
    }
  }
}
