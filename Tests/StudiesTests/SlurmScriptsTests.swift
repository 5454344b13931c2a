import Studies
import Testing

struct SlurmScriptsTests {
  private let plan = Sample.plan(
    (0..<4).map { Sample.unit("f\($0)") } + (0..<4).map { Sample.unit("t\($0)/k", .test, needs: ["f\($0)"], dataset: "k") }
      + [Sample.unit("bpg/k", .anchor, variation: nil, quality: nil, dataset: "k"), Sample.unit("time", .time)])

  private func scripts(open: Set<String>? = nil, _ change: (inout SlurmScripts.Resources) -> Void = { _ in }) -> SlurmScripts {
    var resources = SlurmScripts.Resources()
    change(&resources)
    return SlurmScripts(
      plan: plan, open: open ?? Set(plan.units.map(\.name)), folder: StudyFolder("/data/my runs/s"), program: "/opt/bin/benchpresso",
      workingFolder: "/data", resources: resources)
  }

  @Test func everyKindIsAnArrayAndTestsFollowTheirTraining() throws {
    let jobs = scripts {
      $0.gpus = 1
      $0.parallel = 2
      $0.partition = "gpu"
      $0.memory = "32G"
      $0.time = "3-00:00:00"
      $0.setup = ["module load cuda"]
    }.jobs
    #expect(jobs.map(\.name) == ["fit", "test", "anchor", "time", "report"])
    for line in [
      "#SBATCH --array=0-3%2", "#SBATCH --partition=gpu", "#SBATCH --gpus=1", "#SBATCH --mem=32G", "#SBATCH --time=3-00:00:00",
      "#SBATCH --requeue --open-mode=append", "#SBATCH --signal=B:USR1@120", "#SBATCH --output='/data/my runs/s/slurm/fit-%A_%a.out'",
      "module load cuda", "exec /opt/bin/benchpresso study exec '/data/my runs/s' --kind fit --index \"$SLURM_ARRAY_TASK_ID\" --wait",
    ] { #expect(jobs[0].text.contains(line + "\n"), "\(line) in\n\(jobs[0].text)") }
    #expect(!jobs[2].text.contains("--gpus"))
    #expect(jobs[3].text.contains("%1\n") && jobs[3].text.contains("--exclusive"))
    let numbers = ["fit": "10", "test": "11", "anchor": "12", "time": "13"]
    #expect(SlurmScripts.dependencyOption(of: jobs[0], numbers: numbers).isEmpty)
    #expect(SlurmScripts.dependencyOption(of: jobs[1], numbers: numbers) == ["--dependency=aftercorr:10"])
    #expect(
      SlurmScripts.dependencyOption(of: jobs[4], numbers: numbers)
        == ["--dependency=afterany:10,afterany:11,afterany:12,afterany:13"])
  }

  @Test func onlyWhatIsOpenIsHandedOver() {
    let jobs = scripts(open: ["f1", "f3", "t0/k", "t1/k", "t3/k"]).jobs
    #expect(jobs.map(\.name) == ["fit", "test", "report"])
    #expect(jobs[0].text.contains("--array=1,3\n") && jobs[1].text.contains("--array=0-1,3\n"))
    // The arrays differ, so that tasks cannot be paired by their numbers.
    #expect(SlurmScripts.dependencyOption(of: jobs[1], numbers: ["fit": "7"]) == ["--dependency=afterany:7"])
  }
}
