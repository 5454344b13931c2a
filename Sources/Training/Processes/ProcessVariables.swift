/// Environment variables of a launcher; an empty one counts as not set.
struct ProcessVariables {
  private let environment: [String: String]

  init(_ environment: [String: String]) { self.environment = environment }

  func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

  func has(_ name: String) -> Bool { given(name) != nil }

  /// Whether `srun` started this process: a batch script has numbers of tasks, too, but no step of its own.
  var isSlurmStep: Bool {
    guard has("SLURM_PROCID"), has("SLURM_NTASKS") || has("SLURM_STEP_NUM_TASKS") else { return false }
    let isBatchScript = has("SLURMD_NODENAME") && !["SLURM_STEP_NUM_TASKS", "SLURM_STEP_ID", "SLURM_STEPID"].contains { has($0) }
    return !isBatchScript && !["bash", "interactive"].contains(given("SLURM_JOB_NAME") ?? "")
  }

  /// The tasks of this node: `SLURM_STEP_TASKS_PER_NODE` or `SLURM_TASKS_PER_NODE`, as `4(x2),3`, at the place `SLURM_NODEID`.
  var tasksOnNode: Int? {
    guard let text = given("SLURM_STEP_TASKS_PER_NODE") ?? given("SLURM_TASKS_PER_NODE") else { return nil }
    var counts: [Int] = []
    for part in text.split(separator: ",") {
      let pieces = part.split(separator: "(")
      guard let count = pieces.first.flatMap({ Int($0) }) else { return nil }
      let times = pieces.count > 1 ? Int(pieces[1].filter(\.isNumber)) ?? 1 : 1
      counts += Array(repeating: count, count: min(times, 100_000))
    }
    guard let node = given("SLURM_NODEID").flatMap({ Int($0) }), counts.indices.contains(node) else { return nil }
    return counts[node]
  }

  func text(_ name: String) throws(ProcessPlaceError) -> String {
    guard let text = given(name) else { throw .missing(name: name, beside: neighbour(of: name)) }
    return text
  }

  func number(_ name: String, default fallback: Int? = nil) throws(ProcessPlaceError) -> Int {
    if let fallback, !has(name) { return fallback }
    let text = try text(name)
    guard let number = Int(text), number >= 0 else { throw .value(name: name, text: text, expected: "a number from 0 on") }
    return number
  }

  func port(_ name: String) throws(ProcessPlaceError) -> Int {
    let text = try text(name)
    guard let number = Int(text), 1...65_535 ~= number else { throw .value(name: name, text: text, expected: "a port, 1 to 65535") }
    return number
  }

  /// The variable that is there and makes the missing one necessary.
  private func neighbour(of name: String) -> String {
    let candidates = name.hasPrefix("SLURM") ? ["SLURM_PROCID", "SLURM_NTASKS"] : ["RANK", "WORLD_SIZE"]
    return candidates.first { $0 != name && has($0) } ?? candidates[0]
  }
}
