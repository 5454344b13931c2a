#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Any JSON value: the form in which a model's resolved settings travel in a results file.
public enum JSONValue: Sendable, Equatable {
  /// The value `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number written without fraction or exponent that fits 64 bits.
  case integer(Int)
  /// Any other number; finite.
  case number(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Names with values; the order of the names carries no meaning.
  case object([String: JSONValue])
}

extension JSONValue: Codable {
  /// Decodes whichever kind of value comes next.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Encodes the value itself, without a wrapper.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let values): try container.encode(values)
    case .object(let values): try container.encode(values)
    }
  }
}

extension JSONValue {
  /// Returns `value` as JSON, for example a model's settings.
  ///
  /// - Throws: What the value's own encoding throws, and an encoding error for a number that is not finite.
  public init(encoding value: some Encodable) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: try JSONEncoder().encode(value))
  }

  /// The paths (`points[2].images[0].psnr`) of object keys that are here and have no counterpart in `other`.
  ///
  /// Lists are compared place by place; values that are not containers are not compared at all.
  func keys(notIn other: JSONValue, at path: String = "") -> [String] {
    switch (self, other) {
    case (.object(let mine), .object(let others)):
      return mine.sorted { $0.key < $1.key }.flatMap { key, value in
        let place = path.isEmpty ? key : "\(path).\(key)"
        return others[key].map { value.keys(notIn: $0, at: place) } ?? [place]
      }
    case (.array(let mine), .array(let others)):
      return zip(mine, others).enumerated().flatMap { index, pair in pair.0.keys(notIn: pair.1, at: "\(path)[\(index)]") }
    default: return []
    }
  }
}
