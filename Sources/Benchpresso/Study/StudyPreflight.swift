import Configuration
import Registry
import Studies

/// Looks for the pictures, weights and programs of all open units before the first one runs: what is missing should not be found in the night.
struct StudyPreflight {
  /// What is missing, each thing once, at the place that asks for it.
  private(set) var problems: [Problem] = []

  /// Looks for what the units of these names need.
  init(_ expansion: StudyExpansion, units: [StudyUnit]) {
    let names = Set(units.map(\.name))
    let cells = expansion.cells.filter { names.contains($0.unit.name) }
    var known: [(subject: StudyNeed.Subject, need: StudyNeed, users: [String])] = []
    for cell in cells {
      for need in cell.needs {
        if let index = known.firstIndex(where: { $0.subject == need.subject }) {
          known[index].users.append(cell.unit.name)
        } else {
          known.append((need.subject, need, [cell.unit.name]))
        }
      }
    }
    var told: [String] = []
    for (_, need, users) in known {
      // Pictures for the training and for its validation are one folder.
      guard let sentence = need.problem(expansion.catalogue), !told.contains(sentence) else { continue }
      told.append(sentence)
      let more = users.count > 1 ? " and \(users.count - 1) more \(users.count == 2 ? "unit" : "units")" : ""
      let problem = Problem(mark: need.mark, path: need.path, sentence: "\(sentence) (needed by \(users[0])\(more))")
      problems.append(StudyLayer.inFile(problem, expansion.file.path))
    }
  }

  /// Refuses to begin where something is missing.
  ///
  /// - Throws: `ConfigurationError` with everything that is missing.
  func check() throws(ConfigurationError) { if !problems.isEmpty { throw ConfigurationError(problems) } }
}
