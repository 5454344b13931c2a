/// A module that is trained otherwise as a training goes on, as what is annealed.
///
/// It starts at step 0. What it computes in use depends on no step.
public protocol TrainingStepFollower: Module {
  /// Takes the number of updates that are made already, before the next one; also in a process that has no picture in it.
  func follow(step: Int) throws
}

extension Module {
  /// Tells this module and those inside it how many updates of the training are made.
  ///
  /// - Throws: What a module throws that changes itself then.
  public func setStep(_ step: Int) throws {
    try (self as? any TrainingStepFollower)?.follow(step: step)
    for case .module(_, let module) in members { try module.setStep(step) }
  }
}
