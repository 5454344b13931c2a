#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Encoding JSON with errors that name the file and the place in it.
enum JSONWriting {
  /// Returns indented JSON with sorted keys and a line break at its end.
  static func encode(_ value: some Encodable, name: String) throws(ResultsError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
    } catch EncodingError.invalidValue(_, let context) {
      throw ResultsError.notFinite(file: name, key: JSONReading.path(context.codingPath))
    } catch {
      throw ResultsError.notFinite(file: name, key: "\(error)")
    }
  }
}
