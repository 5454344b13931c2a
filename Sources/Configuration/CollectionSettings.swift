/// A list property; decoded here and not by the standard library so that the problems of all elements are found.
protocol ListSetting {
  static var elementType: any Decodable.Type { get }
  static func read(_ list: Node, path: String, context: SettingsContext) throws -> Self
  func node() throws -> Node
}

extension Array: ListSetting where Element: Codable {
  static var elementType: any Decodable.Type { Element.self }

  static func read(_ list: Node, path: String, context: SettingsContext) throws -> [Element] {
    var result: [Element] = []
    var failed = false
    for (index, element) in (list.elements ?? []).enumerated() {
      do {
        result.append(try Overlay(given: element, fallback: nil, path: "\(path)[\(index)]", context: context).value(Element.self))
      } catch is ReportedProblem {
        failed = true
      }
    }
    if failed { throw ReportedProblem() }
    return result
  }

  func node() throws -> Node { Node(.list(try map { try SettingsEncoder.node(ofValue: $0) })) }
}

/// A dictionary property, whose keys the user chooses.
protocol DictionarySetting {
  static var elementType: any Decodable.Type { get }
  static func read(_ overlay: Overlay) throws -> Self
  func node() throws -> Node
}

extension Dictionary: DictionarySetting where Key == String, Value: Codable {
  static var elementType: any Decodable.Type { Value.self }

  static func read(_ overlay: Overlay) throws -> [String: Value] {
    var result: [String: Value] = [:]
    var failed = false
    for field in (overlay.fallback?.fields ?? []) + (overlay.given?.fields ?? []) {
      let child = overlay.child(field.key)
      do {
        result[field.key] = try child.value(Value.self)
      } catch is ReportedProblem {
        failed = true
      }
    }
    if failed { throw ReportedProblem() }
    return result
  }

  func node() throws -> Node {
    try .map(sorted { $0.key < $1.key }.map { ($0.key, try SettingsEncoder.node(ofValue: $0.value)) })
  }
}

/// An optional, to see through when asking for the type of a property.
protocol OptionalSetting {
  static var wrappedType: Any.Type { get }
}

extension Optional: OptionalSetting {
  static var wrappedType: Any.Type { Wrapped.self }
}

/// The choices of an enum with text raw values.
enum Choices {
  /// Returns the raw values of all cases of `type`; nil when it is not such an enum.
  static func names(of type: Any.Type) -> [String]? {
    guard let type = type as? any (CaseIterable & RawRepresentable).Type else { return nil }
    return names(type)
  }

  private static func names<T: CaseIterable & RawRepresentable>(_ type: T.Type) -> [String]? {
    guard T.RawValue.self == String.self else { return nil }
    return T.allCases.compactMap { $0.rawValue as? String }
  }

  /// Creates the case of `type` with the raw value `name`.
  static func value<T>(_ type: T.Type, named name: String) -> T? {
    guard let type = type as? any RawRepresentable.Type else { return nil }
    func make<R: RawRepresentable>(_ type: R.Type) -> R? { (name as? R.RawValue).flatMap { R(rawValue: $0) } }
    return make(type) as? T
  }
}
