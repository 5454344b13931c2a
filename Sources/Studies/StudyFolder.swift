/// The folder of a study: the plan, a folder for each unit, and the curves that are put together of them.
public struct StudyFolder: Sendable, Equatable {
  /// The path.
  public let path: String

  /// Names an existing or a new folder.
  public init(_ path: String) { self.path = path }

  /// The plan.
  public var plan: String { "\(path)/plan.json" }
  /// The folder of all units.
  public var units: String { "\(path)/units" }
  /// The curves, in a folder for each data set.
  public var curves: String { "\(path)/curves" }
  /// The times of all variations.
  public var timing: String { "\(path)/timing" }
  /// Scripts for a cluster and what its jobs print.
  public var jobs: String { "\(path)/slurm" }

  /// The lock of a machine that units run on; see ``MachineShare``.
  public func machine(_ host: String) -> String {
    let name = host.replacing("/", with: "_")
    return "\(units)/.machine-\(name.isEmpty ? "unknown" : name)"
  }

  /// The folder of a unit.
  public func unit(_ unit: StudyUnit) -> UnitFolder { UnitFolder(path: "\(units)/\(unit.folderName)") }
}

/// The folder of a unit.
public struct UnitFolder: Sendable, Equatable {
  /// The path.
  public let path: String

  /// Names an existing or a new folder.
  public init(path: String) { self.path = path }

  /// The resolved configuration that the unit runs.
  public var configuration: String { "\(path)/config.yaml" }
  /// How far it is.
  public var state: String { "\(path)/state.json" }
  /// What its processes say.
  public var log: String { "\(path)/log.txt" }
  /// Held by the process that works on it.
  public var lock: String { "\(path)/lock" }
  /// The folder of the runs of a training.
  public var runs: String { "\(path)/logs" }
  /// The folder of the results of a measurement.
  public var results: String { "\(path)/results" }
  /// The results of a measurement.
  public var resultsFile: String { "\(results)/results.json" }
  /// The results of a timing.
  public var timingFile: String { "\(results)/timing.json" }
}
