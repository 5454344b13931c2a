import Configuration
import Foundation
import Reporting
import SafeFiles
import Studies
import Training

/// How far a study is, and how long it will take: from what units of the same kind took.
struct StudyProgress {
  private let folder: StudyFolder
  private let jobs: Int
  private var open: [StudyUnit]
  private let all: Int
  private var running: [StudyUnit] = []
  private let start = Date()
  /// Seconds of work that is done, by kind, with its amount.
  private var known: [StudyUnit.Kind: (seconds: Double, amount: Double)] = [:]

  init(units: [StudyUnit], plan: StudyPlan, folder: StudyFolder, jobs: Int) {
    self.folder = folder
    self.jobs = jobs
    open = units
    all = units.count
    for unit in plan.units {
      guard let state = UnitState.read(folder.unit(unit)), state.phase == .done else { continue }
      learn(unit, seconds: state.seconds)
    }
  }

  mutating func begin(_ unit: StudyUnit) { running.append(unit) }

  /// Takes a unit from those that run: another process works on it.
  mutating func leave(_ unit: StudyUnit) { running.removeAll { $0.name == unit.name } }

  mutating func end(_ unit: StudyUnit) {
    leave(unit)
    open.removeAll { $0.name == unit.name }
    if let state = UnitState.read(folder.unit(unit)), state.phase == .done { learn(unit, seconds: state.seconds) }
  }

  private mutating func learn(_ unit: StudyUnit, seconds: Double) {
    let old = known[unit.kind] ?? (0, 0)
    known[unit.kind] = (old.seconds + seconds, old.amount + Self.amount(unit))
  }

  /// Trainings take time by their steps, everything else by the piece.
  private static func amount(_ unit: StudyUnit) -> Double { Double(unit.kind == .fit ? unit.steps ?? 1 : 1) }

  /// The seconds that a unit is expected to take; nil before one of its kind is done.
  func expected(_ unit: StudyUnit) -> Double? {
    known[unit.kind].flatMap { $0.amount > 0 ? $0.seconds / $0.amount * Self.amount(unit) : nil }
  }

  /// The seconds until everything is done; nil while a kind is unknown.
  var secondsLeft: Double? {
    var sum = 0.0
    for unit in open {
      guard let expected = expected(unit) else { return nil }
      let isRunning = running.contains { $0.name == unit.name }
      sum += expected * (isRunning ? 1 - (Self.share(unit, in: folder) ?? 0) : 1)
    }
    return sum / Double(jobs)
  }

  /// The share of its steps that a training has made.
  static func share(_ unit: StudyUnit, in folder: StudyFolder) -> Double? {
    step(unit, in: folder).flatMap { step in unit.steps.map { min(Double(step) / Double(max($0, 1)), 1) } }
  }

  /// The last step in the log of a training.
  static func step(_ unit: StudyUnit, in folder: StudyFolder) -> Int? {
    guard unit.kind == .fit else { return nil }
    let parent = "\(folder.unit(unit).runs)/\(unit.name)"
    guard let versions = try? Folder.names(in: parent), let newest = versions.last,
      let bytes = try? FileBytes.read("\(parent)/\(newest)/metrics.csv")
    else { return nil }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let head = lines.first, let last = lines.last, lines.count > 1 else { return nil }
    let column = head.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).firstIndex { $0.elementsEqual("step".utf8) }
    let cells = last.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard let column, cells.indices.contains(column) else { return nil }
    return Int(String(decoding: cells[column], as: UTF8.self))
  }

  /// One line for a terminal.
  var line: String {
    let done = all - open.count
    var parts = ["\(done) of \(all) units"]
    if let left = secondsLeft { parts.append("\(NumberText.duration(left)) left") }
    for unit in running {
      let share = Self.share(unit, in: folder).map { " \(NumberText.fixed($0 * 100, decimals: 0)) %" } ?? ""
      parts.append("\(unit.name)\(share)")
    }
    return String(parts.joined(separator: " · ").prefix(Console.width - 1))
  }
}
