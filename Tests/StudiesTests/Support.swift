import Foundation
import Results
import Studies

/// A folder that is gone with its owner.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "StudiesTests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var study: StudyFolder { StudyFolder(path) }

  func make(_ unit: StudyUnit) throws -> UnitFolder {
    let folder = study.unit(unit)
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    return folder
  }
}

enum Sample {
  static func unit(
    _ name: String, _ kind: StudyUnit.Kind = .fit, needs: [String] = [], hash: String = "0123456789abcdef", variation: String? = "a",
    quality: String? = "q1", dataset: String? = nil
  ) -> StudyUnit {
    StudyUnit(
      index: 0, name: name, kind: kind, variation: variation, quality: quality, rate: 0.01, seed: 42, dataset: dataset, needs: needs,
      hash: hash, steps: kind == .fit ? 10 : nil)
  }

  static func plan(_ units: [StudyUnit]) -> StudyPlan { StudyPlan(study: "s", file: "s.yaml", program: "1", units: units) }

  static func state(_ phase: UnitState.Phase, host: String = Machine.hostName, heartbeat: Double = 0, reason: String? = nil) -> UnitState {
    UnitState(phase: phase, host: host, process: 1, started: 0, heartbeat: heartbeat, seconds: 3, reason: reason, program: "1")
  }
}
