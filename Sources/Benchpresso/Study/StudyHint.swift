import Configuration

/// A study file that was taken for a configuration.
enum StudyHint {
  /// Returns the problems of a configuration; where a file of it is a study, that alone in place of its unknown keys.
  static func problems(of error: ConfigurationError) -> [Problem] {
    let unknown = Set(error.problems.filter { $0.sentence.hasPrefix("unknown key") }.map(\.path))
    guard unknown.contains("study"), !unknown.isDisjoint(with: ["variations", "grid", "rates", "datasets"]),
      let problem = error.problems.first(where: { $0.path == "study" })
    else { return error.problems }
    let file = problem.mark.source
    let sentence = "'\(file)' is a study and no configuration; 'benchpresso study run \(file)' runs it"
    return [Problem(mark: problem.mark, path: problem.path, sentence: sentence)]
      + error.problems.filter { $0.mark.source != file }
  }
}
