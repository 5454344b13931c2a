/// What a data set is read for.
public enum Stage: String, Sendable, CaseIterable, Codable {
  /// Fitting the weights.
  case train
  /// Watching the progress of the training.
  case validate
  /// The final measurement.
  case test

  /// The names that the folder of this stage may have.
  public var folderNames: [String] {
    switch self {
    case .train: ["train"]
    case .validate: ["val", "valid", "eval"]
    case .test: ["test"]
    }
  }
}
