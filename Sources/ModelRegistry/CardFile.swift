import Configuration
import Downloads

/// A model card: Markdown with a front matter of settings between two lines of `---`.
public struct CardFile: Sendable {
  /// The name and version of the form.
  public static let schema = "benchpresso.card/1"

  /// The front matter.
  public let settings: CardSettings
  /// The Markdown below it.
  public let text: String

  /// Creates a card.
  public init(settings: CardSettings, text: String) {
    (self.settings, self.text) = (settings, text)
  }

  /// Parses a card.
  ///
  /// - Throws: ``RegistryError/unknownFile(path:found:)`` for Markdown without a front matter, ``RegistryError/card(path:problems:)`` with all
  ///   that is wrong with one.
  public init(_ bytes: [UInt8], path: String) throws {
    guard let whole = String(validating: bytes, as: UTF8.self) else {
      throw RegistryError.unknownFile(path: path, found: "no text in UTF-8")
    }
    let lines = whole.split(omittingEmptySubsequences: false) { $0.isNewline }
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
      throw RegistryError.unknownFile(path: path, found: "Markdown without a front matter between lines of '---'")
    }
    // An empty line stands for the first of the file, so that places are right.
    let front = "\n" + lines[1..<end].joined(separator: "\n") + "\n"
    do throws(ConfigurationError) {
      let tree = try ConfigurationFile.parse(front, source: path)
      settings = try SettingsDecoder.decode(CardSettings.self, from: tree)
    } catch {
      throw RegistryError.card(path: path, problems: error.problems.map { "\($0)" })
    }
    text = lines[(end + 1)...].joined(separator: "\n")
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw RegistryError.card(path: path, problems: ["\(path): nothing stands below the front matter; describe the model"])
    }
  }

  /// The file's text.
  ///
  /// - Throws: What cannot be written as YAML.
  public func markdown() throws -> String {
    let front = try SettingsEncoder.node(of: settings)
    return "---\n\(front.yaml())---\n\(text)"
  }

  func record(_ bytes: [UInt8]) -> Record {
    var details = ["licence": settings.licence, "authors": settings.authors.joined(separator: ", "), "data": settings.training.data]
    details["measured_by"] = settings.measuredBy
    details["machine"] = settings.training.machine
    var references = (settings.weights.map { [$0] } ?? []).map { RecordReference(.describes, $0) }
    references += settings.results.map { RecordReference(.describes, $0) }
    references += (settings.training.manifest.map { [RecordReference(.manifest, $0)] }) ?? []
    return Record(
      hash: FileDigest.sha256(bytes), kind: .card, name: settings.name, summary: settings.summary, size: bytes.count, date: settings.date,
      model: settings.model, details: details,
      points: settings.lambda.map { [RecordPoint(label: "training", values: ["lambda": $0])] } ?? [], references: references,
      words: (settings.tags + [text]).joined(separator: " "))
  }
}
