/// A job of Slurm: a script, and the jobs that come before it.
public struct SlurmArray: Sendable, Equatable {
  /// What it waits for.
  public struct Dependency: Sendable, Equatable {
    /// The name of the other job.
    public let job: String
    /// Slurm's word for how: `aftercorr` pairs the tasks of two arrays, `afterany` waits for all, however they end.
    public let condition: String
  }

  /// `fit`, `fit-2`, `test`, `anchor`, `time`, `report`, ….
  public let name: String
  /// The script.
  public let text: String
  /// The jobs that come before it.
  public let dependencies: [Dependency]

  /// The options of `sbatch`, given the numbers of the jobs that were handed over.
  public func options(numbers: [String: String]) -> [String] {
    let parts = dependencies.compactMap { dependency in numbers[dependency.job].map { "\(dependency.condition):\($0)" } }
    return parts.isEmpty ? [] : ["--dependency=\(parts.joined(separator: ","))"]
  }
}
