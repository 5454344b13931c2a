import Foundation
import Testing

/// A folder that is removed when it is no longer used.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("events-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Programs of others that tests need.
enum TestTools {
  /// A Python with the package `tensorboard`.
  static let tensorBoardPython = ProcessInfo.processInfo.environment["TENSORBOARD_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
  static let hint: Comment = "TENSORBOARD_PYTHON names no Python with the package tensorboard; see scripts/setup-test-tools"
}

/// The fields of a message in the wire format, read without knowing the message.
struct WireFields {
  enum Value: Equatable {
    case varint(UInt64)
    case fixed(UInt64)
    case bytes([UInt8])
  }

  struct Damage: Error {}

  private(set) var fields: [(number: Int, value: Value)] = []

  init(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    func varint() throws -> UInt64 {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 70, by: 7) {
        guard let byte = rest.popFirst() else { throw Damage() }
        value |= UInt64(byte & 0x7f) << shift
        if byte < 0x80 { return value }
      }
      throw Damage()
    }
    func take(_ count: Int) throws -> [UInt8] {
      guard count <= rest.count else { throw Damage() }
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    func number(_ bytes: [UInt8]) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    while !rest.isEmpty {
      let key = try varint()
      let value: Value =
        switch key & 7 {
        case 0: .varint(try varint())
        case 1: .fixed(number(try take(8)))
        case 2: .bytes(try take(Int(try varint())))
        case 5: .fixed(number(try take(4)))
        default: throw Damage()
        }
      fields.append((Int(key >> 3), value))
    }
  }

  subscript(_ number: Int) -> Value? { fields.first { $0.number == number }?.value }
  func all(_ number: Int) -> [Value] { fields.filter { $0.number == number }.map(\.value) }
  func text(_ number: Int) -> String? { if case .bytes(let bytes)? = self[number] { String(decoding: bytes, as: UTF8.self) } else { nil } }
  func double(_ number: Int) -> Double? { if case .fixed(let bits)? = self[number] { Double(bitPattern: bits) } else { nil } }
  func float(_ number: Int) -> Float? {
    if case .fixed(let bits)? = self[number] { Float(bitPattern: UInt32(truncatingIfNeeded: bits)) } else { nil }
  }
  func int(_ number: Int) -> Int? { if case .varint(let value)? = self[number] { Int(truncatingIfNeeded: value) } else { nil } }
  func message(_ number: Int) throws -> WireFields? { if case .bytes(let bytes)? = self[number] { try WireFields(bytes) } else { nil } }
}
