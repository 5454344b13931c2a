import Foundation
import SafeFiles
import Testing

/// Studies that others run: a command for each unit, and Slurm, which a script stands in for.
struct StudySubmitTests {
  @Test func aTrialShowsTheScriptsAndWritesNothing() throws {
    let folder = try TinyStudy.folder(
      TinyStudy.study + "launcher: {kind: slurm, slurm: {gpus: 1, time: '1:00:00', options: ['--nice=5']}}\n")
    let trial = try folder.study("submit", "s.yaml", "--dry-run")
    #expect(trial.status == 0 && !folder.has("runs"), "\(trial)")
    let commands = trial.output.split(separator: "\n").filter { $0.hasPrefix("$ ") }
    #expect(
      commands.map { $0.split(separator: " ").dropFirst(3).dropLast().joined(separator: " ") } == [
        "", "--dependency=aftercorr:<fit>", "--dependency=aftercorr:<fit>", "--dependency=aftercorr:<fit-2>", "",
        "--dependency=afterany:<fit>,afterany:<test>,afterany:<fit-2>,afterany:<test-2>,afterany:<anchor>",
      ])
    // The first trainings of both chains, of four trainings.
    #expect(trial.output.contains("#SBATCH --job-name=s-fit-2\n#SBATCH --array=1,3\n#SBATCH --gpus=1\n"), "\(trial.output)")
    #expect(trial.output.contains("#SBATCH --time=1:00:00\n") && trial.output.contains("#SBATCH --nice=5\n"))
  }

  /// A program that takes jobs as `sbatch` does, notes its words and refuses `refused`.
  private func stub(_ folder: TestFolder, refusing refused: String = "none") throws -> [String: String] {
    try folder.addScript(
      "bin/sbatch",
      """
      case "$*" in */\(refused).sh) echo "sbatch: error: Batch job submission failed: Invalid account" >&2; exit 1 ;; esac
      echo "$*" >> "\(folder.path)/submitted"
      echo "$(wc -l < "\(folder.path)/submitted");cluster"
      """)
    return ["PATH": "\(folder.path)/bin:/usr/bin:/bin"]
  }

  @Test func jobsKnowTheNumbersOfThoseBeforeThem() throws {
    let folder = try TinyStudy.folder()
    let environment = try stub(folder)
    let result = try folder.study("submit", "s.yaml", "--launcher", "slurm", environment: environment)
    #expect(result.status == 0, "\(result.messages)")
    #expect(result.output == "fit: job 1\ntest: job 2\nfit-2: job 3\ntest-2: job 4\nanchor: job 5\nreport: job 6\n")
    let words = String(decoding: try folder.bytes("submitted"), as: UTF8.self).split(separator: "\n")
    #expect(words[3].hasPrefix("--parsable --dependency=aftercorr:3 /") && words[3].hasSuffix("/runs/s/slurm/test-2.sh"), "\(words)")
    #expect(folder.has("runs/s/slurm/fit.sh") && folder.has("runs/s/plan.json"))
  }

  @Test func whatSlurmRefusesIsTold() throws {
    let folder = try TinyStudy.folder()
    let environment = try stub(folder, refusing: "fit-2")
    let result = try folder.study("submit", "s.yaml", "--launcher", "slurm", environment: environment)
    #expect(result.status == 2)
    #expect(
      result.messages
        == "error: sbatch did not take fit-2.sh: sbatch: error: Batch job submission failed: Invalid account; 'scancel 1 2' takes back "
        + "what is queued already\n")
    let absent = try folder.study("submit", "s.yaml", "--launcher", "slurm", environment: ["PATH": "/nowhere"])
    #expect(absent.status == 2 && absent.messages.contains("there is no program 'sbatch', so this is no machine of a Slurm cluster"))
  }

  @Test func aCommandGetsEveryUnitToRun() throws {
    let folder = try TinyStudy.folder(TinyStudy.single)
    try folder.addScript("launch", "echo \"$1 $2\" >> \"\(folder.path)/launched\"; shift 2; exec \"$@\"")
    let result = try folder.study(
      "submit", "s.yaml", "--launcher", "command", "--command", "'\(folder.path)/launch' {kind} {name} {command}", "--jobs", "2")
    #expect(result.status == 0, "\(result.messages)")
    let launched = String(decoding: try folder.bytes("launched"), as: UTF8.self).split(separator: "\n").map { String($0.prefix(19)) }
    #expect(launched == ["fit gdn_fit_q1_mse-", "test gdn_test_q1_ms"], "\(launched)")
    #expect(try folder.open() == [])
    #expect(
      try folder.study("submit", "s.yaml", "--launcher", "command", "--command", "{command}").messages
        == "everything is done, or being worked on\n")
  }

  @Test func launchersThatDoNotWork() throws {
    let folder = try TinyStudy.folder(TinyStudy.single)
    for (command, message) in [
      ("srun -n 1", "a launcher's command needs {command}, the place of the unit's own command, for example 'srun -n 1 {command}'"),
      ("absent-launcher {command}", "there is no program 'absent-launcher', which the launcher's command begins with"),
      ("'{command}", "the launcher's command: "),
    ] {
      let result = try folder.study("submit", "s.yaml", "--launcher", "command", "--command", command)
      #expect(result.status == 2 && result.messages.hasPrefix("error: \(message)"), "\(result)")
    }
    // One that comes back at once leaves nothing done, which is told.
    let early = try folder.study("submit", "s.yaml", "--launcher", "command", "--command", "true {command}")
    #expect(early.status == 1 && early.messages.contains("a launcher has to wait for the unit"), "\(early)")
    #expect(try folder.study("submit", "s.yaml", "--launcher", "command").messages.contains("needs --command WORDS"))
  }
}
