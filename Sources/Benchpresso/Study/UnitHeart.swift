import Foundation
import Results
import Studies
import Synchronization

/// The state of a unit that this process works on; it says every few seconds that the process lives.
final class UnitHeart: Sendable {
  private let place: UnitFolder
  private let state: Mutex<UnitState>
  private let start: Double
  private let earlier: Double

  /// Writes that the work begins, and goes on saying so.
  ///
  /// - Throws: `FileError` when the state cannot be written.
  init(_ place: UnitFolder) throws {
    self.place = place
    earlier = UnitState.read(place)?.seconds ?? 0
    start = Date().timeIntervalSince1970
    let first = UnitState(
      phase: .running, host: Machine.hostName, process: Int(ProcessInfo.processInfo.processIdentifier), started: start, heartbeat: start,
      seconds: earlier, program: BuiltIn.version)
    try first.write(place)
    state = Mutex(first)
    let thread = Thread { [weak self] in
      while true {
        Thread.sleep(forTimeInterval: 10)
        guard let self, (try? beat(.running, nil)) ?? true else { return }
      }
    }
    thread.name = "heartbeat"
    thread.start()
  }

  /// Writes how the work ended.
  ///
  /// - Throws: `FileError` when the state cannot be written.
  func end(_ phase: UnitState.Phase, reason: String? = nil) throws { _ = try beat(phase, reason) }

  /// Returns false after the last word, when nothing more is said.
  private func beat(_ phase: UnitState.Phase, _ reason: String?) throws -> Bool {
    try state.withLock { state in
      guard state.phase == .running else { return false }
      let now = Date().timeIntervalSince1970
      state.phase = phase
      state.heartbeat = now
      state.seconds = earlier + now - start
      state.reason = reason
      try state.write(place)
      return true
    }
  }
}
