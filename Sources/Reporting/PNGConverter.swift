#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Turning an SVG file into a PNG file with librsvg's command-line program, in a child process.
struct PNGConverter {
  /// The program's name, looked up in PATH, or its path.
  let program: String

  /// Converts one file; the PNG appears whole or not at all.
  ///
  /// - Returns: Nil, or a sentence on what went wrong and what helps.
  func convert(svg: String, png: String) -> String? {
    let partial = "\(png).\(getpid()).partial"
    switch run([program, "--zoom", "2", "--format", "png", "--output", partial, "--", svg]) {
    case .missing:
      return "the program '\(program)' is not there; install librsvg2-bin (Debian, Ubuntu) or librsvg (Homebrew), or open the SVG"
    case .failed(let status):
      unlink(partial)
      return "'\(program)' ended with status \(status); run it by hand on \(svg) to see why"
    case .done:
      guard rename(partial, png) == 0 else {
        let cause = String(cString: strerror(errno))
        unlink(partial)
        return "it cannot be put in its place (\(cause))"
      }
      return nil
    }
  }

  private enum Outcome {
    case done, missing
    case failed(Int32)
  }

  /// Runs a program to its end with its output thrown away.
  private func run(_ arguments: [String]) -> Outcome {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t? = nil
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in [0, 1, 2] { posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0) }
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, program, &actions, nil, &pointers, environ)
    if code == ENOENT { return .missing }
    guard code == 0 else { return .failed(code) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 { if errno != EINTR { return .failed(errno) } }
    // The low seven bits hold the signal, the next eight the exit status.
    return status == 0 ? .done : .failed(status & 0x7f == 0 ? (status >> 8) & 0xff : status & 0x7f)
  }
}
