import Downloads
import Reporting

/// Shows how a download goes: a line that is rewritten on a terminal, otherwise a line now and then.
final class TransferProgress {
  private let label: String
  private var start: (time: ContinuousClock.Instant, bytes: Int)?
  private var lastLine = ContinuousClock.now

  init(label: String) { self.label = label }

  /// Shows an event.
  func show(_ event: Downloader.Event) {
    switch event {
    case .received(let bytes, let total):
      let now = ContinuousClock.now
      let start = start ?? (now, bytes)
      self.start = start
      let seconds = start.time.duration(to: now) / .seconds(1)
      let line = Self.line(label, bytes: bytes, total: total, newBytes: bytes - start.bytes, seconds: seconds)
      if Console.isTerminal {
        guard lastLine.duration(to: now) > .milliseconds(100) else { return }
        Console.progress(line)
      } else {
        guard lastLine.duration(to: now) > .seconds(15) else { return }
        Console.note(line)
      }
      lastLine = now
    case .retrying(let reason, let bytes):
      start = nil
      Console.note("\(label): \(reason); trying again after \(FileSizeText.of(bytes))")
    case .checking: Console.endProgress()
    }
  }

  /// One line: `a.zip: 1.2 GB of 4.0 GB, 12.3 MB/s, 4m 10s left`.
  static func line(_ label: String, bytes: Int, total: Int?, newBytes: Int, seconds: Double) -> String {
    var line = "\(label): \(FileSizeText.of(bytes))" + (total.map { " of \(FileSizeText.of($0))" } ?? "")
    guard seconds > 0.5, newBytes > 0 else { return line }
    let rate = Double(newBytes) / seconds
    line += ", \(FileSizeText.of(Int(rate)))/s"
    if let total { line += ", \(NumberText.duration(Double(max(total - bytes, 0)) / rate)) left" }
    return line
  }
}
