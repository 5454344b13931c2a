package import Configuration
package import Registry

/// The words of a command line that say what the configuration is, in their order.
package struct ConfigurationWords: Equatable {
  /// Files and options, in the order in which they were typed.
  private(set) var items: [ConfigurationRequest.Item] = []
  /// How the resolved configuration is printed instead of running; nil to run.
  private(set) var printing: ConfigurationPrinting?
  /// What `--resume` says: empty without a value; nil when it was not typed.
  private(set) var resume: String?
  /// The stages that `--stage` names.
  private(set) var stages: [String]?
  /// The file that `--rates_config` names.
  private(set) var rates: String?
  /// The component that `--model.help CLASS` asks about.
  private(set) var described: String?
  /// Whether environment variables count.
  private(set) var usesEnvironment = true

  /// Takes the words apart: `--path value`, `--path=value`, `--path` for true, `--no-path` for false, `--config file`.
  ///
  /// - Throws: ``UsageError`` for a word that belongs to none of these.
  package init(_ words: [String]) throws {
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--"), word.count > 2 else { throw UsageError.unexpected(word) }
      let body = word.dropFirst(2)
      let sign = body.firstIndex(of: "=")
      let name = String(body[..<(sign ?? body.endIndex)])
      let attached = sign.map { String(body[body.index(after: $0)...]) }
      func next() -> String? { attached ?? (Self.isValue(rest.first) ? rest.popFirst() : nil) }
      func required(_ example: String) throws -> String {
        guard let value = next(), !value.isEmpty else { throw UsageError.noValue(option: name, example: example) }
        return value
      }
      switch name {
      case "config": items.append(Self.configuration(try required("FILE.yaml")))
      case "print_config": printing = try ConfigurationPrinting(attached)
      case "resume": resume = next() ?? ""
      case "stage": stages = try required("fit,test").split(separator: ",").map(String.init)
      case "rates_config": rates = try required("FILE.yaml")
      case _ where name.hasSuffix(".help"): described = try required("CLASS")
      case "no-env": usesEnvironment = false
      case _ where name.hasPrefix("no-") && attached == nil:
        items.append(.option(Override(denying: String(name.dropFirst(3)))))
      default: items.append(.option(Override(path: name, value: next())))
      }
    }
  }

  /// Whether nothing was said that a configuration could consist of.
  var isEmpty: Bool { items.isEmpty }

  /// The request for a stage.
  package func request(stage: String, environment: [String: String], base: Node = Node(.map([]))) -> ConfigurationRequest {
    ConfigurationRequest(items: items, environment: usesEnvironment ? environment : [:], stage: stage, base: base)
  }

  /// What follows an option is its value unless it is the next option.
  private static func isValue(_ word: String?) -> Bool { word.map { !$0.hasPrefix("--") } ?? false }

  /// A text in braces, or one with a key and a value, is a configuration itself.
  private static func configuration(_ value: String) -> ConfigurationRequest.Item {
    (value.hasPrefix("{") || value.contains(": ") || value == "null") && !PathText.exists(value) ? .text(value) : .file(value)
  }
}
