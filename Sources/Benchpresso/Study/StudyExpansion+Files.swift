import Configuration
import SafeFiles
import Studies

extension StudyExpansion {
  /// Writes the plan, and the configuration of every unit that is not done.
  ///
  /// - Returns: What changed against an earlier plan; nil where there was none, or none that can be read.
  func write() throws -> StudyPlan.Change? {
    let old = try? StudyPlan.read(folder)
    if old == nil, PathText.exists(folder.plan) {
      Console.note("note: '\(folder.plan)' was damaged, or of another version; it is made anew")
    }
    let new = plan
    try Folder.create(folder.units)
    for cell in cells { try write(cell) }
    if old != new { try new.write(folder) }
    return old?.change(to: new)
  }

  /// What is done keeps the configuration that it was done with; what is not gets the present one, for a study may have moved.
  private func write(_ cell: Cell) throws {
    let place = folder.unit(cell.unit)
    if PathText.exists(place.configuration) {
      if (try? FileBytes.read(place.configuration)).map({ $0.elementsEqual(cell.text.utf8) }) ?? false { return }
      switch UnitStatus(place) {
      case .done, .running: return
      case .planned, .failed, .stopped, .blocked: break
      }
    }
    try Folder.create(place.path)
    try AtomicFile.write(cell.text, to: place.configuration)
  }
}
