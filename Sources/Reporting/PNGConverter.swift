import ChildProcesses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Turning an SVG file into a PNG or PDF file with librsvg's command-line program, in a child process.
struct PNGConverter {
  /// The program's name, looked up in PATH, or its path.
  let program: String

  /// A plot takes a tenth of a second.
  private static let timeLimit = Duration.seconds(60)

  /// Converts one file to a PNG with twice the pixels; it appears whole or not at all.
  ///
  /// - Returns: Nil, or a sentence on what went wrong and what helps.
  func convert(svg: String, png: String) -> String? { convert(svg: svg, to: png, ["--zoom", "2", "--format", "png"]) }

  /// Converts one file to a PDF; it appears whole or not at all.
  ///
  /// - Returns: Nil, or a sentence on what went wrong and what helps.
  func convert(svg: String, pdf: String) -> String? { convert(svg: svg, to: pdf, ["--format", "pdf"]) }

  private func convert(svg: String, to path: String, _ options: [String]) -> String? {
    let partial = "\(path).\(getpid()).partial"
    let ending: ChildProcessResult.Ending
    do {
      let arguments = options + ["--output", partial, "--", svg]
      ending = try ChildProcess(program, arguments, timeLimit: Self.timeLimit).run().ending
    } catch .missing {
      return "the program '\(program)' is not there; install librsvg2-bin (Debian, Ubuntu) or librsvg (Homebrew), or open the SVG"
    } catch {
      return error.description
    }
    guard ending == .exit(status: 0) else {
      unlink(partial)
      return "'\(program)' \(ending); run it by hand on \(svg) to see why"
    }
    guard rename(partial, path) == 0 else {
      let cause = String(cString: strerror(errno))
      unlink(partial)
      return "it cannot be put in its place (\(cause))"
    }
    return nil
  }
}
