import Results
import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file `metrics.csv` of a run: one line for each logged step and each validation, on the disk as soon as it is known.
///
/// A number that has no column yet gets one: the file is then written anew, so that every line has a field for each column.
final class MetricsLog: TrainingLog {
  static let header = "step,stage,loss,bpp,psnr,mse,aux_loss,lr,grad_norm,images_per_second,data_wait_share,memory_mib"
  private let path: String
  private var columns: [String]
  private var file: UnsafeMutablePointer<FILE>

  /// Opens the log, dropping lines of steps after `step`, which a continued training measures again.
  init(path: String, continuingFrom step: Int) throws {
    self.path = path
    let table = step > 0 ? MetricsTable(path: path) : nil
    columns = table?.columns ?? Self.header.split(separator: ",").map(String.init)
    let kept = table?.rows.filter { $0.step <= step }.map(\.line) ?? []
    try AtomicFile.write(([columns.joined(separator: ",")] + kept).joined(separator: "\n") + "\n", to: path)
    file = try Self.open(path)
  }

  deinit { fclose(file) }

  func write(_ scalars: [LoggedScalar], step: Int) throws {
    var stages: [(name: String, values: [String: Double])] = []
    for scalar in scalars {
      let parts = scalar.name.split(separator: "/", maxSplits: 1).map(String.init)
      let (stage, column) = parts.count == 2 ? (parts[0] == "val" ? "validate" : parts[0], parts[1]) : ("train", scalar.name)
      try add(column: CSV.quoted(column))
      if stages.last?.name != stage { stages.append((stage, [:])) }
      stages[stages.count - 1].values[CSV.quoted(column)] = scalar.value
    }
    for (stage, values) in stages {
      let fields = columns.dropFirst(2).map { values[$0].map { "\($0)" } ?? "" }
      guard fputs("\(step),\(CSV.quoted(stage)),\(fields.joined(separator: ","))\n", file) >= 0, fflush(file) == 0 else {
        throw FileError(operation: "write", path: path, code: errno)
      }
    }
  }

  private func add(column: String) throws {
    guard !columns.contains(column) else { return }
    columns.append(column)
    let rows = MetricsTable(path: path)?.rows.map { $0.line + "," } ?? []
    try AtomicFile.write(([columns.joined(separator: ",")] + rows).joined(separator: "\n") + "\n", to: path)
    let longer = try Self.open(path)
    fclose(file)
    file = longer
  }

  private static func open(_ path: String) throws -> UnsafeMutablePointer<FILE> {
    guard let file = fopen(path, "a") else { throw FileError(operation: "write", path: path, code: errno) }
    return file
  }
}

/// The lines of a `metrics.csv` that are whole.
struct MetricsTable {
  struct Row {
    let step: Int
    let line: String
    let fields: [String]
  }

  let columns: [String]
  let rows: [Row]

  /// Reads a file; nil where there is none, or none with a line of columns.
  init?(path: String) {
    guard let bytes = try? FileBytes.read(path) else { return nil }
    // What follows the last end of a line is nothing, or a line that a crash cut.
    let whole = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard let header = whole.first, header.hasPrefix("step,stage,") else { return nil }
    columns = header.split(separator: ",").map(String.init)
    let count = columns.count
    rows = whole.dropFirst().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == count, let step = fields.first.flatMap({ Int($0) }) else { return nil }
      return Row(step: step, line: String(line), fields: fields)
    }
  }

  /// The number of a row in a column; nil where there is none.
  func value(_ row: Row, _ column: String) -> Double? {
    columns.firstIndex(of: column).flatMap { Double(row.fields[$0]) }
  }
}
