import Configuration
import Results

/// A curve as it is named on a command line: a path or `published:NAME`.
enum CurveArgument {
  static func read(_ word: String) throws -> MeasuredCurve {
    guard word.hasPrefix(CurveLibrary.prefix) else { return try MeasuredCurve.read(word) }
    return try entry(word).curve
  }

  static func entry(_ word: String) throws -> CurveLibrary.Entry {
    if let entry = try CurveLibrary.entry(word) { return entry }
    let name = word.hasPrefix(CurveLibrary.prefix) ? String(word.dropFirst(CurveLibrary.prefix.count)) : word
    let hint = NearMatch.sentenceEnd(for: name, among: try CurveLibrary.entries().map(\.id))
    throw UsageError.needs("there is no published curve '\(name)'\(hint) 'benchpresso results list' names all")
  }
}
