/// What keeps a study from running.
public enum StudyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no plan.
  case noPlan(path: String, cause: String)
  /// A file is damaged or of another version.
  case damaged(path: String)
  /// There is no unit of this name.
  case noUnit(name: String, hint: String)
  /// Another process works on a unit.
  case held(unit: String, by: String)
  /// A unit needs another one that is not done.
  case notReady(unit: String, needs: String)

  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .noPlan(let path, let cause): "there is no plan at '\(path)' (\(cause)); 'benchpresso study plan FILE' makes it"
    case .damaged(let path):
      "'\(path)' is damaged or of another version of the program; remove it, and 'benchpresso study plan FILE' makes it anew"
    case .noUnit(let name, let hint): "the study has no unit '\(name)'\(hint)"
    case .held(let unit, let holder): "'\(unit)' is being worked on by \(holder)"
    case .notReady(let unit, let need): "'\(unit)' needs '\(need)', which is not done"
    }
  }
}
