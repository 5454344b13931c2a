/// Finds types, stored properties and cases in Swift source.
///
/// It reads declarations and steps over everything in braces that is none, so it never looks at statements.
struct DeclarationReader {
  private let tokens: [Token]
  private var position = 0
  private var types: [SourceType] = []

  /// Returns the types that `source` declares or extends, in their order.
  static func types(in source: String) -> [SourceType] {
    var reader = DeclarationReader(tokens: Tokenizer.tokens(of: source))
    while reader.peek != nil { reader.readMembers(of: nil, defaultAccess: .module) }
    return reader.types
  }

  private init(tokens: [Token]) { self.tokens = tokens }

  private var peek: Token? { position < tokens.count ? tokens[position] : nil }

  private mutating func next() -> Token? {
    guard position < tokens.count else { return nil }
    position += 1
    return tokens[position - 1]
  }

  private mutating func take(_ symbol: Character) -> Bool {
    guard peek == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  private mutating func takeWord() -> String? {
    guard case .word(let word)? = peek else { return nil }
    position += 1
    return word
  }

  private mutating func skipNewlines() {
    while peek == .newline { position += 1 }
  }

  private mutating func skipLine() {
    while let token = peek, token != .newline { position += 1 }
  }

  /// Steps over what follows an opening bracket that was taken, up to its closing one.
  private mutating func skipBrackets() {
    var depth = 1
    while depth > 0, let token = next() {
      if case .symbol(let symbol) = token {
        if "([{".contains(symbol) { depth += 1 }
        if ")]}".contains(symbol) { depth -= 1 }
      }
    }
  }

  private mutating func skipGenerics() {
    guard take("<") else { return }
    var depth = 1
    while depth > 0, let token = next() {
      if token == .symbol("<") { depth += 1 }
      if token == .symbol(">"), tokens[position - 2] != .symbol("-") { depth -= 1 }
    }
  }

  /// What stands before a declaration.
  private struct Preface {
    var documentation: [String] = []
    var modifiers: [String] = []
    var access: Access?
    var isStatic: Bool { modifiers.contains("static") || modifiers.contains("class") }
  }

  private static let modifiers: Set<String> = [
    "public", "package", "internal", "private", "fileprivate", "open", "static", "final", "lazy", "weak", "unowned", "mutating",
    "nonmutating", "override", "indirect", "nonisolated", "required", "convenience", "dynamic", "distributed",
  ]

  private static let kinds: [String: SourceType.Kind] = [
    "struct": .structure, "enum": .enumeration, "protocol": .interface, "class": .other, "actor": .other, "extension": .addition,
  ]

  /// Reads up to the closing brace of the type number `owner`, or to the end of the source.
  private mutating func readMembers(of owner: Int?, defaultAccess: Access) {
    var preface = Preface()
    while let token = next() {
      switch token {
      case .documentation(let line): preface.documentation.append(line)
      case .newline: break
      case .symbol("@"):
        _ = takeWord()
        if take("(") { skipBrackets() }
      case .symbol("}"): return
      case .symbol(let symbol):
        if "([{".contains(symbol) { skipBrackets() }
        preface = Preface()
      case .text: preface = Preface()
      case .word(let word):
        if Self.modifiers.contains(word) || (word == "class" && isModifier) {
          preface.modifiers.append(word)
          if take("(") { skipBrackets() } else { preface.access = Access(modifier: word) ?? preface.access }
        } else {
          readDeclaration(word, preface: preface, owner: owner, defaultAccess: defaultAccess)
          preface = Preface()
        }
      }
    }
  }

  /// Whether the word `class` that was taken stands before a member and not before a type's name.
  private var isModifier: Bool {
    guard case .word(let word)? = peek else { return false }
    return ["var", "let", "func", "subscript"].contains(word) || Self.modifiers.contains(word)
  }

  private mutating func readDeclaration(_ word: String, preface: Preface, owner: Int?, defaultAccess: Access) {
    switch word {
    case "import", "typealias", "associatedtype": skipLine()
    case "var", "let": readProperties(preface, owner: owner)
    case "case":
      if let owner, types[owner].kind == .enumeration { readCases(preface, owner: owner) }
    default:
      if let kind = Self.kinds[word] { readType(kind, preface: preface, owner: owner, defaultAccess: defaultAccess) }
    }
  }

  private mutating func readType(_ kind: SourceType.Kind, preface: Preface, owner: Int?, defaultAccess: Access) {
    guard var name = takeWord() else { return }
    while take(".") { name += "." + (takeWord() ?? "") }
    if let owner { name = "\(types[owner].name).\(name)" }
    skipGenerics()
    skipNewlines()
    var type = SourceType(kind: kind, name: name, access: preface.access ?? defaultAccess)
    if take(":") { type.inherited = readInherited() }
    while let token = next(), token != .symbol("{") {}
    types.append(type)
    guard kind != .interface else { return skipBrackets() }
    readMembers(of: types.count - 1, defaultAccess: kind == .addition ? preface.access ?? .module : .module)
  }

  private mutating func readInherited() -> [String] {
    var names: [String] = []
    var name = ""
    while let token = peek, token != .symbol("{"), token != .word("where") {
      position += 1
      switch token {
      case .symbol("@"): _ = takeWord()
      case .word(let word): name += word
      case .symbol("."): name += "."
      case .symbol(","), .symbol("&"):
        names.append(name)
        name = ""
      case .symbol("<"):
        position -= 1
        skipGenerics()
      default: break
      }
    }
    return (names + [name]).filter { !$0.isEmpty }
  }

  private mutating func readCases(_ preface: Preface, owner: Int) {
    repeat {
      skipNewlines()
      guard let name = takeWord() else { return }
      var value = name
      if take("(") { skipBrackets() }
      if take("="), case .text(let text)? = next() { value = text }
      types[owner].cases.append(SourceCase(value: value, documentation: preface.documentation))
    } while take(",")
  }

  private mutating func readProperties(_ preface: Preface, owner: Int?) {
    repeat {
      skipNewlines()
      guard let name = takeWord() else { return }
      var mentions = take(":") ? readAnnotation() : []
      var isStored = true
      if take("=") {
        mentions += readInitialValue()
      } else if take("{") {
        skipNewlines()
        isStored = peek == .word("didSet") || peek == .word("willSet")
        skipBrackets()
      }
      guard let owner, isStored, !preface.isStatic, types[owner].kind == .structure else { continue }
      types[owner].properties.append(SourceProperty(name: name, documentation: preface.documentation, mentions: mentions))
    } while take(",")
  }

  /// Returns the dotted names in a type annotation, which ends where a value, an accessor or the next declaration begins.
  private mutating func readAnnotation() -> [String] {
    skipNewlines()
    var names: [String] = []
    var depth = 0
    var joins = false
    while let token = peek {
      switch token {
      case .symbol("="), .symbol("{"), .symbol("}"), .symbol(","), .newline:
        if depth == 0 || token == .symbol("}") { return names }
        joins = false
      case .symbol("("), .symbol("["), .symbol("<"): depth += 1
      case .symbol(")"), .symbol("]"): depth -= 1
      case .symbol(">"): if tokens[position - 1] != .symbol("-") { depth -= 1 }
      case .symbol("."): joins = true
      case .word(let word):
        if joins, let last = names.popLast() { names.append("\(last).\(word)") } else { names.append(word) }
        joins = false
      case .symbol, .text, .documentation: joins = false
      }
      position += 1
    }
    return names
  }

  /// Returns the type that a first value such as `Metric.mse` names, and steps over the value and over observers after it.
  private mutating func readInitialValue() -> [String] {
    skipNewlines()
    var path: [String] = []
    while let word = takeWord() {
      path.append(word)
      guard take(".") else { break }
    }
    while let token = peek, token != .newline, token != .symbol(","), token != .symbol("}") {
      position += 1
      if case .symbol(let symbol) = token, "([{".contains(symbol) { skipBrackets() }
    }
    return path.count > 1 ? [path.dropLast().joined(separator: ".")] : []
  }
}
