import Configuration
import Foundation
import Registry
import Results
import SchemaChecking
import Testing

@testable import Benchpresso

/// The schema of configurations takes what the reader takes, and says where and why it refuses the rest.
struct ConfigurationSchemaTests {
  static func schema(_ subject: SchemaSubject, part: String? = nil) throws -> JSONValue {
    let schema = try #require(subject.configuration(BuiltIn.catalogue()))
    return try JSONValue(encoding: try #require(part.map { schema.tree(ofPart: $0) } ?? schema.tree))
  }

  static func value(_ text: String) throws -> JSONValue { try JSONValue(encoding: ConfigurationFile.parse(text, source: "a.yaml")) }

  static func value(file: String) throws -> JSONValue {
    try JSONValue(encoding: ConfigurationFile.read("\(ConfigurationFilesTests.root)/configs/\(file)"))
  }

  /// Reads a file: what is typed has more forms.
  private func read(_ text: String) throws {
    let folder = try TestFolder()
    try folder.add("a.yaml", text)
    _ = try ExperimentFile(paths: ["\(folder.path)/a.yaml"], catalogue: BuiltIn.catalogue())
  }

  /// Lists of rates are files of another form.
  static let files: [(file: String, subject: SchemaSubject, part: String?)] =
    ConfigurationFilesTests.files.map { ($0, .experiment, nil) }
    + ConfigurationFilesTests.allCodecs.map { ("codecs/\($0)", .codec, nil) }
    + ["development", "testing", "training"].map { ("trainer/\($0).yaml", .experiment, "trainer") }

  @Test func takesEveryShippedFile() throws {
    var validators: [String: SchemaValidator] = [:]
    for (file, subject, part) in Self.files {
      let name = "\(subject) \(part ?? "")"
      let validator = try validators[name] ?? SchemaValidator(root: Self.schema(subject, part: part))
      validators[name] = validator
      #expect(validator.problems(with: try Self.value(file: file)) == [], "\(file)")
    }
    #expect(Self.files.count > 500 && validators.count == 3)
  }

  @Test func takesWhatIsResolved() throws {
    let validator = SchemaValidator(root: try Self.schema(.experiment))
    for file in ConfigurationFilesTests.distinctFiles {
      let read = try ExperimentFile(paths: ["\(ConfigurationFilesTests.root)/configs/\(file)"], catalogue: BuiltIn.catalogue())
      for flags in ["", "skip_default"] {
        let text = try ConfigurationPrinting(flags).text(read, catalogue: BuiltIn.catalogue())
        #expect(validator.problems(with: try Self.value(text)) == [], "\(file)")
      }
    }
  }

  @Test func takesTheExampleOfEveryComponent() throws {
    let (experiment, codec) = (SchemaValidator(root: try Self.schema(.experiment)), SchemaValidator(root: try Self.schema(.codec)))
    for entry in BuiltIn.entries {
      let text = try ComponentExample(entry, catalogue: BuiltIn.catalogue()).yaml
      let validator = entry.kind == CodecKind.name ? codec : experiment
      #expect(validator.problems(with: try Self.value(text)) == [], "\(entry.classPath)\n\(text)")
    }
  }

  @Test func takesEveryForm() throws {
    let validator = SchemaValidator(root: try Self.schema(.experiment))
    for text in SchemaCases.right + SchemaCases.rightWithFiles {
      #expect(validator.problems(with: try Self.value(text)) == [], "\(text)")
    }
    for text in SchemaCases.right { #expect(throws: Never.self, "\(text)") { try read(text) } }
  }

  @Test func refusesWhatIsWrong() throws {
    let validator = SchemaValidator(root: try Self.schema(.experiment))
    for (text, path, keyword) in SchemaCases.wrong {
      let found = validator.violations(of: try Self.value(text)).flatMap(\.all)
      #expect(found.contains { $0.path == path && $0.keyword == keyword }, "\(text): \(found)")
      // Nothing else is wrong: a mistake is told where it is.
      #expect(found.allSatisfy { $0.path == path }, "\(text): \(found)")
      #expect(throws: ConfigurationError.self, "\(text)") { try read(text) }
    }
  }

  @Test func someMistakesAreForTheReader() throws {
    let validator = SchemaValidator(root: try Self.schema(.experiment))
    for text in SchemaCases.beyond {
      #expect(validator.problems(with: try Self.value(text)) == [], "\(text)")
      #expect(throws: ConfigurationError.self, "\(text)") { try read(text) }
    }
  }

  /// Readers of YAML 1.1 and 1.2 see texts where ours sees numbers.
  @Test(arguments: [("1e-3", true), ("1_000", true), ("-2.5e+3", true), ("0.5", false), ("e", false), ("1e", false)])
  func numbersThatOthersReadAsTexts(text: String, isTaken: Bool) throws {
    let validator = SchemaValidator(root: try Self.schema(.experiment))
    let value = JSONValue.object(["optimizer": .object(["class_path": .string("Adam"), "init_args": .object(["lr": .string(text)])])])
    #expect(validator.problems(with: value).isEmpty == isTaken)
  }

  @Test(arguments: ["max_steps: 3", "{trainer: {max_steps: 3}}", "{trainer: {max_steps: '${N}'}, vars: {N: 3}}"])
  func aPartStandsAloneOrUnderItsKey(text: String) throws {
    let validator = SchemaValidator(root: try Self.schema(.experiment, part: "trainer"))
    #expect(validator.problems(with: try Self.value(text)) == [])
    #expect(validator.problems(with: try Self.value(text.replacing("max_steps", with: "max_stps"))).count == 1)
  }

  @Test func everySettingIsExplainedAndHasItsDefault() throws {
    let tree = try #require(SchemaSubject.experiment.configuration(BuiltIn.catalogue())?.tree)
    for entry in BuiltIn.entries {
      guard let arguments = tree["$defs"]?[entry.classPath]?["properties"] else { continue }
      #expect(tree["$defs"]?[entry.classPath]?["description"]?.string == entry.summary)
      for setting in entry.settings where !setting.key.contains(".") {
        #expect(arguments[setting.key]?["description"]?.string == setting.documentation, "\(entry.classPath): \(setting.key)")
        #expect(arguments[setting.key]?["default"] != nil, "\(entry.classPath): \(setting.key)")
      }
    }
    let steps = tree["properties"]?["trainer"]?["properties"]?["max_steps"]
    #expect(steps?["default"] == 1_000_000 && steps?["type"] == ["integer", "string"])
    // Nothing of this machine is in it.
    #expect(!(try JSONOutput.text(tree)).contains(PathText.workingDirectory + "/"))
  }

  @Test func componentsThatWereAddedAreThere() throws {
    struct OwnSettings: Settings { var width = 3 }
    let own = Entry(NonlinearityKind.self, "nonlinearity.Own", aliases: ["own.Unit"], summary: "Own.", settings: OwnSettings.self) {
      settings, _ in
      settings
    }
    let schema = try #require(SchemaSubject.experiment.configuration(BuiltIn.catalogue(adding: [own])))
    let validator = SchemaValidator(root: try JSONValue(encoding: schema.tree))
    func text(_ name: String, _ width: String) -> String {
      "model: {class_path: FactorizedPrior, init_args: {activation: {class_path: \(name), init_args: {width: \(width)}}}}"
    }
    for name in ["nonlinearity.Own", "Own", "own.Unit", "Unit"] {
      #expect(validator.problems(with: try Self.value(text(name, "4"))) == [])
      #expect(validator.problems(with: try Self.value(text(name, "wide"))).count == 1)
    }
  }
}

/// The same cases with a validator by others, which also checks the schemas themselves.
@Suite(.enabled(if: PythonValidator.python != nil, PythonValidator.hint)) struct PythonValidatorTests {
  @Test func takesWhatIsRight() throws {
    let texts = SchemaCases.right + SchemaCases.rightWithFiles
    let examples = try BuiltIn.entries.filter { $0.kind != CodecKind.name }.map {
      try ComponentExample($0, catalogue: BuiltIn.catalogue()).yaml
    }
    let values = try (texts + examples).map { try ConfigurationSchemaTests.value($0) }
    let files = try ConfigurationFilesTests.distinctFiles.map { try ConfigurationSchemaTests.value(file: $0) }
    let found = try PythonValidator.errors(of: values + files, schema: ConfigurationSchemaTests.schema(.experiment))
    #expect(found.count == values.count + files.count)
    for (text, errors) in zip(texts + examples + ConfigurationFilesTests.distinctFiles, found) { #expect(errors == [], "\(text)") }
  }

  @Test func takesCodecsAndTrainers() throws {
    for (subject, part) in [(SchemaSubject.codec, nil), (.experiment, "trainer" as String?)] {
      let files = ConfigurationSchemaTests.files.filter { $0.subject == subject && $0.part == part }.map(\.file)
      let values = try files.map { try ConfigurationSchemaTests.value(file: $0) }
      let found = try PythonValidator.errors(of: values, schema: ConfigurationSchemaTests.schema(subject, part: part))
      #expect(!files.isEmpty && found == Array(repeating: [], count: files.count), "\(found)")
    }
  }

  @Test func refusesWhatIsWrong() throws {
    let values = try SchemaCases.wrong.map { try ConfigurationSchemaTests.value($0.text) }
    let found = try PythonValidator.errors(of: values, schema: ConfigurationSchemaTests.schema(.experiment))
    #expect(found.count == SchemaCases.wrong.count)
    for ((text, path, keyword), errors) in zip(SchemaCases.wrong, found) {
      #expect(errors.contains([path, keyword]) && errors.allSatisfy { $0.first == path }, "\(text): \(errors)")
    }
  }
}
