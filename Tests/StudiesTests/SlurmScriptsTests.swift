import Studies
import Testing

struct SlurmScriptsTests {
  private let plan = Sample.plan(
    (0..<4).map { Sample.unit("f\($0)") } + (0..<4).map { Sample.unit("t\($0)/k", .test, needs: ["f\($0)"], dataset: "k") }
      + [Sample.unit("bpg/k", .anchor, variation: nil, quality: nil, dataset: "k"), Sample.unit("time", .time)])

  private func scripts(open: Set<String>? = nil, _ change: (inout SlurmResources) -> Void = { _ in }) -> SlurmScripts {
    var resources = SlurmResources()
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
      "module load cuda", "exec /opt/bin/benchpresso study exec '/data/my runs/s' --kind fit --index \"$SLURM_ARRAY_TASK_ID\"",
    ] { #expect(jobs[0].text.contains(line + "\n"), "\(line) in\n\(jobs[0].text)") }
    #expect(!jobs[2].text.contains("--gpus"))
    #expect(jobs[3].text.contains("%1\n") && jobs[3].text.contains("--exclusive"))
    let numbers = ["fit": "10", "test": "11", "anchor": "12", "time": "13"]
    #expect(jobs[0].options(numbers: numbers).isEmpty)
    #expect(jobs[1].options(numbers: numbers) == ["--dependency=aftercorr:10"])
    #expect(
      jobs[4].options(numbers: numbers)
        == ["--dependency=afterany:10,afterany:11,afterany:12,afterany:13"])
  }

  @Test func onlyWhatIsOpenIsHandedOver() {
    let jobs = scripts(open: ["f1", "f3", "t0/k", "t1/k", "t3/k"]).jobs
    #expect(jobs.map(\.name) == ["fit", "test", "test-done", "report"])
    #expect(jobs[0].text.contains("--array=1,3\n") && jobs[1].text.contains("--array=1,3\n") && jobs[2].text.contains("--array=0\n"))
    #expect(jobs[1].options(numbers: ["fit": "7"]) == ["--dependency=aftercorr:7"])
    // Its training is done, so it waits for nothing.
    #expect(jobs[2].dependencies.isEmpty)
  }

  /// Trainings that start from a neighbour are paired by the number of the first of their chain, and none waits in its place.
  @Test func chainsAreArraysOneAfterTheOther() {
    let chained = Sample.plan(
      ["a", "b"].flatMap { name in
        [Sample.unit("\(name)1", needs: ["\(name)2"]), Sample.unit("\(name)2", needs: ["\(name)3"]), Sample.unit("\(name)3")]
      } + ["a", "b"].flatMap { name in (1...3).map { Sample.unit("t\(name)\($0)/k", .test, needs: ["\(name)\($0)"], dataset: "k") } })
    #expect(TrainingChains(chained).all == [[2, 1, 0], [5, 4, 3]])
    #expect(TrainingChains(chained).place(head: 5, steps: 2) == 3 && TrainingChains(chained).place(head: 4, steps: 1) == nil)
    let jobs = SlurmScripts(
      plan: chained, open: Set(chained.units.map(\.name)).subtracting(["a3", "ta3/k"]), folder: StudyFolder("/s"), program: "bp",
      workingFolder: "/", resources: SlurmResources()
    ).jobs
    #expect(jobs.map(\.name) == ["fit", "test", "fit-2", "test-2", "fit-3", "test-3", "report"])
    #expect(jobs.filter { $0.name.hasPrefix("fit") }.allSatisfy { $0.text.contains("--array=2,5\n") })
    #expect(jobs[1].text.contains("--array=5\n") && jobs[3].text.contains("--array=2,5\n"))
    #expect(jobs[2].text.contains("--kind fit --index \"$SLURM_ARRAY_TASK_ID\" --next 1\n"))
    #expect(jobs[5].text.contains("--kind test --of-fit \"$SLURM_ARRAY_TASK_ID\" --next 2\n"))
    let numbers = ["fit": "1", "fit-2": "2", "fit-3": "3"]
    #expect(
      jobs.map { $0.options(numbers: numbers).first }.prefix(6) == [
        nil, "--dependency=aftercorr:1", "--dependency=aftercorr:1", "--dependency=aftercorr:2", "--dependency=aftercorr:2",
        "--dependency=aftercorr:3",
      ])
  }

  /// What is handed to a cluster, letter by letter.
  @Test func theScriptOfAnArray() {
    let text = SlurmScripts(
      plan: plan, open: ["f0", "f1", "f3"], folder: StudyFolder("/data/s"), program: "/opt/benchpresso", workingFolder: "/data",
      resources: SlurmResources()
    ).jobs[0].text
    #expect(
      text == """
        #!/bin/bash
        #SBATCH --job-name=s-fit
        #SBATCH --array=0-1,3
        #SBATCH --cpus-per-task=8
        #SBATCH --requeue --open-mode=append
        #SBATCH --kill-on-invalid-dep=yes
        #SBATCH --signal=B:USR1@120
        #SBATCH --chdir=/data
        #SBATCH --output=/data/s/slurm/fit-%A_%a.out
        set -u
        exec /opt/benchpresso study exec /data/s --kind fit --index "$SLURM_ARRAY_TASK_ID"

        """)
  }
}
