import Foundation
import Images
import SafeFiles

/// The program as users run it, in a process of its own.
struct Command {
  var arguments: [String]
  var folder: String
  var program = Command.program
  var environment: [String: String] = [:]

  struct Result {
    /// The exit status; nil when a signal ended the process.
    let status: Int32?
    /// The signal that ended the process.
    let signal: Int32?
    let output: String
    let messages: String
  }

  init(_ arguments: [String], in folder: TestFolder) {
    self.arguments = arguments
    self.folder = folder.path
  }

  /// Built beside the tests.
  static let program = buildFolder + "/benchpresso"

  static let buildFolder: String = {
    #if os(macOS)
      let bundles = Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") }
      return (bundles.first ?? Bundle.main).bundleURL.deletingLastPathComponent().path
    #else
      return URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
    #endif
  }()

  func run() throws -> Result { try start().result() }

  func start() throws -> Running {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files, as a full pipe would stop the process.
    let base = "\(folder)/.\(UUID().uuidString)"
    let running = Running(process: process, output: "\(base).out", messages: "\(base).err")
    process.standardOutput = try running.file(running.output)
    process.standardError = try running.file(running.messages)
    process.standardInput = FileHandle.nullDevice
    // A program that was copied a moment ago is busy while another test, which started a process meanwhile, has it open for writing.
    for _ in 0..<40 {
      do {
        try process.run()
        return running
      } catch  where (error as NSError).isTextFileBusy { usleep(50_000) }
    }
    try process.run()
    return running
  }

  /// A process that may still be going on.
  struct Running {
    let process: Process
    let output: String
    let messages: String

    func file(_ path: String) throws -> FileHandle {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    /// Waits for the end; a process that does not come to one is killed after five minutes, so that the tests end.
    func result() throws -> Result {
      let patience = ContinuousClock.now + .seconds(300)
      wait { ContinuousClock.now > patience }
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      let isExit = process.terminationReason == .exit
      return Result(
        status: isExit ? process.terminationStatus : nil, signal: isExit ? nil : process.terminationStatus, output: try text(output),
        messages: try text(messages))
    }

    /// Waits until `condition` holds or the process ends.
    func wait(until condition: () -> Bool) {
      while process.isRunning && !condition() { usleep(2000) }
    }

    private func text(_ path: String) throws -> String { String(decoding: try FileBytes.read(path), as: UTF8.self) }
  }
}

/// A folder that is removed when it is no longer used.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("benchpresso-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func add(_ name: String, bytes: [UInt8]) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func add(_ name: String, _ text: String) throws { try add(name, bytes: [UInt8](text.utf8)) }

  /// Pictures `<name>/0.png`, … with samples that depend on the place and the picture.
  func addPictures(_ name: String, count: Int = 4, side: Int = 40) throws {
    for picture in 0..<count { try add("\(name)/\(picture).png", bytes: Self.picture(side: side, number: picture)) }
  }

  static func picture(side: Int, number: Int = 0) throws -> [UInt8] {
    let pixels = (0..<side * side * 3).map { index in
      UInt8(truncatingIfNeeded: (index / 3 % side) * (number + 2) + (index / 3 / side) * 3 + index % 3 * 40)
    }
    return try PNG.encode(Image(width: side, height: side, pixels: pixels))
  }

  /// Returns the path of the program in a folder where it is alone, as where libtorch was never installed.
  func lonelyProgram() throws -> String {
    let program = "\(path)/bin/benchpresso"
    if has("bin/benchpresso") { return program }
    try FileManager.default.createDirectory(atPath: "\(path)/bin", withIntermediateDirectories: true)
    do {
      try FileManager.default.linkItem(atPath: Command.program, toPath: program)
    } catch {
      try FileManager.default.copyItem(atPath: Command.program, toPath: program)
    }
    return program
  }

  /// Adds a shell script that can be run.
  func addScript(_ name: String, _ text: String) throws {
    try add(name, "#!/bin/sh\n\(text)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(path)/\(name)")
  }

  func bytes(_ name: String) throws -> [UInt8] { try FileBytes.read("\(path)/\(name)") }

  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
}

/// A training small enough for a debug build.
enum Tiny {
  static let configuration = """
    name: tiny
    seed_everything: 5
    model:
      class_path: models.FactorizedPrior
      init_args: {channels: 4, expansion_channels: 6}
    data:
      class_path: datasets.ImageFolder
      init_args:
        data_dir: pictures
        batch_size: 2
        transform: {class_path: transform.RandomCrop, init_args: {patch_size: 32}}
    trainer:
      max_steps: 4
      val_check_interval: 0
      callbacks: [{class_path: callbacks.ModelCheckpoint, init_args: {every_n_train_steps: 2}}]
      log_every_n_steps: 1
      threads: 1
      default_root_dir: logs

    """

  /// A folder with the configuration `tiny.yaml` and its `pictures`.
  static func folder() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.add("tiny.yaml", configuration)
    try folder.addPictures("pictures")
    return folder
  }

  /// A folder in which the training has run.
  static func trainedFolder() throws -> TestFolder {
    let folder = try folder()
    let result = try Command(["fit", "--config", "tiny.yaml"], in: folder).run()
    guard result.status == 0 else { throw Failed(messages: result.messages) }
    return folder
  }

  static let last = "logs/tiny/version_0/checkpoints/last.ckpt"

  struct Failed: Error { let messages: String }
}

extension NSError {
  /// Whether the error is ETXTBSY, also where it lies below another one.
  fileprivate var isTextFileBusy: Bool {
    if domain == NSPOSIXErrorDomain { return code == Int(ETXTBSY) }
    return (userInfo[NSUnderlyingErrorKey] as? NSError)?.isTextFileBusy ?? false
  }
}
