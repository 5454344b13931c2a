/// Job scripts for the cluster manager Slurm: arrays whose tasks execute one unit each, or all tests of one training.
///
/// A task is handed the signal SIGUSR1 before its time is over; the unit then writes what it has and asks to be started again. Trainings that start
/// from each other's weights are arrays one after the other, `fit`, `fit-2`, …, whose tasks have the number of the first training of their chain:
/// so Slurm can pair them, and no task holds a place while it waits.
public struct SlurmScripts: Sendable, Equatable {
  /// The jobs in the order in which they are handed over.
  public private(set) var jobs: [SlurmArray] = []

  private let plan: StudyPlan
  private let folder: StudyFolder
  private let program: String
  private let workingFolder: String
  private let resources: SlurmResources

  /// Makes the scripts of what is open in a plan.
  ///
  /// - Parameters:
  ///   - plan: the units.
  ///   - open: the names of the units to do.
  ///   - folder: the folder of the study, absolute.
  ///   - program: the path of the program, absolute.
  ///   - workingFolder: the folder in which the program is started.
  public init(plan: StudyPlan, open: Set<String>, folder: StudyFolder, program: String, workingFolder: String, resources: SlurmResources) {
    (self.plan, self.folder, self.program) = (plan, folder, program)
    (self.workingFolder, self.resources) = (workingFolder, resources)
    addTrainings(open)
    // Tests of weights that the study did not train.
    addArray(of: .test, Set(plan.units(of: .test).filter { $0.needs.isEmpty }.map(\.name)).intersection(open))
    for kind in [StudyUnit.Kind.anchor, .time] { addArray(of: kind, open) }
    let words = "exec \(ShellText.quoted(program)) study results --report \(ShellText.quoted(folder.path))"
    let all = jobs.map { SlurmArray.Dependency(job: $0.name, condition: "afterany") }
    jobs.append(SlurmArray(name: "report", text: script("report", lines: [words]), dependencies: all))
  }

  /// One array for each place in the chains, and one for the tests of these trainings.
  private mutating func addTrainings(_ open: Set<String>) {
    let fits = plan.units(of: .fit)
    let tests = Dictionary(grouping: plan.units(of: .test).filter { open.contains($0.name) }) { $0.needs.first ?? "" }
    let chains = TrainingChains(plan)
    // Arrays that follow each other have the same tasks; what is done already costs a moment.
    let active = chains.all.filter { $0.contains { open.contains(fits[$0].name) } }
    var before: String?
    for step in 0..<chains.depth {
      let suffix = step == 0 ? "" : "-\(step + 1)"
      let next = step == 0 ? "" : " --next \(step)"
      let isTrained = active.contains { $0.count > step && open.contains(fits[$0[step]].name) }
      if isTrained {
        let numbers = active.filter { $0.count > step }.compactMap(\.first)
        jobs.append(
          array(
            "fit\(suffix)", numbers, "--kind fit --index \"$SLURM_ARRAY_TASK_ID\"\(next)",
            after: before.map { [.init(job: $0, condition: "aftercorr")] } ?? []))
        before = "fit\(suffix)"
      }
      let tested = chains.all.filter { $0.count > step && tests[fits[$0[step]].name] != nil }.compactMap(\.first)
      guard !tested.isEmpty else { continue }
      // Tests of trainings that are done already wait for nothing.
      let waiting = tested.filter { head in isTrained && active.contains { $0.first == head && $0.count > step } }
      for (name, numbers, dependencies) in [
        ("test\(suffix)", waiting, [SlurmArray.Dependency(job: "fit\(suffix)", condition: "aftercorr")]),
        ("test\(suffix)-done", tested.filter { !waiting.contains($0) }, []),
      ] where !numbers.isEmpty {
        jobs.append(array(name, numbers, "--kind test --of-fit \"$SLURM_ARRAY_TASK_ID\"\(next)", after: dependencies))
      }
    }
  }

  private mutating func addArray(of kind: StudyUnit.Kind, _ open: Set<String>) {
    let numbers = plan.units(of: kind).enumerated().filter { open.contains($1.name) }.map(\.offset)
    guard !numbers.isEmpty else { return }
    jobs.append(array(kind.rawValue, numbers, "--kind \(kind.rawValue) --index \"$SLURM_ARRAY_TASK_ID\"", after: []))
  }

  private func array(_ name: String, _ numbers: [Int], _ words: String, after: [SlurmArray.Dependency]) -> SlurmArray {
    let command = "exec \(ShellText.quoted(program)) study exec \(ShellText.quoted(folder.path)) \(words)"
    return SlurmArray(name: name, text: script(name, numbers: numbers, lines: [command]), dependencies: after)
  }

  private func script(_ name: String, numbers: [Int]? = nil, lines: [String]) -> String {
    var options = ["--job-name=\(plan.study)-\(name)"]
    // Timings share no machine, not even with each other.
    let isTiming = name == StudyUnit.Kind.time.rawValue
    if let numbers {
      options.append("--array=\(Self.ranges(numbers))\((isTiming ? 1 : resources.parallel).map { "%\($0)" } ?? "")")
    }
    options += [resources.partition.map { "--partition=\($0)" }, resources.account.map { "--account=\($0)" }].compactMap(\.self)
    if resources.gpus > 0, !["anchor", "report"].contains(name) { options.append("--gpus=\(resources.gpus)") }
    options.append("--cpus-per-task=\(resources.cpus)")
    options += [resources.memory.map { "--mem=\($0)" }, resources.time.map { "--time=\($0)" }].compactMap(\.self)
    if isTiming { options.append("--exclusive") }
    if resources.requeue { options.append("--requeue --open-mode=append") }
    // What needs a task that failed would wait for ever.
    options.append("--kill-on-invalid-dep=yes")
    options.append("--signal=B:USR1@\(resources.signalSeconds)")
    options.append("--chdir=\(ShellText.quoted(workingFolder))")
    let output = numbers == nil ? "\(name)-%j.out" : "\(name)-%A_%a.out"
    options.append("--output=\(ShellText.quoted("\(folder.jobs)/\(output)"))")
    options += resources.options
    return (["#!/bin/bash"] + options.map { "#SBATCH \($0)" } + ["set -u"] + resources.setup + lines).joined(separator: "\n") + "\n"
  }

  /// `0-3,7`, as Slurm writes the tasks of an array.
  static func ranges(_ numbers: [Int]) -> String {
    var parts: [(first: Int, last: Int)] = []
    for number in numbers.sorted() {
      if let last = parts.last, last.last + 1 == number { parts[parts.count - 1].last = number } else { parts.append((number, number)) }
    }
    return parts.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: ",")
  }
}
