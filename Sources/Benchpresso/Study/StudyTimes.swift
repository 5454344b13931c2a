import Configuration
import Results
import SafeFiles
import Studies

/// The times of all variations as one file.
///
/// They were measured one after the other, so that no repetition of one belongs to one of another.
struct StudyTimes {
  let file: TimingFile

  /// Reads what is timed; nil where nothing is.
  ///
  /// - Throws: `ResultsError` and `FileError` when results cannot be read.
  init?(_ plan: StudyPlan, in folder: StudyFolder) throws {
    var sessions: [TimingSession] = []
    var variants: [TimingVariant] = []
    var points: [TimingPoint] = []
    var first: TimingFile?
    var rounds = 0
    for unit in plan.units(of: .time) {
      let place = folder.unit(unit)
      guard UnitStatus(place) == .done else { continue }
      let file = try TimingFile(json: FileBytes.read(place.timingFile), name: place.timingFile)
      first = first ?? file
      for var variant in file.variants {
        variant.group = unit.network ?? variant.group
        variant.family = unit.variation ?? variant.family
        variants.append(variant)
      }
      for var point in file.points {
        point.rounds = point.rounds.map { $0 + rounds }
        point.sessions = point.sessions.map { $0 + sessions.count }
        points.append(point)
      }
      rounds = (points.flatMap(\.rounds).max() ?? 0) + 1
      sessions += file.sessions
    }
    guard let first else { return nil }
    // What sessions and points have to say, the file finds by itself.
    let warning =
      "the variants were measured one after the other and not in turns, so that small differences mean nothing; "
      + "'benchpresso measure latency' compares variants in turns"
    file = TimingFile(
      measurement: first.measurement, procedure: first.procedure, environment: first.environment, sessions: sessions, variants: variants,
      points: points, warnings: variants.count > 1 ? [warning] : [])
  }

  /// Writes timing.json, its tables and plots into the folder of the study, and prints the table.
  ///
  /// - Returns: The folder.
  func write(in folder: StudyFolder, showing: Bool) throws -> String {
    try Folder.create(folder.timing)
    let output = MeasureOutput(file: file, folder: folder.timing, isThroughput: file.points.contains { $0.batchSize > 1 })
    _ = try output.write(plots: true)
    if showing { try output.show(.table) }
    return folder.timing
  }
}
