public import Configuration
import EventFiles
import Images
import Results
import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes event files for TensorBoard; `wandb sync` reads them as well.
public struct TensorBoardLogger: TrainingLogger {
  /// The settings.
  public struct Settings: ValidatedSettings {
    /// The folder of the event files, inside the run's folder.
    public var folder = "tensorboard"
    /// Whether pictures are written, not numbers alone.
    public var images = true

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      let isInside = !folder.isEmpty && !folder.hasPrefix("/") && !folder.split(separator: "/").contains("..")
      return isInside ? [] : [("folder", "must be the name of a folder inside the run's folder, found '\(folder)'")]
    }
  }

  private let settings: Settings

  /// Creates the logger.
  public init(_ settings: Settings = Settings()) { self.settings = settings }

  /// Begins a new event file, which takes back the steps that are made again.
  ///
  /// - Throws: `FileError` when the file cannot be made.
  public func open(_ run: LoggedRun) throws -> any TrainingLog {
    let folder = "\(run.folder.path)/\(settings.folder)"
    try Folder.create(folder)
    return try TensorBoardLog(run, folder: folder, hasImages: settings.images)
  }
}

/// The open event file of a run.
final class TensorBoardLog: TrainingLog {
  private let file: EventFile
  private let hasImages: Bool
  private var warnings: [String] = []
  private var isFailing = false

  init(_ run: LoggedRun, folder: String, hasImages: Bool) throws {
    self.hasImages = hasImages
    let time = Clock.seconds
    file = try EventFile(folder: folder, host: Machine.hostName, time: time)
    if run.step > 0 { file.append(.start(step: run.step + 1, time: time)) }
    let settings = run.hyperparameters.map { (name: $0.name, value: $0.value) }
    for event in Event.hyperparameters(settings, metrics: ["val/loss", "val/bpp", "val/psnr"], name: run.name, time: time) {
      file.append(event)
    }
    if !run.configuration.isEmpty {
      let text = "```yaml\n\(run.configuration)\n```"
      file.append(.text(tag: "configuration", text, step: run.step, time: time))
    }
    try file.flush()
  }

  func write(_ scalars: [LoggedScalar], step: Int) {
    file.append(.scalars(scalars.map { ($0.name, $0.value) }, step: step, time: Clock.seconds))
    flush()
  }

  func write(_ image: Image, name: String, step: Int) throws {
    guard hasImages else { return }
    let png = try PNG.encode(image)
    file.append(.image(tag: name, png: png, width: image.width, height: image.height, step: step, time: Clock.seconds))
    flush()
  }

  func flush() {
    do {
      try file.flush()
      isFailing = false
    } catch {
      if !isFailing { warnings.append("\(error); training goes on, and the numbers are kept until they can be written") }
      isFailing = true
    }
  }

  func finish(_ status: RunStatus) {
    let ended: SessionStatus =
      switch status {
      case .finished: .success
      case .failed: .failure
      case .interrupted: .running
      }
    file.append(.sessionEnd(ended, time: Clock.seconds))
    flush()
  }

  func takeWarnings() -> [String] {
    defer { warnings = [] }
    return warnings
  }
}

/// The time of day.
enum Clock {
  /// Seconds since 1970.
  static var seconds: Double {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  /// Milliseconds since 1970.
  static var milliseconds: Int { Int(seconds * 1000) }
}
