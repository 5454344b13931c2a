import Codecs
import Crypto
import Results
import SafeFiles
import Weights

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is done of a study, a JSON object on each line; a last line that was cut does not count.
struct AnchorJournal: Sendable {
  private struct Line: Codable {
    let key: String
    let row: ImageResult
  }

  /// The rows by their keys.
  private(set) var rows: [String: ImageResult] = [:]
  private let path: String

  /// Reads the journal where there is one.
  init(_ path: String) throws {
    self.path = path
    guard access(path, F_OK) == 0 else { return }
    let decoder = JSONDecoder()
    for line in try FileBytes.read(path).split(separator: UInt8(ascii: "\n")) {
      guard let line = try? decoder.decode(Line.self, from: Data(line)) else { continue }
      rows[line.key] = line.row
    }
  }

  /// Adds a row, which is on the disk when this returns.
  func append(_ row: ImageResult, key: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // The line break before the line ends one that was cut.
    let bytes = [UInt8(ascii: "\n")] + [UInt8](try encoder.encode(Line(key: key, row: row)))
    try AppendedFile.append(bytes, to: path)
  }

  /// Returns the SHA-256 of all that a row depends on.
  static func key(codec: any AnchorCodec, versions: [String: String], context: String, name: String) -> String {
    let parts =
      [codec.identity, codec.summary, QualityScale.text(codec.quality), context, name] + codec.commandLines
      + versions.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    return Hash.hexadecimal(Array(SHA256.hash(data: Array(parts.joined(separator: "\u{0}").utf8))))
  }
}
