#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Decoding JSON with errors that name the file and the place in it.
enum JSONReading {
  static func decode<Value: Decodable>(_ bytes: [UInt8], name: String) throws(ResultsError) -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(bytes))
    } catch DecodingError.keyNotFound(let key, let context) {
      throw .missingKey(file: name, key: path(context.codingPath + [key]))
    } catch DecodingError.typeMismatch(let type, let context) {
      throw .wrongValue(file: name, key: path(context.codingPath), expected: kind(of: type))
    } catch DecodingError.valueNotFound(let type, let context) {
      throw .wrongValue(file: name, key: path(context.codingPath), expected: kind(of: type))
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
      throw .wrongValue(file: name, key: path(context.codingPath), expected: "another value: \(context.debugDescription)")
    } catch DecodingError.dataCorrupted(let context) {
      throw .notJSON(file: name, reason: context.underlyingError.map { "\($0)" } ?? context.debugDescription)
    } catch {
      throw .notJSON(file: name, reason: "\(error)")
    }
  }

  /// A coding path as `points[2].images[0].psnr`.
  static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
      key.intValue.map { "\(path)[\($0)]" } ?? (path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)")
    }
  }

  private static func kind(of type: any Any.Type) -> String {
    switch type {
    case is Int.Type: "a whole number"
    case is Double.Type: "a number"
    case is String.Type: "a text"
    case is Bool.Type: "true or false"
    case is [Any].Type: "a list"
    default: "an object"
    }
  }
}
