import Results
import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files and texts of the tests.
enum Fixtures {
  static let folder = String(#filePath.dropLast("Fixtures.swift".count)) + "Fixtures"
  static let repository = String(#filePath.dropLast("Tests/ResultsTests/Fixtures.swift".count))

  static var temporaryFolder: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
  }

  /// A published curve by the name of its file.
  static func curve(_ name: String, _ quality: PublishedCurve.Quality = .psnr, first: Int? = nil) throws -> RateQualityCurve {
    let curve = try PublishedCurve.read("\(folder)/compressai-curves/\(name).json").curve(quality)
    guard let first else { return curve }
    let points = curve.points.prefix(first)
    return try RateQualityCurve(name: name, rates: points.map(\.rate), qualities: points.map(\.quality))
  }

  static func json(_ file: ResultsFile) throws -> [String: JSONValue] {
    guard case .object(let keys) = try JSONValue(encoding: file) else { return [:] }
    return keys
  }

  static func replacingFirst(_ from: String, with to: String, in text: String) -> String {
    text.firstRange(of: from).map { text[..<$0.lowerBound] + to + text[$0.upperBound...] } ?? text
  }
}
