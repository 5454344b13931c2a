import Foundation
import SafeFiles
import Testing
import Training
import Weights

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Trainings by several processes of this machine, as users start them.
@Suite(.serialized) struct JointTrainingTests {
  /// Nine pictures: with eight in a step, the last of an epoch has one, and one process none.
  private static func folder(_ pictures: Int = 9) throws -> TestFolder {
    let folder = try TestFolder()
    try folder.add("tiny.yaml", Tiny.configuration)
    try folder.addPictures("pictures", count: pictures)
    return folder
  }

  private static let steps = ["fit", "--config", "tiny.yaml", "--trainer.max_steps", "6", "--trainer.val_check_interval", "2"]

  @Test(arguments: [[], ["--trainer.accumulate_grad_batches", "2", "--data.batch_size", "2"]])
  func twoProcessesMakeTheStepsOfOne(more: [String]) throws {
    let folder = try Self.folder()
    let one = try Command(Self.steps + ["--data.batch_size", "8"] + more + Self.doubled(more), in: folder).run()
    #expect(one.status == 0, "\(one)")
    let two = try Processes(Self.steps + ["--data.batch_size", "4"] + more, in: folder).run()
    #expect(two.allSatisfy { $0.status == 0 }, "\(two)")
    try Self.expectSameNumbers(folder, "logs/tiny/version_0", "logs/tiny/version_1", lines: 9)
    // One run folder, and only the first process speaks.
    #expect(!folder.has("logs/tiny/version_2"))
    #expect(two[0].messages.contains("2 processes train together") && two[1].messages.isEmpty && two[1].output.isEmpty, "\(two)")
    let (left, right) = (try weights(folder, version: 0), try weights(folder, version: 1))
    #expect(left.keys == right.keys)
    for (name, numbers) in left {
      for (a, b) in zip(numbers, right[name] ?? []) { #expect(abs(a - b) <= 1e-6, "\(name)") }
    }
  }

  /// How often entries are used is counted over all pictures, also where one process has none.
  @Test func countsAreThoseOfAllPictures() throws {
    let folder = try Self.folder()
    let model =
      "class_path: models.UnifiedMixture\n  init_args: {channels: 4, quantizer: {init_args: {sizes: [8, 4], reassignment_steps: 1}}}"
    let lines = "class_path: models.FactorizedPrior\n  init_args: {channels: 4, expansion_channels: 6}"
    try folder.add("tiny.yaml", Tiny.configuration.replacing(lines, with: model))
    let one = try Command(Self.steps + ["--data.batch_size", "8"], in: folder).run()
    let two = try Processes(Self.steps + ["--data.batch_size", "4"], in: folder).run()
    #expect(([one] + two).allSatisfy { $0.status == 0 }, "\(one) \(two)")
    let (left, right) = (try weights(folder, version: 0), try weights(folder, version: 1))
    #expect(left.keys == right.keys && left.keys.contains { $0.hasSuffix("frequencies") })
    for (name, numbers) in left {
      for (a, b) in zip(numbers, right[name] ?? []) { #expect(abs(a - b) <= 1e-5, "\(name)") }
    }
    // The averages begin at 1/k.
    let frequencies = try #require(left["quantizer.0.codebook.frequencies"])
    #expect(Set(frequencies).count > 2)
  }

  /// Gradients that fill several buckets: 19 MB.
  @Test func aLargeModelIsSentInParts() throws {
    let folder = try Self.folder()
    let large = ["--model.channels", "160", "--model.expansion_channels", "256", "--trainer.threads", "2"]
    let one = try Command(Self.steps + large + ["--data.batch_size", "8"], in: folder).run()
    let two = try Processes(Self.steps + large + ["--data.batch_size", "4"], in: folder).run()
    #expect(([one] + two).allSatisfy { $0.status == 0 }, "\(one) \(two)")
    try Self.expectSameNumbers(folder, "logs/tiny/version_0", "logs/tiny/version_1", lines: 9)
  }

  /// The options of one process that sees as many pictures in a batch.
  private static func doubled(_ options: [String]) -> [String] { options.contains("--data.batch_size") ? ["--data.batch_size", "4"] : [] }

  private func weights(_ folder: TestFolder, version: Int) throws -> [String: [Float]] {
    let checkpoint = try Checkpoint.read("\(folder.path)/logs/tiny/version_\(version)/checkpoints/last.ckpt")
    var numbers: [String: [Float]] = [:]
    for (name, tensor) in checkpoint.model where tensor.type == .float32 {
      numbers[name] = tensor.bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }
    return numbers
  }

  /// All lines of metrics.csv but pace, waiting and memory, the last three columns: the same steps, and numbers within 1e-5 of each other.
  private static func expectSameNumbers(_ folder: TestFolder, _ left: String, _ right: String, lines: Int) throws {
    func rows(_ run: String) throws -> [[String]] {
      String(decoding: try folder.bytes("\(run)/metrics.csv"), as: UTF8.self).split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).dropLast(3).map(String.init)
      }
    }
    let (a, b) = (try rows(left), try rows(right))
    #expect(a.count == lines + 1 && b.count == a.count, "\(a)\n\(b)")
    for (x, y) in zip(a.joined(), b.joined()) {
      if let x = Double(x), let y = Double(y) { #expect(abs(x - y) <= 1e-5 * abs(x), "\(x) \(y)") } else { #expect(x == y) }
    }
  }

  @Test func aRunGoesOnWithSeveralProcesses() throws {
    let folder = try Self.folder()
    let whole = try Processes(Self.steps, in: folder).run()
    let half = try Processes(Self.steps + ["--trainer.max_steps", "4"], in: folder).run()
    let resumed = try Processes(["fit", "--resume", "logs/tiny/version_1", "--trainer.max_steps", "6"], in: folder).run()
    #expect((whole + half + resumed).allSatisfy { $0.status == 0 }, "\(whole + half + resumed)")
    #expect(resumed[0].messages.contains("continuing after step 4"))
    let (left, right) = (try weights(folder, version: 0), try weights(folder, version: 1))
    #expect(left == right && !left.isEmpty)
  }

  @Test func aSignalToOneProcessStopsAll() throws {
    let folder = try Self.folder()
    let running = try Processes(FitTests.endless, in: folder).start()
    running[0].wait { folder.has(Tiny.last) }
    kill(running[1].process.processIdentifier, SIGTERM)
    let stopped = try running.map { try $0.result() }
    #expect(stopped.allSatisfy { $0.status == 128 + SIGTERM }, "\(stopped)")
    let reached = try Checkpoint.read("\(folder.path)/\(Tiny.last)").step
    #expect(stopped[0].messages.contains("stopped after step \(reached)") && stopped[1].messages.isEmpty, "\(stopped)")
  }

  @Test(arguments: [0, 1])
  func aDeadProcessEndsAll(victim: Int) throws {
    let folder = try Self.folder()
    let running = try Processes(FitTests.endless, in: folder).start()
    running[0].wait { folder.has(Tiny.last) }
    kill(running[victim].process.processIdentifier, SIGKILL)
    let ended = try running.map { try $0.result() }
    #expect(ended[victim].signal == SIGKILL && ended[1 - victim].status == 1, "\(ended)")
    let told = ended[1 - victim].messages.split(separator: "\n").filter { $0.contains("error: ") }
    #expect(told.count == 1 && told[0].contains("error: another process of the training is gone or did not answer"), "\(ended)")
    #expect(!ended[1 - victim].messages.contains("frame #"), "\(ended)")
    // The first process is the voice of all; another one says who it is.
    #expect(told.first?.hasPrefix(victim == 0 ? "rank 1: error: " : "error: ") == true, "\(ended)")
    #expect(try Checkpoint.read("\(folder.path)/\(Tiny.last)").step >= 2)
  }

  @Test func anErrorOfOneProcessIsToldOnce() throws {
    let folder = try Self.folder()
    try folder.add("pictures/8.png", "no picture")
    let ended = try Processes(Self.steps + ["--data.batch_size", "5", "--trainer.num_sanity_val_steps", "0"], in: folder).run()
    #expect(ended.allSatisfy { $0.status == 1 }, "\(ended)")
    let lines = ended.flatMap { $0.messages.split(separator: "\n") }.filter { $0.contains("error: ") }
    #expect(lines.count == 1 && lines[0].contains("8.png"), "\(ended)")
  }

  @Test func wrongConfigurationsAreToldOnce() throws {
    let folder = try Self.folder()
    let wrong = try Processes(Self.steps + ["--trainer.devices", "3"], in: folder).run()
    #expect(wrong.allSatisfy { $0.status == 2 } && wrong[1].messages.isEmpty, "\(wrong)")
    let sentence =
      "trainer.devices is 3, but 2 processes were started by torchrun; start them with 'torchrun --no-python --nproc-per-node 3 "
    #expect(wrong[0].messages.contains(sentence), "\(wrong)")
    let alone = try Command(Self.steps + ["--trainer.devices", "2"], in: folder).run()
    #expect(alone.status == 2 && alone.messages.contains("trainer.devices is 2, but one process was started"), "\(alone)")
    #expect(!folder.has("logs"))
  }

  @Test func wrongVariablesAreRefused() throws {
    let folder = try Self.folder()
    var command = Command(Self.steps, in: folder)
    command.environment = ["RANK": "0"]
    let result = try command.run()
    #expect(
      result.status == 2 && result.messages.hasPrefix("error: the environment variable RANK is set but WORLD_SIZE is not"), "\(result)")
  }

