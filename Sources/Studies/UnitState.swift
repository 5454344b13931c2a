import SafeFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How far a unit is, `state.json`.
public struct UnitState: Codable, Sendable, Equatable {
  /// The stations of a unit.
  public enum Phase: String, Codable, Sendable, CaseIterable {
    /// Nothing was done.
    case planned
    /// A process works on it.
    case running
    /// It is done.
    case done
    /// It ended with an error.
    case failed
    /// It was stopped and can go on.
    case stopped
  }

  /// The station.
  public var phase: Phase
  /// The machine that works or worked on it.
  public var host: String
  /// The process there.
  public var process: Int
  /// When the work began, in seconds since 1970.
  public var started: Double
  /// When the process last said that it lives, in seconds since 1970.
  public var heartbeat: Double
  /// Seconds of work, those of earlier attempts included.
  public var seconds: Double
  /// The error of a unit that failed.
  public var reason: String?
  /// The version of the program.
  public var program: String

  /// Creates a state.
  public init(
    phase: Phase, host: String, process: Int, started: Double, heartbeat: Double, seconds: Double = 0, reason: String? = nil,
    program: String
  ) {
    self.phase = phase
    self.host = host
    self.process = process
    self.started = started
    self.heartbeat = heartbeat
    self.seconds = seconds
    self.reason = reason
    self.program = program
  }

  /// Reads the state of a unit; nil when nothing was done, or the file cannot be read, which is as good.
  public static func read(_ folder: UnitFolder) -> UnitState? {
    (try? FileBytes.read(folder.state)).flatMap { try? JSONDecoder().decode(UnitState.self, from: Data($0)) }
  }

  /// Writes the state in one step.
  public func write(_ folder: UnitFolder) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write([UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")], to: folder.state)
  }
}
