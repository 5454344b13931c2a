import Results
import SafeFiles

/// Puts the rate points of a study together: one results file for each curve and data set.
public struct StudyCurves: Sendable {
  /// One curve.
  public struct Curve: Sendable, Equatable {
    /// The name: the variation or the anchor, with the seed where there are several.
    public let name: String
    /// The variation; nil for an anchor.
    public let variation: String?
    /// The seed; nil for an anchor, or where all units have the same.
    public let seed: Int?
    /// The data set.
    public let dataset: String
    /// The file.
    public let path: String
    /// The rate points in it.
    public let points: Int
    /// The rate points that it will have.
    public let planned: Int

    /// Describes a curve.
    public init(name: String, variation: String?, seed: Int?, dataset: String, path: String, points: Int, planned: Int) {
      self.name = name
      self.variation = variation
      self.seed = seed
      self.dataset = dataset
      self.path = path
      self.points = points
      self.planned = planned
    }
  }

  /// Writes `curves/<data set>/<name>.json` from all measurements that are done.
  ///
  /// - Returns: The curves that have at least one point, in the order of the plan.
  /// - Throws: `ResultsError` when results cannot be read, and what writing throws.
  public static func write(_ plan: StudyPlan, in folder: StudyFolder) throws -> [Curve] {
    let units = plan.units.filter { $0.kind == .test || $0.kind == .anchor }
    let hasSeeds = Set(plan.units.compactMap(\.seed)).count > 1
    var groups: [(key: Key, units: [StudyUnit])] = []
    for unit in units {
      let key = Key(
        name: unit.variation.map { hasSeeds ? "\($0)_s\(unit.seed ?? 0)" : $0 } ?? anchor(of: unit), dataset: unit.dataset ?? "",
        variation: unit.variation, seed: hasSeeds ? unit.seed : nil)
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].units.append(unit)
      } else {
        groups.append((key, [unit]))
      }
    }
    var curves: [Curve] = []
    for (key, units) in groups {
      let done = units.filter { UnitStatus(folder.unit($0)) == .done }
      let files = try done.map { (unit: $0, file: try ResultsFile.read(folder.unit($0).resultsFile)) }
      guard let first = files.first?.file else { continue }
      let points = files.flatMap { unit, file in
        file.points.map { point in
          var point = point
          if let quality = unit.quality {
            point.label = quality
            point.lambda = point.lambda ?? unit.rate
          }
          if point.model == nil { point.model = file.model }
          return point
        }
      }
      let file = ResultsFile(
        name: key.name, description: first.description, model: first.model, dataset: first.dataset, environment: first.environment,
        points: points)
      let target = "\(folder.curves)/\(key.dataset)"
      try Folder.create(target)
      try file.write(to: "\(target)/\(key.name).json")
      curves.append(
        Curve(
          name: key.name, variation: key.variation, seed: key.seed, dataset: key.dataset, path: "\(target)/\(key.name).json",
          points: points.count, planned: key.variation == nil ? points.count : units.count))
    }
    return curves
  }

  private struct Key: Equatable {
    let name: String
    let dataset: String
    let variation: String?
    let seed: Int?
  }

  /// `bpg444/kodak` is a curve of `bpg444`.
  private static func anchor(of unit: StudyUnit) -> String { unit.name.split(separator: "/").first.map(String.init) ?? unit.name }
}