  @Test func theVariablesOfSlurmStartIt() throws {
    let folder = try Self.folder()
    let ended = try Processes(Self.steps, in: folder) { rank, port in
      [
        "SLURM_PROCID": "\(rank)", "SLURM_LOCALID": "\(rank)", "SLURM_NTASKS": "2", "SLURM_STEP_ID": "0", "SLURM_JOB_ID": "12",
        "SLURM_STEP_NODELIST": "localhost", "MASTER_PORT": "\(port)",
      ]
    }.run()
    #expect(ended.allSatisfy { $0.status == 0 } && ended[0].messages.contains("2 processes train together, started by srun"), "\(ended)")
    #expect(ended[1].messages.isEmpty && folder.has(Tiny.last) && !folder.has("logs/tiny/version_1"))
  }

  /// With the launcher itself, where a variable names a Python that has it.
  @Test(.enabled(if: Processes.python != nil)) func torchrunStartsIt() throws {
    let folder = try Self.folder()
    let words = ["-m", "torch.distributed.run", "--no-python", "--nproc-per-node", "2", "--master-port", "\(Processes.freePort())"]
    var command = Command(words + [Command.program] + Self.steps, in: folder)
    command.program = Processes.python ?? ""
    let result = try command.run()
    #expect(result.status == 0 && result.messages.contains("2 processes train together, started by torchrun"), "\(result)")
    #expect(folder.has(Tiny.last) && !folder.has("logs/tiny/version_1"))
  }
}

/// Two processes of one training.
private struct Processes {
  private let commands: [Command]

  init(_ arguments: [String], in folder: TestFolder, variables: (Int, Int) -> [String: String] = Self.ofTorchrun) {
    let port = Self.freePort()
    commands = (0..<2).map { rank in
      var command = Command(arguments, in: folder)
      command.environment = variables(rank, port)
      return command
    }
  }

  static func ofTorchrun(rank: Int, port: Int) -> [String: String] {
    ["RANK": "\(rank)", "WORLD_SIZE": "2", "LOCAL_RANK": "\(rank)", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(port)"]
  }

  func start() throws -> [Command.Running] { try commands.map { try $0.start() } }
  func run() throws -> [Command.Result] { try start().map { try $0.result() } }

  /// A Python with PyTorch.
  static let python = ProcessInfo.processInfo.environment["BENCHPRESSO_PYTHON_WITH_TORCH"]

  /// A port that nobody listens on.
  static func freePort() -> Int {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutableBytes(of: &address) { bytes in
      guard let base = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), bind(descriptor, base, size) == 0,
        getsockname(descriptor, base, &size) == 0
      else { return 0 }
      return Int(UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self)))
    }
  }
}
