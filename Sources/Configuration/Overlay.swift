/// What was written over a default at one place of a configuration, and the rules for reading a value from the two.
struct Overlay {
  /// What was written; nil when nothing was.
  let given: Node?
  /// The default; nil when there is none.
  let fallback: Node?
  let path: String
  /// The class path of the component whose arguments are read; nil elsewhere.
  var owner: String?
  let context: SettingsContext

  var mark: Mark { given?.mark ?? fallback?.mark ?? .defaults }

  func child(_ key: String) -> Overlay {
    let fallback = fallback?[key]
    return Overlay(
      given: given?[key] ?? appended(key, to: fallback), fallback: fallback, path: KeySpelling.path(path, key), context: context)
  }

  /// The default list with what `key+` appends to it; nil when nothing does.
  private func appended(_ key: String, to fallback: Node?) -> Node? {
    guard let added = given?["\(key)+"] else { return nil }
    return Node(.list((fallback?.elements ?? []) + (added.elements ?? [added])), mark: added.mark)
  }

  /// Returns the value; a problem is reported and the default taken where there is one.
  ///
  /// - Throws: ``ReportedProblem`` where there is no default to go on with.
  func value<T: Decodable>(_ type: T.Type) throws -> T {
    context.recorder?.record(type, overlay: self)
    if let scalar = type as? any ScalarSetting.Type { return try cast(readScalar(scalar)) }
    if let choices = Choices.names(of: type) { return try readChoice(type, choices: choices) }
    if let decodable = type as? any NodeDecodable.Type { return try cast(readDecodable(decodable)) }
    if let list = type as? any ListSetting.Type { return try cast(readList(list)) }
    if let dictionary = type as? any DictionarySetting.Type { return try cast(readDictionary(dictionary)) }
    if type is any OptionalSetting.Type { return try T(from: OverlayDecoder(overlay: self)) }
    return try readStruct(type)
  }

  private func cast<T>(_ value: Any) throws -> T {
    guard let value = value as? T else { throw ReportedProblem() }
    return value
  }

  private func readDecodable(_ type: any NodeDecodable.Type) throws -> any NodeDecodable {
    do {
      return try type.init(given: given, fallback: fallback, path: path, context: context)
    } catch is ReportedProblem where given != nil && fallback?.isNull == false {
      // The default stands in, so that what is wrong beside it is found too.
      return try type.init(given: nil, fallback: fallback, path: path, context: context)
    }
  }

  private func readScalar<S: ScalarSetting>(_ type: S.Type) throws -> S {
    if let given {
      switch S.read(given) {
      case .success(let value) where !given.isBareOption || S.self == Bool.self: return value
      case .success: report("", expectation: S.expectation)
      case .failure(let mismatch): report(mismatch.sentence, expectation: S.expectation)
      }
    }
    guard let fallback, case .success(let value) = S.read(fallback) else { throw missing(S.expectation) }
    return value
  }

  private func readChoice<T>(_ type: T.Type, choices: [String]) throws -> T {
    let expectation = choices.count == 1 ? "'\(choices[0])'" : "one of \(choices.joined(separator: ", "))"
    if let given {
      let name = try? String.read(given).get()
      if let name, let value = Choices.value(type, named: name) { return value }
      let near = name.map { NearMatch.question(for: $0, among: choices) } ?? ""
      report("expected \(expectation), found \(name.map { "'\($0)'" } ?? given.summary)\(near)", expectation: expectation)
    }
    guard let name = fallback?.string, let value = Choices.value(type, named: name) else { throw missing(expectation) }
    return value
  }

  private func readList<L: ListSetting>(_ type: L.Type) throws -> L {
    if let given {
      if isSingleItem(given, of: type) {
        return try L.read(Node(.list([given]), mark: given.mark), path: path, context: context)
      } else if given.elements != nil {
        do { return try L.read(given, path: path, context: context) } catch is ReportedProblem where fallback?.elements != nil {}
      } else {
        report("expected a list, found \(given.summary); write it in brackets or with a '-' before each element", expectation: "a list")
      }
    }
    guard let fallback, fallback.elements != nil else { throw missing("a list") }
    return try L.read(fallback, path: path, context: context)
  }

