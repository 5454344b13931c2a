/// How the symbols of a stream are divided among coders.
///
/// The tables, the arithmetic of a coder and the escapes are the same in both forms. Where four coders take turns, symbol *i* belongs to coder *i* mod 4,
/// and all of them take their words from one sequence in the order in which they need them. F. Giesen, "Interleaved entropy coders", 2014
/// (arXiv:1402.3392).
public enum StreamForm: String, Sendable, Codable, CaseIterable {
  /// One coder, as in CompressAI.
  case compatible
  /// Four coders that take turns, which are decoded faster and by this program alone; a stream is 24 bytes longer.
  case interleaved

  /// The number of the form in files.
  public var number: Int { self == .interleaved ? 1 : 0 }

  /// Creates the form of a number in a file; nil for one that is not known.
  public init?(number: Int) {
    guard let form = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = form
  }

  /// The number of coders.
  var laneCount: Int { self == .interleaved ? 4 : 1 }
  /// The bytes of the states that a stream begins with, which is its least length.
  var headerByteCount: Int { 8 * laneCount }
}
