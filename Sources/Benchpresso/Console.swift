import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Words for the user: results on standard output, everything else on standard error.
enum Console {
  /// Whether standard error is a terminal on which a line can be rewritten.
  static let isTerminal = isatty(STDERR_FILENO) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"

  /// The columns of the terminal; 80 where it does not tell.
  static var width: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// Who speaks: of processes that train together only the first, unless another one has an error to tell.
  enum Voice: Sendable {
    case full
    case silent
    /// Every line begins with words that say which process speaks.
    case named(String)
  }

  private static let voice = Mutex(Voice.full)

  /// Says who speaks from now on.
  static func setVoice(_ new: Voice) { voice.withLock { $0 = new } }

  /// Returns the line as it is written; nil when this process is silent.
  private static func spoken(_ line: String) -> String? {
    switch voice.withLock({ $0 }) {
    case .full: line
    case .silent: nil
    case .named(let name): "\(name): \(line)"
    }
  }

  private static let progressShown = Mutex(false)

  /// Writes a line of a result.
  static func result(_ line: String) {
    if let line = spoken(line) { write(line + "\n", to: STDOUT_FILENO) }
  }

  /// Empties the screen of a terminal.
  static func clear() { write("\u{1B}[H\u{1B}[2J", to: STDOUT_FILENO) }

  /// Writes a line about what is going on.
  static func note(_ line: String) {
    endProgress()
    if let line = spoken(line) { write(line + "\n", to: STDERR_FILENO) }
  }

  /// Rewrites the progress line; does nothing when standard error is not a terminal.
  static func progress(_ line: String) {
    guard isTerminal, let line = spoken(line) else { return }
    progressShown.withLock { $0 = true }
    write("\r\u{1B}[K" + line, to: STDERR_FILENO)
  }

  /// Ends the progress line.
  static func endProgress() {
    let shown = progressShown.withLock { shown in
      defer { shown = false }
      return shown
    }
    if shown { write("\n", to: STDERR_FILENO) }
  }

  /// Writes all of a text to a descriptor.
  static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0 && errno != EINTR { return }
      bytes = bytes.dropFirst(max(count, 0))
    }
  }
}
