/// How the symbols of a stream are divided among coders.
///
/// The tables, the arithmetic of a coder and the escapes are the same in all forms.
public enum StreamForm: Int, Sendable, Equatable, CaseIterable {
  /// One coder, as in CompressAI.
  case compatible = 0
  /// Four coders that take turns: symbol *i* belongs to coder *i* mod 4, and all of them take their words from one sequence in the order in which they need them.
  ///
  /// A processor works on four symbols at once, where one coder has to finish a symbol before it can begin the next. A stream begins with four
  /// states and so is 24 bytes longer. F. Giesen, "Interleaved entropy coders", 2014 (arXiv:1402.3392).
  case interleaved = 1

  /// The number of coders.
  var laneCount: Int { self == .interleaved ? 4 : 1 }
  /// The bytes of the states that a stream begins with, which is its least length.
  var headerByteCount: Int { 8 * laneCount }
}
