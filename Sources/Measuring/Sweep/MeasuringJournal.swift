public import Results
import SafeFiles

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

/// What a sweep has measured, a JSON object on each line; a last line that was cut does not count, and of several with one key the last does.
public struct MeasuringJournal {
  private struct Line: Codable {
    var key: String?
    var point: TimingPoint?
    var number: Int?
    var session: TimingSession?
  }

  /// The points by their keys.
  public private(set) var points: [String: TimingPoint] = [:]
  /// The sessions in their order.
  public private(set) var sessions: [TimingSession] = []
  private let path: String

  /// Reads the journal where there is one.
  ///
  /// - Throws: `FileError` when it cannot be read.
  public init(_ path: String) throws {
    self.path = path
    guard access(path, F_OK) == 0 else { return }
    let decoder = JSONDecoder()
    for line in try FileBytes.read(path).split(separator: UInt8(ascii: "\n")) {
      guard let line = try? decoder.decode(Line.self, from: Data(line)) else { continue }
      if let key = line.key, let point = line.point { points[key] = point }
      if let number = line.number, let session = line.session { keep(session, number: number) }
    }
  }

  /// Adds or replaces a point, in one write.
  ///
  /// - Throws: `FileError` when it cannot be written.
  public mutating func record(_ point: TimingPoint, key: String) throws {
    points[key] = point
    try append(Line(key: key, point: point))
  }

  /// Adds a session, or replaces that of the number, in one write.
  ///
  /// - Throws: `FileError` when it cannot be written.
  public mutating func record(_ session: TimingSession, number: Int) throws {
    keep(session, number: number)
    try append(Line(number: number, session: session))
  }

  private mutating func keep(_ session: TimingSession, number: Int) {
    if number < sessions.count { sessions[number] = session } else { sessions.append(session) }
  }

  private func append(_ line: Line) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // The line break before the line ends one that was cut.
    let bytes = [UInt8(ascii: "\n")] + [UInt8](try encoder.encode(line))
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw FileError(operation: "write", path: path, code: errno) }
    defer { close(file) }
    let count = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count == bytes.count else { throw FileError(operation: "write", path: path, code: count < 0 ? errno : ENOSPC) }
  }
}
