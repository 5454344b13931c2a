import ChildProcesses

/// The job of the cluster manager Slurm that this program runs in.
struct SlurmJob {
  /// What `scontrol` calls the job: `70`, or `70_3` for a task of an array.
  let id: String
  /// Whether this is the process of the job that speaks for all.
  let isFirstProcess: Bool
  /// How often the job was put back into the queue and started again.
  let restartCount: Int

  /// Reads the variables that Slurm sets; nil outside of a job, and in one that a person works in by hand.
  init?(_ environment: [String: String]) {
    func value(_ name: String) -> String? { environment["SLURM_\(name)"].flatMap { $0.isEmpty ? nil : $0 } }
    guard let job = value("JOB_ID"), !["bash", "interactive"].contains(value("JOB_NAME") ?? "") else { return nil }
    if let array = value("ARRAY_JOB_ID"), let task = value("ARRAY_TASK_ID") {
      id = "\(array)_\(task)"
    } else {
      id = job
    }
    isFirstProcess = (value("PROCID").flatMap { Int($0) } ?? 0) == 0
    restartCount = value("RESTART_COUNT").flatMap { Int($0) } ?? 0
  }

  /// Puts the job back into the queue.
  ///
  /// - Returns: Why that failed; nil when it did not.
  func requeue() -> String? {
    do throws(ChildProcessError) {
      let result = try ChildProcess("scontrol", ["requeue", id], timeLimit: .seconds(30)).run()
      if result.isSuccess { return nil }
      let text = result.messagesText.split(separator: "\n").first.map { ": \($0)" } ?? ""
      return "'scontrol requeue \(id)' \(result.ending)\(text)"
    } catch {
      return "\(error)"
    }
  }
}
