import ChildProcesses
import Configuration
import SafeFiles
import Studies

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One unit in a process of its own.
struct UnitProcess {
  let unit: StudyUnit
  let folder: StudyFolder
  let launcher: LauncherCommand?

  /// Runs the unit and waits for it; a signal that comes meanwhile is passed on once.
  func run() -> StudyRunner.Outcome {
    let place = folder.unit(unit)
    switch UnitStatus(place) {
    case .done: return .done
    case .running: return .elsewhere
    case .failed(let reason): return .failed(reason)
    case .planned, .stopped, .blocked: break
    }
    do {
      try Folder.create(place.path)
      let before = UnitState.read(place)
      let own = [ProgramPath.current, "study", "exec", PathText.absolute(folder.path), "--unit", unit.name]
      let words = launcher?.words(command: own, unit: unit) ?? own
      let process = try RunningProcess(words[0], Array(words.dropFirst()), log: place.log)
      var isTold = false
      let ending = process.wait {
        guard !isTold, let signal = Interruption.signal else { return }
        isTold = true
        process.send(signal == SIGUSR1 ? SIGUSR1 : SIGTERM)
      }
      return outcome(place, before: before, ending: ending, isTold: isTold)
    } catch {
      return .failed("\(error)")
    }
  }

  private func outcome(_ place: UnitFolder, before: UnitState?, ending: ChildProcessResult.Ending, isTold: Bool) -> StudyRunner.Outcome {
    let state = UnitState.read(place)
    switch UnitStatus(place) {
    case .done: return .done
    case .running: return .elsewhere
    case .failed(let reason) where state != before: return .failed(reason)
    case _ where isTold: return .stopped
    case .stopped where state?.phase == .stopped && state != before: return .stopped
    default: break
    }
    if launcher != nil, ending == .exit(status: 0) {
      return .failed("its command ended before the unit was done; a launcher has to wait for the unit, as 'sbatch --wait' does")
    }
    return .failed("its process \(ending)\(lastWords(place).map { ": \($0)" } ?? "")")
  }

  /// The last line of the log.
  private func lastWords(_ place: UnitFolder) -> String? {
    guard let bytes = try? FileBytes.read(place.log) else { return nil }
    let line = bytes.split(separator: UInt8(ascii: "\n")).last.map { String(decoding: $0.prefix(500), as: UTF8.self) }
    return line.map { $0.filter { !$0.isNewline } }
  }
}
