/// A module that computes otherwise while it is trained than when it is used, as batch normalization and dropout do.
///
/// It starts in use.
public protocol TrainingModeFollower: Module {
  /// Takes the mode.
  func follow(isTraining: Bool) throws
}

extension Module {
  /// Runs `body` with this module and those inside it in training mode.
  ///
  /// - Throws: What `body` throws, and ``TorchError`` when a module refuses the mode.
  public func inTraining<Value>(_ body: () throws -> Value) throws -> Value {
    try setTraining(true)
    let result = Result { try body() }
    try setTraining(false)
    return try result.get()
  }

  private func setTraining(_ isTraining: Bool) throws {
    try (self as? any TrainingModeFollower)?.follow(isTraining: isTraining)
    for case .module(_, let module) in members { try module.setTraining(isTraining) }
  }
}
