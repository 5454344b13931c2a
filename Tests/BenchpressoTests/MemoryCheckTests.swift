import Testing

@testable import Benchpresso

/// Trainings that take more memory than there is are refused before they begin.
struct MemoryCheckTests {
  private func fit(_ folder: TestFolder, _ more: String...) throws -> Command.Result {
    try Command(["fit", "--config", "tiny.yaml", "--trainer.fast_dev_run", "true"] + more, in: folder).run()
  }

  @Test func fitRefusesWhatDoesNotFit() throws {
    let folder = try Tiny.folder()
    let refused = try fit(folder, "--trainer.memory_limit", "100MB")
    #expect(refused.status == 2 && !folder.has("logs"), "\(refused)")
    #expect(
      refused.messages.contains("tiny.yaml:10") && refused.messages.contains("data.init_args.batch_size: the training needs about 0.4 GB"))
    #expect(
      refused.messages.contains(
        "for batches of 2 pictures of 32×32 pixels; trainer.memory_limit is 0.1 GB: not even one picture fits: take a smaller patch_size or a "
          + "smaller model; trainer.memory_limit: off trains in spite of it"), "\(refused)")
    #expect(try fit(folder, "--trainer.memory_limit", "off").status == 0)
    #expect(try fit(folder, "--trainer.memory_limit", "2GiB").status == 0)
    #expect(try fit(folder).messages.contains("Estimated memory of the training with batches of 2 pictures (MB)"))
  }

  @Test func aSmallerBatchIsNamed() throws {
    let result = try fit(try Tiny.folder(), "--data.batch_size", "200", "--trainer.memory_limit", "405MB")
    let most = try #require(result.messages.firstMatch(of: /at most batch_size ([0-9]+) fits/)?.output.1)
    #expect(try #require(Int(most)) < 200 && result.status == 2, "\(result)")
    #expect(try fit(Tiny.folder(), "--data.batch_size", String(most), "--trainer.memory_limit", "405MB").status == 0)
  }

  @Test func aStudyTellsItWithTheOtherMistakes() throws {
    let folder = try TinyStudy.folder(
      TinyStudy.single.replacing(
        "variations: {gdn: {}}",
        with: """
          variations:
            gdn: {trainer.memory_limit: 1MB}
            relu: {model.activation: nonlinearity.ReLU}
            wide: {model.channels: 8, trainer.memory_limit: 2MB, optimizer: {class_path: optimizer.Nope}}
          """))
    let result = try folder.study("plan", "s.yaml")
    #expect(result.status == 2 && result.messages.contains("optimizer.Nope"), "\(result)")
    #expect(result.messages.contains("variation 'gdn': the training needs about") && !result.messages.contains("variation 'relu'"))
    let fine = try TinyStudy.folder(TinyStudy.single.replacing("{gdn: {}}", with: "{gdn: {trainer.memory_limit: 1MB}}"))
    #expect(try fine.study("plan", "s.yaml").status == 2 && !fine.has("runs"))
    #expect(try fine.study("plan", "s.yaml", "--no-memory-check").status == 0)
  }

  @Test func theMemoryOfSlurmCounts() throws {
    let study = TinyStudy.single + "launcher: {kind: slurm, slurm: {mem: 100M}}\n"
    let refused = try TinyStudy.folder(study).study("plan", "s.yaml")
    #expect(refused.status == 2 && refused.messages.contains("launcher.slurm.mem is 100M"), "\(refused)")
    #expect(try TinyStudy.folder(study.replacing("100M", with: "8G")).study("plan", "s.yaml").status == 0)
  }

  @Test(arguments: [
    ("100", 100 << 20), ("32G", 32 << 30), ("1.5g", 3 << 29), ("2T", 2 << 40), ("512K", 512 << 10), ("", nil), ("G", nil), ("-1", nil),
  ])
  func amountsOfSlurm(text: String, bytes: Int?) { #expect(StudyMemory.bytes(text) == bytes) }

  @Test func processesShareAMachine() {
    #expect(MachineMemory.machine(total: 8_000_000_000, processes: 1).words == "this machine has 8.0 GB")
    let shared = MachineMemory.machine(total: 8_000_000_000, processes: 4)
    #expect(shared.bytes == 2_000_000_000 && shared.words == "this machine has 8.0 GB for 4 processes")
  }

  @Test(arguments: [
    ("0::/a/b\n", ["/sys/fs/cgroup/a/b/memory.max", "/sys/fs/cgroup/a/memory.max", "/sys/fs/cgroup/memory.max"]),
    ("0::/\n", ["/sys/fs/cgroup/memory.max"]), ("", ["/sys/fs/cgroup/memory.max"]),
    (
      "9:name=systemd:/\n4:cpu,memory:/x\n",
      ["/sys/fs/cgroup/memory/x/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
    ),
  ])
  func filesOfControlGroups(membership: String, files: [String]) {
    #expect(ControlGroup.memoryFiles(membership).map(\.limit) == files)
  }
}
