import ChildProcesses
import Codecs
import Studies

/// The command line that hands a unit to a launcher: `srun -n 1 {command}`.
struct LauncherCommand: Sendable {
  private let template: [String]

  /// Reads a command line with `{command}` in it; `{name}` and `{kind}` are those of the unit.
  ///
  /// - Throws: ``UsageError`` when it has no place for the command, begins with none or cannot be taken apart.
  init(_ text: String) throws {
    guard text.contains("{command}") else {
      throw UsageError.needs(
        "a launcher's command needs {command}, the place of the unit's own command, for example 'srun -n 1 {command}'; found '\(text)'")
    }
    do { template = try CommandWords.split(text) } catch { throw UsageError.needs("the launcher's command: \(error)") }
    guard let first = template.first, first == "{command}" || ProgramSearch.path(of: first) != nil else {
      throw UsageError.needs("there is no program '\(template.first ?? "")', which the launcher's command begins with")
    }
  }

  /// Returns the words for a unit; within a longer word the command is text for a shell.
  func words(command: [String], unit: StudyUnit) -> [String] {
    template.flatMap { word -> [String] in
      if word == "{command}" { return command }
      let quoted = command.map { ShellText.quoted($0) }.joined(separator: " ")
      return [
        word.replacing("{command}", with: quoted).replacing("{name}", with: unit.folderName).replacing("{kind}", with: unit.kind.rawValue)
      ]
    }
  }
}
