import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file `metrics.csv` of a run: one line for each logged step and each validation, on the disk as soon as it is known.
final class MetricsLog: TrainingLog {
  static let header = "step,stage,loss,bpp,psnr,mse,aux_loss,lr,grad_norm,images_per_second"
  private let path: String
  private let file: UnsafeMutablePointer<FILE>

  /// Opens the log, dropping lines of steps after `step`, which a continued training measures again.
  init(path: String, continuingFrom step: Int) throws {
    self.path = path
    var lines = [Self.header]
    if step > 0, let old = try? FileBytes.read(path) {
      // What follows the last end of a line is nothing, or a line that a crash cut.
      let whole = String(decoding: old, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      let kept = whole.dropFirst().filter { line in
        line.split(separator: ",").first.flatMap { Int($0) }.map { $0 <= step } ?? false
      }
      lines += kept.map(String.init)
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
    guard let file = fopen(path, "a") else { throw FileError(operation: "write", path: path, code: errno) }
    self.file = file
  }

  deinit { fclose(file) }

  func write(_ report: StepReport, imagesPerSecond: Double) throws {
    let norm = report.gradientNorm.map { "\($0)" } ?? ""
    try append(
      "\(report.step),train,\(report.loss),\(report.bitsPerPixel),\(report.psnr),\(report.meanSquaredError),\(report.auxiliaryLoss),"
        + "\(report.learningRate),\(norm),\(imagesPerSecond)")
  }

  func write(_ report: ValidationReport) throws {
    try append("\(report.step),validate,\(report.loss),\(report.bitsPerPixel),\(report.psnr),\(report.meanSquaredError),,,,")
  }

  private func append(_ line: String) throws {
    guard fputs(line + "\n", file) >= 0, fflush(file) == 0 else { throw FileError(operation: "write", path: path, code: errno) }
  }
}
