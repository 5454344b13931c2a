import ChildProcesses
import Reporting

/// A plot as a file whose ending decides on the form: SVG, PNG or PDF.
enum PlotFile {
  /// Checks the ending, which is worth doing before the work.
  ///
  /// - Throws: ``UsageError`` for another one.
  static func check(_ path: String, option: String) throws {
    guard let ending = path.split(separator: ".").last, ["svg", "png", "pdf"].contains(ending) else {
      throw UsageError.needs("\(option) \(path): the file's name must end in .svg, .png or .pdf")
    }
  }

  /// Writes the file; beside a PNG or a PDF lies the SVG that it was made from.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - option: the option that named it, for messages.
  ///   - draw: writes an SVG and, where a path is given, a PNG.
  /// - Throws: ``UsageError`` for another ending, and when a converter is missing.
  static func write(_ path: String, option: String = "--plot", draw: (_ svg: String, _ png: String?) throws -> RatePlot.Written) throws {
    try check(path, option: option)
    let base = path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    switch path.split(separator: ".").last {
    case "svg": _ = try draw(path, nil)
    case "png":
      let written = try draw(base + ".svg", path)
      for note in written.notes { Console.note("warning: \(note)") }
      if !written.paths.contains(path) { throw UsageError.needs("\(path) was not written, but \(base).svg was") }
    case "pdf":
      _ = try draw(base + ".svg", nil)
      let result = try ChildProcess("rsvg-convert", ["--format", "pdf", "--output", path, "--", base + ".svg"], timeLimit: .seconds(60))
        .run()
      guard result.ending == .exit(status: 0) else { throw UsageError.needs("'rsvg-convert' could not write \(path): \(result.ending)") }
    default: return
    }
  }
}
