import Testing

@testable import SettingsDocumenter

struct DeclarationReaderTests {
  private func properties(_ source: String) -> [String] {
    DeclarationReader.types(in: source).flatMap(\.properties).map { "\($0.name): \(PlainText.of($0.documentation))" }
  }

  @Test(arguments: [
    ("/// One.\npublic var a = 1", "a: One."),
    ("/// One.\npublic var a: Int?", "a: One."),
    ("/// One.\n///\n/// Two,\n/// three.\nlet a: [String: Int] = [:]", "a: One. Two, three."),
    ("/// One.\n@OrNull public private(set) var a: Int? = nil", "a: One."),
    ("/// One.\nvar a = 1 { didSet { print(a) } }", "a: One."),
    ("/// One.\nvar a: Int { willSet { print(a) } }", "a: One."),
    ("/// One.\nvar a = { let b = 1; return b }()", "a: One."),
    ("/// One.\nvar a: (Int) -> Result<Int, E>", "a: One."),
    ("/// One.\nvar a =\n  first\n  + second", "a: One."),
    ("/// Lost.\nfunc f() {}\nvar a = 1", "a: "),
    ("//// Not this.\n// Nor this.\nvar a = 1", "a: "),
    ("/// One.\nvar a = \"}\" + \"\\(f(\"}\"))\" + #\"\"}\"# /* } /* } */ */", "a: One."),
    ("/// One.\nvar a = \"\"\"\n  } var b = \"1\"\n  \"\"\"", "a: One."),
    ("/// One.\nvar `default` = 1", "default: One."),
  ])
  func findsTheStoredProperty(declaration: String, expected: String) {
    #expect(properties("struct S: Settings {\n\(declaration)\n}") == [expected])
    #expect(properties("struct S: Settings { \(declaration)\n  /// Next.\n  var next = 2 }") == [expected, "next: Next."])
  }

  @Test(arguments: [
    "var a: Int { 1 }", "var a: Int {\n  get { b }\n  set {}\n}", "static let a = 1", "public static var a = 1",
    "func f() { var a = 1 }", "init(a: Int) { let a = 2 }", "typealias a = B", "subscript(a: Int) -> Int { a }", "import struct A.B",
  ])
  func passesOverWhatIsNotStored(declaration: String) {
    #expect(properties("struct S: Settings {\n/// One.\n\(declaration)\n}").isEmpty)
  }

  @Test func severalPropertiesShareADeclaration() {
    #expect(properties("struct S {\n/// Both.\nvar a = 1, b: Int?\n}") == ["a: Both.", "b: Both."])
  }

  @Test func typesHaveTheirFullNamesAccessAndProtocols() {
    let source = """
      public final class Adam<T: Sendable> {
        /// The settings.
        public struct Settings: ValidatedSettings, @unchecked Sendable { public var lr = 1 }
        private let settings: Settings
        class func make() {}
      }
      extension Adam { struct Inner: Codable & Equatable where T: Sendable {} }
      package extension Other { struct State {} }
      private enum Hidden: String { case one, two = "2" }
      """
    let types = DeclarationReader.types(in: source)
    #expect(types.map(\.name) == ["Adam", "Adam.Settings", "Adam", "Adam.Inner", "Other", "Other.State", "Hidden"])
    #expect(types.map(\.access) == [.everybody, .everybody, .module, .module, .package, .package, .file])
    #expect(types[1].inherited == ["ValidatedSettings", "Sendable"] && types[3].inherited == ["Codable", "Equatable"])
    #expect(types[1].properties.map(\.name) == ["lr"] && types[6].cases.map(\.value) == ["one", "2"])
  }

  @Test(arguments: [
    ("Metric.mse", ["Metric"]), ("JPEG.Subsampling.yuv420", ["JPEG.Subsampling"]), ("TrainerSettings()", []), ("1e-3", []), (".mse", []),
  ])
  func theFirstValueNamesTheType(value: String, mentions: [String]) {
    #expect(DeclarationReader.types(in: "struct S { var a = \(value) }").first?.properties.first?.mentions == mentions)
  }

  @Test func theAnnotationNamesTheType() {
    let types = DeclarationReader.types(in: "struct S { var a: [String: A.B]? = nil\n var b: Metric = .mse }")
    #expect(types.first?.properties.map(\.mentions) == [["String", "A.B"], ["Metric"]])
  }

  @Test(arguments: [
    "struct S {", "struct", "struct S { var a: ", "struct S { var a = \"", "/* /*", "struct S { var a = \"\\(", "}}}", "#\"", "`",
  ])
  func brokenSourceEndsTheReading(source: String) {
    #expect(DeclarationReader.types(in: source).count <= 1)
  }
}
