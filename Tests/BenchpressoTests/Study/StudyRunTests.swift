import Foundation
import SafeFiles
import Testing

/// A study from its plan to its comparison, as a user runs it.
struct StudyRunTests {
  @Test func fromThePlanToTheComparison() throws {
    let folder = try TinyStudy.folder()
    let plan = try folder.study("plan", "s.yaml")
    #expect(plan.status == 0 && plan.output.contains("relu_test_q2_mse/photos"), "\(plan)")
    #expect(plan.messages.contains("9 units (4 fit, 4 test, 1 anchor), 9 open; plan: runs/s/plan.json"), "\(plan.messages)")
    #expect(plan.messages.contains("is not known before a unit is done"))

    let run = try folder.study("run", "s.yaml", "--jobs", "2")
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.messages.components(separatedBy: "done    ").count == 10)
    #expect(run.output.contains("photos, psnr, against jpeg (pchip)"), "\(run.output)")
    for file in ["curves/photos/gdn.json", "curves/photos/relu.json", "curves/photos/jpeg.json", "comparison.json"] {
      #expect(folder.has("runs/s/\(file)"), "\(file)")
    }
    #expect(folder.has("runs/s/plan.json") && !folder.has("logs"))

    let again = try folder.study("run", "s.yaml")
    #expect(again.status == 0 && again.messages.contains("everything is done") && !again.messages.contains("done    "), "\(again.messages)")
    let status = try folder.study("status", "runs/s", "--format", "json")
    #expect(status.output.components(separatedBy: "\"state\" : \"done\"").count == 10, "\(status.output)")
    // Watching ends where nothing is left to come.
    #expect(try folder.study("status", "s.yaml", "--watch").output.contains("done, tested"))
    #expect(try folder.study("results", "runs/s", "--format", "json").output.contains("\"comparison\""))
    let cost = try folder.study("plan", "s.yaml")
    #expect(cost.messages.contains("9 units (4 fit, 4 test, 1 anchor), 0 open"), "\(cost.messages)")

    // Nothing of a change of one rate is run before it is asked for, and then its cells alone.
    try folder.add("s.yaml", TinyStudy.study.replacing("q1: 0.01", with: "q1: 0.011"))
    let cells = ["gdn_fit_q1_mse", "relu_fit_q1_mse", "gdn_test_q1_mse/photos", "relu_test_q1_mse/photos"]
    #expect(try folder.open() == cells)
    let changed = try folder.study("plan", "s.yaml")
    #expect(changed.messages.contains("the plan has changed: 4 changed (gdn_fit_q1_mse, relu_fit_q1_mse, gdn_test_q1_mse/photos, …)"))
    #expect(changed.messages.contains("4 open") && changed.messages.contains("expected work: "), "\(changed.messages)")
    // What was done is kept, so that the old rate is there again at once.
    try folder.add("s.yaml", "# as before\n" + TinyStudy.study)
    #expect(try folder.open() == [])

    // A study that has moved with its files is still done; what is open is run in the new place.
    let moved = try TestFolder()
    for name in ["base.yaml", "s.yaml", "pictures", "runs"] {
      try FileManager.default.moveItem(atPath: "\(folder.path)/\(name)", toPath: "\(moved.path)/\(name)")
    }
    #expect(try moved.open() == [])
    let rerun = try moved.study("run", "s.yaml", "--rerun", "gdn_test_q2_mse/photos")
    #expect(rerun.status == 0 && rerun.messages.contains("done    gdn_test_q2_mse/photos"), "\(rerun.messages)")
    #expect(try moved.text("gdn_test_q2_mse/photos", "results/config.yaml").contains(moved.path))
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/runs"))
  }

  @Test func someUnitsBringWhatTheyNeed() throws {
    let folder = try TinyStudy.folder()
    let few = try folder.study("run", "s.yaml", "--dry-run", "--only", "gdn_test_q1_mse/photos", "--only", "anchor")
    #expect(few.output == "gdn_fit_q1_mse\ngdn_fit_q2_mse\ngdn_test_q1_mse/photos\njpeg/photos\n" && few.status == 0, "\(few)")
    // A trial writes nothing.
    #expect(!folder.has("runs"))
    let unknown = try folder.study("run", "s.yaml", "--only", "gdn_test_q3*")
    #expect(unknown.status == 1 && unknown.messages.contains("the study has no unit 'gdn_test_q3*'"), "\(unknown)")
  }

  @Test func timesAreMeasuredAlone() throws {
    let timing = "timing: {networks: {small: {}}, resolutions: [32], batch_sizes: [2], repeats: 2, warmup: 0, threads: 1}\n"
    let folder = try TinyStudy.folder(TinyStudy.study + timing)
    let run = try folder.study("run", "s.yaml", "--only", "time", "--jobs", "2")
    #expect(run.status == 0 && run.output.contains("gdn_time_small") && run.output.contains("relu_time_small"), "\(run)")
    let text = String(decoding: try folder.bytes("runs/s/timing/timing.json"), as: UTF8.self)
    #expect(text.contains("were measured one after the other and not in turns"))
    // They did not take turns, so that nothing is said of one against the other.
    #expect(text.contains("\"comparisons\" : []") || text.contains("\"comparisons\" : [\n\n  ]"), "\(text)")
    #expect(try folder.open().contains { $0.contains("time") } == false)
  }

  @Test func whatIsMissingIsToldBeforeAnythingRuns() throws {
    let kodak = TinyStudy.study.replacing(
      "{class_path: datasets.ImageFolder, init_args: {data_dir: pictures,",
      with: "{class_path: datasets.Kodak, init_args: {data_dir: nowhere,")
    let folder = try TinyStudy.folder(kodak)
    let run = try folder.study("run", "s.yaml")
    #expect(run.status == 2 && run.output.isEmpty, "\(run)")
    #expect(
      run.messages.contains(
        "data.init_args.data_dir: the data set folder 'nowhere' does not exist; check data_dir, or fetch the set with "
          + "'benchpresso data download kodak' (needed by gdn_test_q1_mse/photos and 4 more units)"), "\(run.messages)")
    #expect(!run.messages.contains("done    ") && !folder.has("runs/s/curves"))
    // A trial and a plan say it, too, and go on.
    #expect(try folder.study("run", "s.yaml", "--dry-run").messages.contains("missing: s.yaml:9:"))
    #expect(try folder.study("plan", "s.yaml").status == 0)
    // Trainings alone have all they need.
    #expect(try folder.study("run", "s.yaml", "--dry-run", "--only", "fit").messages == "4 units would run\n")
  }
}