  /// One component where a list of them is expected is a list of one.
  private func isSingleItem<L: ListSetting>(_ node: Node, of type: L.Type) -> Bool {
    SettingShape.of(type.elementType).kind != nil && (node.string != nil || node.isComponentMap)
  }

  private func readDictionary<D: DictionarySetting>(_ type: D.Type) throws -> D {
    if let given, given.fields == nil {
      report("expected a map, found \(given.summary)", expectation: "a map")
      return try D.read(withoutGiven)
    }
    if given == nil, fallback?.fields == nil { throw missing("a map") }
    do { return try D.read(self) } catch is ReportedProblem where fallback?.fields != nil { return try D.read(withoutGiven) }
  }

  private var withoutGiven: Overlay { Overlay(given: nil, fallback: fallback, path: path, owner: owner, context: context) }

  /// Settings inside lists and optionals have no default from their surroundings and take those of their type.
  private func readStruct<T: Decodable>(_ type: T.Type) throws -> T {
    var overlay = self
    if fallback?.fields == nil, let settings = type as? any Settings.Type {
      overlay = Overlay(
        given: given, fallback: try SettingsEncoder.node(ofValue: settings.init()), path: path, owner: owner, context: context)
    }
    if let given, given.fields == nil {
      report("expected a map of settings, found \(given.summary)", expectation: "a map")
      overlay = overlay.withoutGiven
    }
    let problemCount = context.problems.count
    let asked = AskedKeys()
    if overlay.fallback?.fields != nil { overlay.reportUnknownKeys(valid: overlay.fallback?.fields?.map(\.key) ?? []) }
    let value: T
    do {
      value = try T(from: OverlayDecoder(overlay: overlay, asked: asked))
    } catch {
      if !(error is ReportedProblem) { overlay.report("\(error)", expectation: "a value") }
      guard overlay.fallback?.fields != nil, overlay.given != nil else { throw ReportedProblem() }
      value = try T(from: OverlayDecoder(overlay: overlay.withoutGiven))
    }
    if overlay.fallback?.fields == nil, overlay.given?.fields != nil { overlay.reportUnknownKeys(valid: asked.keys) }
    if context.problems.count == problemCount, let settings = value as? any ValidatedSettings { overlay.reportProblems(of: settings) }
    return value
  }

  private func reportUnknownKeys(valid: [String]) {
    for field in given?.fields ?? [] where !isKnown(field.key, valid: valid) {
      context.report(field.mark, path: KeySpelling.path(path, field.key), UnknownKey(field, valid: valid, owner: owner).sentence)
    }
  }

  /// A key that ends in `+` appends to a list.
  private func isKnown(_ key: String, valid: [String]) -> Bool {
    if valid.contains(key) { return true }
    guard key.hasSuffix("+") else { return false }
    let name = String(key.dropLast())
    return valid.contains(name) && (fallback?[name]?.elements != nil || fallback?[name]?.isNull == true)
  }

  private func reportProblems(of settings: any ValidatedSettings) {
    for problem in settings.problems() {
      let child = child(KeySpelling.snakeCase(problem.key))
      let mark = [child.given?.mark, given?.mark].compactMap(\.self).first ?? .defaults
      context.report(mark, path: problem.key.isEmpty ? path : child.path, problem.sentence)
    }
  }

  private func report(_ sentence: String, expectation: String) {
    guard let given else {
      context.report(mark, path: path, sentence)
      return
    }
    if given.isBareOption {
      context.report(given.mark, path: path, "needs a value, expected \(expectation)")
      return
    }
    let isNull = given.isNull && fallback != nil
    let hint =
      fallback.map { "; leave the key out for the default" + ($0.fields == nil && $0.elements == nil ? " (\($0.summary))" : "") } ?? ""
    context.report(given.mark, path: path, isNull ? "null is not possible here, expected \(expectation)\(hint)" : sentence)
  }

  /// Reports that there is neither a value nor a default, unless a problem of the given value was reported just now.
  private func missing(_ expectation: String) -> ReportedProblem {
    if given == nil { context.report(mark, path: path, "is missing, expected \(expectation)") }
    return ReportedProblem()
  }
}

/// The keys a type without known defaults asks for while it is decoded.
final class AskedKeys {
  private(set) var keys: [String] = []

  func add(_ key: String) {
    if !keys.contains(key) { keys.append(key) }
  }
}
