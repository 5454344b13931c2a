import Codecs
import Configuration
import Measuring
import Models
import Registry
import Results

/// A variant whose configuration has been read and found right; nothing here needs libtorch.
struct VariantFile {
  /// The name in results.
  var name: String
  /// What is measured.
  var subject: SubjectDescription
  /// The class path.
  let classPath: String
  /// The resolved settings.
  let settings: JSONValue
  /// N and M of a model, where it has such numbers.
  let sizes: ModelSizes?
  /// What the user should know.
  var notes: [String] = []

  /// Reads what a word asks for.
  ///
  /// - Throws: ``UsageError`` and `ConfigurationError`.
  init(_ words: VariantWords, seed: UInt64, device: String, catalogue: Catalogue) throws {
    let isFile = PathText.exists(words.subject) || PathText.isConfigurationFile(words.subject)
    if !isFile, catalogue.entry(words.subject) == nil, words.subject.contains("/") {
      throw UsageError.needs("there is no file '\(words.subject)' (no such file or folder)")
    }
    if isFile, !PathText.isConfigurationFile(words.subject) {
      try self.init(weights: words, seed: seed, device: device, catalogue: catalogue)
    } else if try isFile ? ConfigurationFile.read(words.subject)["codec"] != nil : Self.isCodec(words.subject, catalogue) {
      try self.init(codec: words, isFile: isFile, catalogue: catalogue)
    } else {
      try self.init(model: words, isFile: isFile, seed: seed, device: device, catalogue: catalogue)
    }
  }

  private init(model words: VariantWords, isFile: Bool, seed: UInt64, device: String, catalogue: Catalogue) throws {
    let request = Self.request(words, isFile: isFile, kind: "model")
    let file = try ExperimentFile(request, catalogue: catalogue)
    let path: String?
    switch file.experiment.ckptPath {
    case .file?: path = try CheckpointLookup(request: request, catalogue: catalogue).path()
    case .last?, .best?: path = try? CheckpointLookup(request: request, catalogue: catalogue).path()
    case nil: path = nil
    }
    try self.init(file, weights: path, name: words.name ?? Self.name(words.subject, isFile: isFile), seed: seed, device: device, catalogue)
    if path == nil { notes.append("'\(name)' has random weights (seed \(seed)); times hardly depend on them, bits per pixel do") }
  }

  private init(weights words: VariantWords, seed: UInt64, device: String, catalogue: Catalogue) throws {
    let weights = try ModelWeights(path: words.subject)
    let base = try ModelUnderTest.configuration(of: weights, path: words.subject)
    guard base["model"] != nil else { throw ModelError.noConfiguration(path: words.subject) }
    guard words.settings.isEmpty else { throw UsageError.needs("'\(words.subject)' holds weights, whose model takes no other settings") }
    let file = try ExperimentFile(ConfigurationRequest(base: base), catalogue: catalogue)
    let name = words.name ?? OutputNames.stem(of: words.subject)
    try self.init(file, weights: words.subject, name: name, seed: seed, device: device, catalogue)
  }

  private init(
    _ file: ExperimentFile, weights: String?, name: String, seed: UInt64, device: String, _ catalogue: Catalogue
  ) throws {
    let component = file.experiment.model
    // What does not fit together is told before anything is started.
    let _: ModelPlan = try catalogue.build(component)
    let configuration = Variables.escaped(Node.map([("model", file.tree["model"] ?? component.node)])).yaml()
    self.name = name
    subject = SubjectDescription(
      kind: .model, configuration: configuration, weights: weights.map { PathText.absolute($0) }, seed: seed, device: device)
    (classPath, settings) = (component.classPath, try JSONValue(encoding: component.arguments))
    sizes = ModelSizes(component)
  }

  private init(codec words: VariantWords, isFile: Bool, catalogue: Catalogue) throws {
    var composition = Composition(Self.request(words, isFile: isFile, kind: "codec"), root: CodecStudy.self, catalogue: catalogue)
    let component = try composition.decode(CodecStudy.self).codec
    let codec = try CodecStage.codec(component, quality: nil, catalogue)
    name = words.name ?? (isFile ? Self.name(words.subject, isFile: true) : codec.identity)
    subject = SubjectDescription(kind: .codec, configuration: Variables.escaped(Node.map([("codec", component.node)])).yaml())
    (classPath, settings) = (component.classPath, try JSONValue(encoding: component.arguments))
    sizes = nil
  }

  /// Nothing, for the cost of measuring.
  static let null = VariantFile(null: "null")

  private init(null name: String) {
    self.name = name
    subject = SubjectDescription(kind: .null, configuration: "")
    (classPath, settings, sizes) = (TimingVariant.nothing, .object([:]), nil)
  }

  private static func request(_ words: VariantWords, isFile: Bool, kind: String) -> ConfigurationRequest {
    var items: [ConfigurationRequest.Item] = [
      isFile ? .file(words.subject) : .option(Override(path: kind, value: words.subject))
    ]
    items += words.settings.map { setting in
      let isWhole = ["model.", "codec.", "vars."].contains { setting.path.hasPrefix($0) } || setting.path == "ckpt_path"
      return .option(Override(path: isWhole ? setting.path : "\(kind).\(setting.path)", value: setting.value))
    }
    return ConfigurationRequest(items: items)
  }

  private static func isCodec(_ classPath: String, _ catalogue: Catalogue) -> Bool {
    catalogue.entries(ofKind: CodecKind.name).contains { $0.classPath == classPath || $0.classPath == "codecs.\(classPath)" }
  }

  /// The model's part of a name by the convention, else the file's name without its suffix, else the last part of a class path.
  private static func name(_ subject: String, isFile: Bool) -> String {
    guard isFile else { return subject.split(separator: ".").last.map(String.init) ?? subject }
    return RunName(file: subject)?.model ?? OutputNames.stem(of: subject)
  }
}
