import ChildProcesses

/// A program of someone else's that is useful beside this one, or a part of such a program.
struct ExternalProgram {
  let name: String
  /// The program where ``name`` is that of a part.
  var program: String?
  /// What the answer holds where the part is there.
  var sign: String?
  /// What makes it say its version.
  let arguments: [String]
  let purpose: String
  let remedy: String
  /// Whether it says its version in its help, which many programs end with a status that is not 0.
  var isHelp = false
  /// Whether it says its version at all; one that does not is only looked for.
  var saysVersion = true

  /// Long enough for a program that has to be read from a slow disk.
  private static let timeLimit = Duration.seconds(2)

  /// Looks for the program in PATH and asks it for its version.
  func check() -> DoctorCheck {
    guard let path = ProgramSearch.path(of: program ?? name) else {
      return DoctorCheck(name, .missing, program.map { "not found, as there is no \($0)" } ?? "not found", purpose: purpose, remedy: remedy)
    }
    guard saysVersion else { return DoctorCheck(name, .ok, "of unknown version at \(path)", purpose: purpose) }
    let result: ChildProcessResult
    do {
      result = try ChildProcess(path, arguments, timeLimit: Self.timeLimit, outputLimit: 16384).run()
    } catch {
      return warning("\(error)")
    }
    if let sign {
      guard result.isSuccess else { return warning("\(path) \(result.ending)") }
      guard (result.outputText + result.messagesText).contains(sign) else {
        return DoctorCheck(name, .missing, "not in \(path)", purpose: purpose, remedy: remedy)
      }
      return DoctorCheck(name, .ok, "in \(path)", purpose: purpose)
    }
    let version = Self.versionLine(result.outputText) ?? Self.versionLine(result.messagesText)
    switch result.ending {
    case .exit(status: 0): return DoctorCheck(name, .ok, "\(version ?? "of unknown version") at \(path)", purpose: purpose)
    case .exit where isHelp && version != nil: return DoctorCheck(name, .ok, "\(version ?? "") at \(path)", purpose: purpose)
    case .timeLimit: return warning("\(path) gave no version within \(Self.timeLimit)")
    case .exit, .signal: return warning("\(path) \(result.ending)")
    }
  }

  private func warning(_ detail: String) -> DoctorCheck {
    let command = ([program ?? name] + arguments).joined(separator: " ")
    return DoctorCheck(name, .warning, detail, purpose: purpose, remedy: "run '\(command)' by hand to see why; \(remedy)")
  }

  /// The first line with a number such as `1.2`, at most 100 letters of it.
  static func versionLine(_ text: String) -> String? {
    text.split(whereSeparator: \.isNewline).first { $0.contains(/[0-9]\.[0-9]/) }.map { line in
      let printable = line.filter { !$0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
      let words = printable.split(separator: " ").joined(separator: " ")
      return words.count > 100 ? "\(words.prefix(99))…" : words
    }
  }
}
