import Configuration
import ModelRegistry
import SafeFiles

/// The trained models that come with the program: weights in the folders of one folder, each with its card.
///
/// `zoo:NAME` stands for the file of a model wherever weights are asked for.
struct ModelZoo {
  /// One model.
  struct Model {
    /// The folder and the name of its files without suffix: `quickstart/lambda-0.0130`.
    let name: String
    /// The file of its weights.
    let path: String
    /// The front matter of its card.
    let card: CardSettings

    /// Whether `encode` takes it when nobody says which.
    var isDefault: Bool { card.tags.contains(ModelZoo.defaultTag) }
  }

  /// What names of models begin with.
  static let prefix = "zoo:"
  /// The tag of the models that are taken when nobody says which.
  static let defaultTag = "default"
  private static let suffix = ".card.md"

  /// The folder.
  let folder: String
  /// The models by name.
  let models: [Model]

  /// Reads the cards in the folders of a folder, and in itself.
  ///
  /// - Throws: `FileError`, and `RegistryError` for a card that cannot be read.
  init(folder: String) throws {
    self.folder = folder
    var models: [Model] = []
    for name in try Folder.names(in: folder).sorted() {
      if Folder.exists("\(folder)/\(name)") {
        for file in try Folder.names(in: "\(folder)/\(name)").sorted() { models += try Self.model("\(name)/\(file)", in: folder) }
      } else {
        models += try Self.model(name, in: folder)
      }
    }
    self.models = models
  }

  /// The model of a card; none for other files, and for a card without its weights.
  private static func model(_ file: String, in folder: String) throws -> [Model] {
    let stem = String(file.dropLast(suffix.count))
    let (path, weights) = ("\(folder)/\(file)", "\(folder)/\(stem).safetensors")
    guard file.hasSuffix(suffix), PathText.exists(weights) else { return [] }
    return [Model(name: stem, path: weights, card: try CardFile(try FileBytes.read(path), path: path).settings)]
  }

  /// The file of a model's card.
  func cardPath(of model: Model) -> String { "\(folder)/\(model.name)\(Self.suffix)" }

  /// The zoo of this program: the folder that BENCHPRESSO_ZOO names, else `weights` of the working directory, where it has a folder `quickstart`, or
  /// of the project that the program was built in, else `share/benchpresso/weights` beside the folder of the program.
  ///
  /// - Throws: ``UsageError`` where there is none.
  static func shipped() throws -> ModelZoo {
    if let folder = ProcessEnvironment.all["BENCHPRESSO_ZOO"], !folder.isEmpty {
      guard Folder.exists(folder) else { throw UsageError.needs("BENCHPRESSO_ZOO: there is no folder '\(folder)'") }
      return try ModelZoo(folder: folder)
    }
    // A folder 'weights' of the user's own may be anything.
    for folder in places where Folder.exists("\(folder)/quickstart") { return try ModelZoo(folder: PathText.short(folder)) }
    throw UsageError.needs(
      "the models that come with the program are not here: name a file of weights, or their folder ('weights' of the project) in BENCHPRESSO_ZOO"
    )
  }

  private static var places: [String] {
    var places: [String] = []
    var above = PathText.folder(of: ProgramPath.current)
    for _ in 0..<4 {
      places += ["\(above)/weights", "\(above)/share/benchpresso/weights"]
      above = PathText.folder(of: above)
    }
    return ["weights"] + places
  }

  /// The model of a name, with or without `zoo:`.
  ///
  /// - Throws: ``UsageError`` that names those that there are.
  func model(_ text: String) throws(UsageError) -> Model {
    let name = text.hasPrefix(Self.prefix) ? String(text.dropFirst(Self.prefix.count)) : text
    if let model = models.first(where: { $0.name == name }) { return model }
    let names = models.map(\.name)
    let valid = names.isEmpty ? "'\(folder)' holds none" : "there are \(names.joined(separator: ", "))"
    throw .needs("there is no model '\(Self.prefix)\(name)'\(NearMatch.sentenceEnd(for: name, among: names)) In the zoo \(valid)")
  }

  /// The models that are taken when nobody says which, from the lowest rate to the highest.
  var defaults: [Model] { models.filter(\.isDefault).sorted { ($0.card.lambda ?? 0, $0.name) < ($1.card.lambda ?? 0, $1.name) } }

  /// The model whose parameters and tables have a hash that begins like this.
  func model(identity beginning: String) -> Model? {
    models.first { model in model.card.identity.map { $0.hasPrefix(beginning) } ?? false }
  }

  /// The file that a text names: of the zoo where it begins with `zoo:`, else itself.
  ///
  /// - Throws: What ``shipped()`` and ``model(_:)`` throw.
  static func path(_ text: String) throws -> String {
    text.hasPrefix(prefix) ? try shipped().model(text).path : text
  }
}
