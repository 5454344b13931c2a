/// A module that is trained otherwise as a training goes on, as what is annealed.
///
/// It starts at step 0. What it computes in use depends on no step.
public protocol TrainingStepFollower: Module {
  /// Takes the number of updates that are made already.
  func follow(step: Int)
}

extension Module {
  /// Tells this module and those inside it how many updates of the training are made.
  public func setStep(_ step: Int) {
    (self as? any TrainingStepFollower)?.follow(step: step)
    for case .module(_, let module) in members { module.setStep(step) }
  }
}
