/// A property type written as one scalar.
protocol ScalarSetting: Codable {
  /// What is expected, for sentences: `an integer`.
  static var expectation: String { get }
  /// What may be written for it.
  static var form: ScalarForm { get }
  /// Creates a value from a node; the failure is the sentence that says what was expected and found.
  static func read(_ node: Node) -> Result<Self, Mismatch>
  var node: Node { get }
}

/// Why a node is not what was expected.
struct Mismatch: Error {
  let sentence: String
}

extension Bool: ScalarSetting {
  static var expectation: String { "true or false" }
  static var form: ScalarForm { ScalarForm([.boolean]) }
  static func read(_ node: Node) -> Result<Bool, Mismatch> {
    if case .bool(let bool) = node.value { return .success(bool) }
    return .failure(Mismatch(sentence: "expected true or false, found \(node.summary)"))
  }
  var node: Node { Node(.bool(self)) }
}

extension String: ScalarSetting {
  static var expectation: String { "a text" }
  static var form: ScalarForm { .text }
  static func read(_ node: Node) -> Result<String, Mismatch> {
    switch node.value {
    case .string(let string): return .success(string)
    case .bool, .int, .double: return .success(node.text ?? node.summary)
    case .null, .list, .map: return .failure(Mismatch(sentence: "expected a text, found \(node.summary)"))
    }
  }
  var node: Node { Node(.string(self)) }
}

extension ScalarSetting where Self: FixedWidthInteger {
  static var expectation: String { Self.isSigned ? "an integer" : "an integer of at least 0" }
  static var form: ScalarForm { ScalarForm([.integer], minimum: isSigned ? nil : 0) }

  /// Numbers such as `1e6` and `3.0` count as integers, since they are.
  static func read(_ node: Node) -> Result<Self, Mismatch> {
    let whole: Double
    switch node.value {
    case .int(let int):
      if let value = Self(exactly: int) { return .success(value) }
      whole = Double(int)
    case .double(let double): whole = double
    case .null, .bool, .string, .list, .map: return .failure(Mismatch(sentence: "expected \(expectation), found \(node.summary)"))
    }
    if let value = Self(exactly: whole) { return .success(value) }
    guard whole == whole.rounded(), whole.isFinite else {
      return .failure(Mismatch(sentence: "expected \(expectation), found \(node.summary)"))
    }
    return .failure(Mismatch(sentence: "expected an integer from \(Self.min) to \(Self.max), found \(node.summary)"))
  }

  var node: Node { Int(exactly: self).map { Node(.int($0)) } ?? Node(.double(Double(self))) }
}

extension Int: ScalarSetting {}
extension Int8: ScalarSetting {}
extension Int16: ScalarSetting {}
extension Int32: ScalarSetting {}
extension Int64: ScalarSetting {}
extension UInt: ScalarSetting {}
extension UInt8: ScalarSetting {}
extension UInt16: ScalarSetting {}
extension UInt32: ScalarSetting {}
extension UInt64: ScalarSetting {}

extension Double: ScalarSetting {
  static var expectation: String { "a number" }
  static var form: ScalarForm { ScalarForm([.number]) }
  static func read(_ node: Node) -> Result<Double, Mismatch> {
    switch node.value {
    case .int(let int): .success(Double(int))
    case .double(let double): .success(double)
    case .null, .bool, .string, .list, .map: .failure(Mismatch(sentence: "expected a number, found \(node.summary)"))
    }
  }
  var node: Node { Node(.double(self)) }
}

extension Float: ScalarSetting {
  static var expectation: String { "a number" }
  static var form: ScalarForm { ScalarForm([.number]) }
  static func read(_ node: Node) -> Result<Float, Mismatch> {
    Double.read(node).flatMap { double in
      let float = Float(double)
      if float.isInfinite && double.isFinite { return .failure(Mismatch(sentence: "the number \(node.summary) is too large for 32 bits")) }
      return .success(float)
    }
  }
  /// The shortest number that means this one, so that `1e-6` is shown as it was written and not with all digits of 64 bits.
  var node: Node { Node(.double(Double("\(self)") ?? Double(self))) }
}
