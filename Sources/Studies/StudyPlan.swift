import SafeFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The units of a study as they were expanded once, `plan.json`; what runs them reads nothing else.
public struct StudyPlan: Codable, Sendable, Equatable {
  /// The name and version of the file form.
  public static let schemaName = "benchpresso.study-plan/1"

  /// The file form, always ``schemaName``.
  public var schema = StudyPlan.schemaName
  /// The name of the study.
  public var study: String
  /// The study file, as it was given.
  public var file: String
  /// The version of the program that made the plan.
  public var program: String
  /// The units in their order.
  public var units: [StudyUnit]

  /// Creates a plan.
  public init(study: String, file: String, program: String, units: [StudyUnit]) {
    self.study = study
    self.file = file
    self.program = program
    self.units = units
  }

  /// The unit called `name`; nil when there is none.
  public func unit(_ name: String) -> StudyUnit? { units.first { $0.name == name } }

  /// The units of one kind, in their order.
  public func units(of kind: StudyUnit.Kind) -> [StudyUnit] { units.filter { $0.kind == kind } }

  /// Reads `plan.json` of the folder of a study.
  ///
  /// - Throws: ``StudyError`` when there is none, or it is damaged or of another version.
  public static func read(_ folder: StudyFolder) throws(StudyError) -> StudyPlan {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(folder.plan)
    } catch {
      throw StudyError.noPlan(path: folder.plan, cause: error.cause)
    }
    guard let plan = try? JSONDecoder().decode(StudyPlan.self, from: Data(bytes)), plan.schema == schemaName else {
      throw StudyError.damaged(path: folder.plan)
    }
    return plan
  }

  /// Writes `plan.json`.
  public func write(_ folder: StudyFolder) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write([UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")], to: folder.plan)
  }

  /// What another plan has in place of this one.
  public struct Change: Sendable, Equatable {
    /// Units that only the other plan has.
    public var added: [String] = []
    /// Units that only this plan has.
    public var removed: [String] = []
    /// Units whose settings, or those of what they need, differ.
    public var changed: [String] = []

    /// Whether both plans have the same units.
    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
  }

  /// Compares with a plan that takes its place.
  public func change(to new: StudyPlan) -> Change {
    let old = Dictionary(units.map { ($0.name, $0.hash) }, uniquingKeysWith: { first, _ in first })
    let names = Set(new.units.map(\.name))
    var change = Change(removed: units.map(\.name).filter { !names.contains($0) })
    for unit in new.units {
      switch old[unit.name] {
      case nil: change.added.append(unit.name)
      case unit.hash: break
      default: change.changed.append(unit.name)
      }
    }
    return change
  }
}
