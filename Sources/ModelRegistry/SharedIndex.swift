import Foundation
import SafeFiles

/// The index of a shared registry, `index.json`: a folder or a static web folder with files by their hash.
public struct SharedIndex: Codable, Sendable, Equatable {
  /// A file of the shared registry.
  public struct Entry: Codable, Sendable, Equatable {
    /// The SHA-256 of the file.
    public var hash: String
    /// What kind of file it is.
    public var kind: RecordKind
    /// The name that people see.
    public var name: String
    /// What the file was called.
    public var file: String
    /// The size in bytes.
    public var size: Int
    /// The tags.
    public var tags: [String]

    /// Where it lies below the folder of the index.
    public var path: String { "objects/\(hash.prefix(2))/\(hash)" }
  }

  /// The name and version of the form.
  public static let schemaName = "benchpresso.registry/1"
  /// The name of the file.
  public static let fileName = "index.json"

  /// The form, always ``schemaName``.
  public var schema = Self.schemaName
  /// The files, ordered by hash.
  public var entries: [Entry] = []

  /// An index of nothing.
  public init() {}

  /// Parses an index.
  ///
  /// - Throws: ``RegistryError/noRegistry(_:reason:)`` for anything else, among it entries whose hash is none: it would be a path.
  public init(json bytes: [UInt8], place: String) throws {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(bytes))
    } catch {
      throw RegistryError.noRegistry(place, reason: "\(Self.fileName) is not of the form \(Self.schemaName)")
    }
    guard schema == Self.schemaName else {
      throw RegistryError.noRegistry(place, reason: "\(Self.fileName) is of the form '\(schema)', not \(Self.schemaName)")
    }
    for entry in entries where !CardSettings.isHash(entry.hash) || entry.size < 0 {
      throw RegistryError.noRegistry(place, reason: "\(Self.fileName) has an entry with the hash '\(entry.hash)'")
    }
  }

  /// The text of the file.
  ///
  /// - Throws: Nothing that is expected.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Takes in other entries; their tags are added to those of the same file.
  public mutating func merge(_ others: [Entry]) {
    var byHash = Dictionary(entries.map { ($0.hash, $0) }, uniquingKeysWith: { first, _ in first })
    for var other in others {
      if let own = byHash[other.hash] { other.tags = Set(own.tags + other.tags).sorted() }
      byHash[other.hash] = other
    }
    entries = byHash.values.sorted { $0.hash < $1.hash }
  }
}
