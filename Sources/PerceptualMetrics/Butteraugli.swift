public import ChildProcesses
public import Images
public import Metrics
import SafeFiles

/// Butteraugli, a distance in just noticeable differences, as libjxl's program `butteraugli_main` computes it; 0 for identical pictures, lower
/// is better.
///
/// A distance of 1 is about where a difference is seen. The program takes both pictures as sRGB on a screen of 80 cd/m², makes a map of distances, and
/// tells its maximum and its 3-norm (the mean over three norms, of order 3, 6 and 12). Values differ between versions of libjxl. Alakuijala et al.:
/// "Guetzli: perceptually guided JPEG encoder", arXiv:1703.04421, 2017.
public struct Butteraugli: ImageMetric {
  /// What is made of the map of distances.
  public enum Norm: String, Sendable, CaseIterable {
    /// The largest distance.
    case maximum
    /// The 3-norm, which says more of the whole picture.
    case three
  }

  /// The shortest side for which the program says anything but 0.
  public static let smallestSide = 8

  private let norm: Norm
  private let path: String
  private let timeLimit: Duration

  /// Looks for the program.
  ///
  /// - Parameters:
  ///   - program: its name in PATH, or a path.
  ///   - timeLimit: how long it may take for one picture.
  /// - Throws: ``ButteraugliError/missing(program:)``.
  public init(_ norm: Norm, program: String = Self.program, timeLimit: Duration = .seconds(600)) throws(ButteraugliError) {
    guard let path = ProgramSearch.path(of: program) else { throw .missing(program: program) }
    (self.norm, self.path, self.timeLimit) = (norm, path, timeLimit)
  }

  /// The name of the program: `butteraugli_main`.
  public static let program = "butteraugli_main"

  /// `butteraugli` for the maximum, `butteraugli_3norm`.
  public var key: String { norm == .maximum ? "butteraugli" : "butteraugli_3norm" }
  /// The name.
  public var name: String { norm == .maximum ? "Butteraugli (maximum)" : "Butteraugli (3-norm)" }
  /// Lower is better.
  public var higherIsBetter: Bool { false }
  /// The sizes for which it is defined.
  public var requirement: String { "both sides of at least 8 pixels" }

  /// Returns the distance; nil when a side has fewer than 8 pixels.
  ///
  /// - Throws: `MetricError` when the pictures differ in size, ``ButteraugliError``, `FileError`, `ChildProcessError`.
  public func value(of reconstruction: Image, original: Image) throws -> Double? {
    try MetricError.check(reconstruction, original)
    guard min(original.width, original.height) >= Self.smallestSide else { return nil }
    let folder = try ScratchFolder()
    let files = try [("original", original), ("copy", reconstruction)].map { name, image in
      let file = "\(folder.path)/\(name).ppm"
      try AtomicFile.write(Array("P6\n\(image.width) \(image.height)\n255\n".utf8) + image.pixels, to: file)
      return file
    }
    let result = try ChildProcess(path, files + ["--pnorm", "3"], timeLimit: timeLimit).run()
    guard result.isSuccess else {
      let message = result.messagesText.split(whereSeparator: \.isNewline).last.map { String($0.prefix(200)) } ?? ""
      throw ButteraugliError.failed(ending: result.ending, message: message)
    }
    guard let value = Self.value(norm, in: result.outputText) else { throw ButteraugliError.output(String(result.outputText.prefix(200))) }
    return value
  }

  /// Reads what the program prints: the maximum, then a line `3-norm: …`.
  static func value(_ norm: Norm, in text: String) -> Double? {
    let lines = text.split(whereSeparator: \.isNewline)
    let word =
      switch norm {
      case .maximum: lines.first
      case .three: lines.first { $0.hasPrefix("3-norm:") }?.dropFirst(7)
      }
    return word.flatMap { Double($0.filter { !$0.isWhitespace }) }
  }
}

/// What goes wrong with `butteraugli_main`.
public enum ButteraugliError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The program is not there.
  case missing(program: String)
  /// It did not end well; `message` is the last of what it said.
  case failed(ending: ChildProcessResult.Ending, message: String)
  /// It printed something else.
  case output(String)

  /// One sentence with the cause and, where there is one, the remedy.
  public var description: String {
    switch self {
    case .missing(let program):
      "the program '\(program)' is not there; install the Debian package libjxl-devtools, or add its folder to PATH"
    case .failed(let ending, let message): "'butteraugli_main' \(ending)" + (message.isEmpty ? "" : ": \(message)")
    case .output(let text): "'butteraugli_main' printed no distance: '\(text)'"
    }
  }
}
