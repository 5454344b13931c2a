public import Configuration
import Datasets
import Images
import SafeFiles
import Torch

/// Writes pictures of the validation set beside their reconstructions and the error; `callbacks.SampleReconstructions`.
///
/// After a validation each chosen picture becomes one file `samples/step-<N>/<name>.png` in the run folder: original | reconstruction | error,
/// the error as the magnitude of the difference times `error_gain`. Latents are rounded as in coding; nothing is entropy coded.
public struct SampleReconstructions: TrainingCallback, Equatable {
  /// The settings.
  public struct Settings: ValidatedSettings {
    /// The number of pictures, the first of the validation set.
    public var pictures = 4
    /// The number of validations from one to the next for which pictures are written.
    public var everyNValidations = 1
    /// By what the error is multiplied, so that it can be seen.
    public var errorGain = 5.0

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      var found: [(key: String, sentence: String)] = []
      if pictures < 1 { found.append(("pictures", "must be positive, found \(pictures)")) }
      if everyNValidations < 1 { found.append(("everyNValidations", "must be positive, found \(everyNValidations)")) }
      if !(errorGain > 0 && errorGain.isFinite) { found.append(("errorGain", "must be positive, found \(errorGain)")) }
      return found
    }
  }

  let settings: Settings

  /// Creates the callback.
  public init(_ settings: Settings = Settings()) { self.settings = settings }

  /// Starts counting validations.
  public func start(_ run: TrainingRun) -> any RunningCallback { Running(settings: settings) }

  private final class Running: RunningCallback {
    private let settings: Settings
    private var validations = 0

    init(settings: Settings) { self.settings = settings }

    let name = "SampleReconstructions"

    func validationMeasured(_ report: ValidationReport, run: TrainingRun) throws {
      defer { validations += 1 }
      guard run.writes, validations.isMultiple(of: settings.everyNValidations) else { return }
      let folder = "\(run.folder.path)/samples/step-\(report.step)"
      try Folder.create(folder)
      let loader = try run.data.loader(.validate, seed: run.seed, batchSize: 1)
      defer { loader.cancel() }
      var count = 0
      while count < settings.pictures, let batch = try loader.next() {
        let original = try run.pictures(batch)
        let image = try strip(original, run.state.reconstruct(original))
        let name = batch.names.first.map { $0.split(separator: "/").last.map(String.init) ?? $0 } ?? ""
        let stem = name.split(separator: ".").dropLast().joined(separator: ".")
        try run.log(image, name: "samples/\(count)")
        try AtomicFile.write(PNG.encode(image), to: "\(folder)/\(count)-\(stem.isEmpty ? "picture" : stem).png")
        count += 1
      }
    }

    /// Original, reconstruction and error of one picture `[1, 3, H, W]` side by side.
    private func strip(_ original: Tensor, _ reconstruction: Tensor) throws -> Image {
      let error = try (original - reconstruction.clamped(from: 0, to: 1)).absolute() * settings.errorGain
      let parts = try [original, reconstruction, error].map { try $0.interleavedSamples() }
      let (height, width) = (original.shape[2], original.shape[3])
      var pixels: [UInt8] = []
      pixels.reserveCapacity(height * width * 9)
      for row in 0..<height {
        for part in parts { pixels += part[(row * width * 3)..<((row + 1) * width * 3)] }
      }
      return Image(width: width * 3, height: height, pixels: pixels)
    }

    func state() -> CallbackState { CallbackState(texts: ["validations": "\(validations)"]) }

    func restore(_ state: CallbackState, run: TrainingRun) {
      validations = state.texts["validations"].flatMap { Int($0) } ?? 0
    }
  }
}
