import Foundation
import SafeFiles
import Testing

/// Cells that fail, folders that cannot be written, files that are damaged.
struct StudyFailureTests {
  /// Patches of 64 pixels do not come out of pictures of 40: found by the first step, not before.
  private static let failing = TinyStudy.study
    .replacing("gdn: {}", with: "gdn: {data.transform: {class_path: transform.RandomCrop, init_args: {patch_size: 64}}}")

  @Test func aCellThatFailsStopsWhatNeedsItAlone() throws {
    let folder = try TinyStudy.folder(Self.failing)
    let run = try folder.study("run", "s.yaml", "--jobs", "2")
    #expect(run.status == 1, "\(run.messages)")
    let reason = "has 40×40 pixels, less than the patch of 64×64"
    #expect(run.messages.contains("failed  gdn_fit_q2_mse: ") && run.messages.contains(reason), "\(run.messages)")
    for name in ["relu_fit_q1_mse", "relu_test_q1_mse/photos", "relu_test_q2_mse/photos", "jpeg/photos"] {
      #expect(run.messages.contains("done    \(name)"), "\(name)")
    }
    #expect(run.messages.contains("gdn_test_q1_mse/photos  blocked  it needs 'gdn_fit_q2_mse'"), "\(run.messages)")
    // The curve of the other is compared nevertheless.
    #expect(folder.has("runs/s/curves/photos/relu.json") && !folder.has("runs/s/curves/photos/gdn.json"))

    // It stays failed until it is asked for again, and that is said.
    let again = try folder.study("run", "s.yaml")
    #expect(again.status == 1 && again.messages.contains(reason) && !again.messages.contains("done    "), "\(again.messages)")
    #expect(again.messages.contains("'benchpresso study run s.yaml --rerun failed' tries these again"), "\(again.messages)")
    let status = try folder.study("status", "s.yaml", "--units")
    #expect(status.output.contains("blocked") && status.messages.contains("1 failed, 3 blocked"), "\(status)")
    // A trial of the repetition forgets nothing.
    let trial = try folder.study("run", "s.yaml", "--rerun", "failed", "--dry-run")
    #expect(trial.output == "gdn_fit_q1_mse\ngdn_fit_q2_mse\ngdn_test_q1_mse/photos\ngdn_test_q2_mse/photos\n", "\(trial)")
    #expect(try folder.text("gdn_fit_q2_mse", "state.json").contains("\"failed\""))

    // The cause is removed outside of the study file.
    try folder.addPictures("pictures", side: 64)
    let repaired = try folder.study("run", "s.yaml", "--rerun", "failed", "--jobs", "2")
    #expect(repaired.status == 0 && repaired.messages.contains("done    gdn_test_q1_mse/photos"), "\(repaired.messages)")
  }

  @Test func theFirstFailureCanEndEverything() throws {
    let folder = try TinyStudy.folder(Self.failing)
    let run = try folder.study("run", "s.yaml", "--fail-fast")
    #expect(run.status == 1 && !run.messages.contains("done    jpeg/photos"), "\(run.messages)")
  }

  @Test func foldersThatCannotBeWritten() throws {
    let folder = try TinyStudy.folder(TinyStudy.single)
    try folder.add("runs", "a file")
    let run = try folder.study("run", "s.yaml")
    #expect(run.status == 1 && run.messages.contains("runs"), "\(run)")
    #expect(run.messages.hasPrefix("error: cannot"), "\(run.messages)")
  }

  /// A full disk, as a limit on the size of files makes it: the unit says so, and goes on when there is room.
  @Test func aFullDisk() throws {
    let folder = try TinyStudy.folder(TinyStudy.single)
    try folder.addScript("full", "ulimit -f 16; exec \(Command.program) study run s.yaml")
    var command = Command([], in: folder)
    command.program = "\(folder.path)/full"
    let full = try command.run()
    #expect(full.status == 1 && full.messages.contains("failed  gdn_fit_q1_mse: "), "\(full.messages)")
    #expect(try folder.study("run", "s.yaml", "--rerun", "failed").status == 0)
  }

  @Test func damagedFilesOfAStudy() throws {
    let folder = try TinyStudy.folder(TinyStudy.single)
    #expect(try folder.study("run", "s.yaml").status == 0)
    let test = try folder.unit("gdn_test_q1_mse/photos").dropFirst(folder.path.count + 1)
    // A state that cannot be read: the unit is done once more, over what lies there.
    try folder.add("\(test)/state.json", "{\"phase\": \"do")
    #expect(try folder.open() == ["gdn_test_q1_mse/photos"])
    #expect(try folder.study("run", "s.yaml").status == 0)
    #expect(try Folder.names(in: "\(folder.path)/\(test)").filter { $0.hasPrefix("results") } == ["results"])
    // Results that cannot be read are named.
    try folder.add("\(test)/results/results.json", "{")
    let results = try folder.study("results", "s.yaml")
    #expect(results.status == 1 && results.messages.contains("results.json"), "\(results)")
    // A plan that cannot be read is refused by what reads it alone, and made anew by what plans.
    try folder.add("runs/s/plan.json", "{}")
    let status = try folder.study("status", "runs/s")
    #expect(status.status == 1 && status.messages.contains("'runs/s/plan.json' is damaged or of another version"), "\(status)")
    #expect(try folder.study("plan", "s.yaml").messages.contains("was damaged, or of another version; it is made anew"))
    #expect(try folder.study("status", "runs/s").status == 0)
    // A configuration that cannot be read fails its unit.
    try folder.add("\(test)/config.yaml", "model: [")
    try folder.add("\(test)/state.json", "")
    let unit = try folder.study("exec", "runs/s", "--unit", "gdn_test_q1_mse/photos")
    #expect(unit.status == 2 && unit.messages.contains("config.yaml"), "\(unit)")
    #expect(try folder.study("run", "s.yaml", "--rerun", "failed").status == 0, "planning writes it anew")
  }

  @Test func unitsAreRefusedInTheWrongOrder() throws {
    let folder = try TinyStudy.folder(TinyStudy.single)
    #expect(try folder.study("plan", "s.yaml").status == 0)
    let early = try folder.study("exec", "runs/s", "--kind", "test", "--index", "0")
    #expect(
      early.status == 1 && early.messages == "error: 'gdn_test_q1_mse/photos' needs 'gdn_fit_q1_mse', which is not done\n", "\(early)")
    for (words, message) in [
      (["--unit", "gdn_fit_q2_mse"], "the study has no unit 'gdn_fit_q2_mse'; did you mean 'gdn_fit_q1_mse'?"),
      (["--kind", "fit", "--index", "1"], "--index 1: the study has 1 units of kind fit, counted from 0"),
      (["--kind", "fitt", "--index", "1"], "--kind: there is no 'fitt'; did you mean 'fit'? Valid: fit, test, anchor, time"),
      (["--kind", "fit", "--index", "0", "--next", "1"], "--next 1: 'gdn_fit_q1_mse' begins no chain of so many trainings"),
      (["--kind", "test", "--of-fit", "7"], "exec needs --index or --of-fit with the place of a training, 0 to 0"),
      ([], "exec needs --unit NAME, or --kind with --index or --of-fit"),
    ] {
      var command = Command(["study", "exec", "runs/s"] + words, in: folder)
      command.program = try folder.lonelyProgram()
      let result = try command.run()
      #expect(result.messages == "error: \(message)\n" && result.status != 0)
    }
  }
}
