import Configuration
import Downloads
import Foundation
import Results
import SafeFiles

/// What a file of weights is, as those who can load it say.
public struct WeightsFacts: Sendable, Equatable {
  /// The class path of the model.
  public var model: String
  /// The SHA-256 over all parameters and tables, as results files name it (`weights_sha256`).
  public var identity: String
  /// λ of the training.
  public var lambda: Double?
  /// The training step.
  public var step: Int?
  /// The configuration that the file carries, as YAML.
  public var configuration: String?

  /// Creates facts.
  public init(model: String, identity: String, lambda: Double? = nil, step: Int? = nil, configuration: String? = nil) {
    (self.model, self.identity, self.lambda, self.step, self.configuration) = (model, identity, lambda, step, configuration)
  }
}

/// Reads files into records.
public struct RecordReader: Sendable {
  private let facts: @Sendable (_ path: String) throws -> WeightsFacts

  /// Creates a reader.
  ///
  /// - Parameter facts: Loads a file of weights and says what it is; throws what is wrong with it.
  public init(facts: @escaping @Sendable (_ path: String) throws -> WeightsFacts) { self.facts = facts }

  /// The names and endings of files that are looked at in folders.
  ///
  /// Of Markdown only `card.md` and `*.card.md` are, since folders have much of it.
  static func isOfInterest(_ name: String) -> Bool {
    ["results.json", "timing.json", "config.yaml", "card.md"].contains(name) || name.hasSuffix(".results.json")
      || name.hasSuffix(".card.md")
      || [".safetensors", ".ckpt"].contains { name.hasSuffix($0) }
  }

  /// Returns the record of the file at `path`.
  ///
  /// - Throws: ``RegistryError`` for a file of another kind, one that breaks the rules of its kind, and one that cannot be read.
  public func read(_ path: String) throws -> Record {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return try read(path, as: Self.kind(of: name), name: name)
  }

  /// Returns the record of the file at `path`, which is of a known kind; `name` is what it was called.
  ///
  /// - Throws: ``RegistryError`` as ``read(_:)`` does.
  public func read(_ path: String, as kind: RecordKind, name: String) throws -> Record {
    if kind == .weights { return try weights(path, name: name) }
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch { throw RegistryError.file(error) }
    switch kind {
    case .card: return try CardFile(bytes, path: path).record(bytes)
    case .configuration: return try Self.configuration(bytes, name: name, path: path)
    case .results, .timing, .weights: return try Self.json(bytes, path: path)
    }
  }

  /// What a name promises.
  private static func kind(of name: String) -> RecordKind {
    switch name.split(separator: ".").last {
    case "md": .card
    case "yaml", "yml": .configuration
    case "json": .results
    default: .weights
    }
  }

  private static func json(_ bytes: [UInt8], path: String) throws -> Record {
    struct Form: Decodable { let schema: String? }
    let form: Form
    do {
      form = try JSONDecoder().decode(Form.self, from: Data(bytes))
    } catch {
      throw RegistryError.unknownFile(path: path, found: "no JSON object")
    }
    switch form.schema {
    case ResultsFile.schemaName: return results(try ResultsFile(json: bytes, name: path), bytes)
    case TimingFile.schemaName: return timing(try TimingFile(json: bytes, name: path), bytes)
    case let schema?: throw RegistryError.unknownFile(path: path, found: "a file of the form '\(schema)'")
    case nil: throw RegistryError.unknownFile(path: path, found: "no file of Benchpresso")
    }
  }

  private static func details(_ environment: Environment) -> [String: String] {
    var details = [
      "benchpresso_version": environment.benchpressoVersion, "cpu_model": environment.cpuModel, "device": environment.device,
      "operating_system": environment.operatingSystem, "threads": "\(environment.threads)",
    ]
    details["git_commit"] = environment.gitCommit
    details["libtorch_version"] = environment.libtorchVersion
    details["seed"] = environment.seed.map { "\($0)" }
    for (name, version) in environment.codecVersions { details["version of \(name)"] = version }
    return details
  }

  private static func results(_ file: ResultsFile, _ bytes: [UInt8]) -> Record {
    var details = details(file.environment)
    details["images"] = "\(file.dataset.imageCount)"
    details["folder"] = file.dataset.folder
    details["chroma_format"] = file.points.first?.chromaFormat
    let points = file.points.map { point in
      var values = ["bpp": point.bppPayload, "bpp_file": point.bppFile]
      values["lambda"] = point.lambda
      values["bpp_estimated"] = point.bppEstimated
      values["encoding_time"] = point.encodingTime
      values["decoding_time"] = point.decodingTime
      for name in ["psnr", "ms_ssim", "ms_ssim_db"] + (point.metrics ?? [:]).keys { values[name] = point.metric(name) }
      return RecordPoint(label: point.label, values: values.filter { $0.value.isFinite })
    }
    var references = file.model.weightsSHA256.map { [RecordReference(.weights, $0)] } ?? []
    references += file.points.compactMap { point in
      (point.model?.weightsSHA256).map { RecordReference(.weights, $0, point: point.label) }
    }
    references += file.dataset.manifestSHA256.map { [RecordReference(.manifest, $0)] } ?? []
    return Record(
      hash: FileDigest.sha256(bytes), kind: .results, name: file.name, summary: file.description, size: bytes.count,
      date: file.environment.date, model: file.model.classPath, dataset: file.dataset.name, details: details, points: points,
      references: references, words: file.points.map(\.label).joined(separator: " "))
  }

  private static func timing(_ file: TimingFile, _ bytes: [UInt8]) -> Record {
    let points = file.points.filter { $0.outcome == .measured }.map { point in
      var values = ["width": Double(point.width), "height": Double(point.height), "batch_size": Double(point.batchSize)]
      values["encoding_time"] = point.encoding?.summary.median
      values["decoding_time"] = point.decoding?.summary.median
      values["peak_memory"] = point.peakMemoryBytes.map(Double.init)
      values["bpp"] = point.bitsPerPixel
      return RecordPoint(label: "\(point.variant) \(point.width)×\(point.height) ×\(point.batchSize)", values: values)
    }
    let models = Set(file.variants.map(\.classPath))
    return Record(
      hash: FileDigest.sha256(bytes), kind: .timing, name: "\(file.measurement) of \(file.variants.map(\.name).joined(separator: ", "))",
      summary: "\(file.measurement), \(file.procedure.what); \(file.procedure.pictures)", size: bytes.count, date: file.environment.date,
      model: models.count == 1 ? models.first : nil, details: details(file.environment), points: points,
      references: file.variants.compactMap { variant in variant.weightsSHA256.map { RecordReference(.weights, $0, point: variant.name) } },
      words: file.variants.map { "\($0.name) \($0.classPath)" }.joined(separator: " "))
  }

  private static func configuration(_ bytes: [UInt8], name: String, path: String) throws -> Record {
    let tree = try ConfigurationFile.parse(String(decoding: bytes, as: UTF8.self), source: path)
    guard let model = tree["model"] ?? tree["codec"] else {
      throw RegistryError.unknownFile(path: path, found: "a configuration without a model or a codec")
    }
    return Record(
      hash: FileDigest.sha256(bytes), kind: .configuration, name: tree["name"]?.string ?? name,
      summary: tree["description"]?.string ?? "", size: bytes.count, model: model.string ?? model["class_path"]?.string,
      dataset: tree["data"]?["class_path"]?.string, words: model.onOneLine)
  }

  private func weights(_ path: String, name: String) throws -> Record {
    guard let digest = try Self.digest(path) else { throw RegistryError.unknownFile(path: path, found: "no file") }
    let facts = try facts(path)
    let tree = try facts.configuration.map { try ConfigurationFile.parse($0, source: path) }
    var details = ["file_name": name]
    details["step"] = facts.step.map { "\($0)" }
    details["seed"] = tree?["seed_everything"]?.onOneLine
    return Record(
      hash: digest.sha256, kind: .weights, name: tree?["name"]?.string ?? name,
      summary: tree?["description"]?.string ?? "weights of \(facts.model)", size: digest.size, model: facts.model,
      dataset: nil, details: details,
      points: facts.lambda.map { [RecordPoint(label: "training", values: ["lambda": $0])] } ?? [],
      references: [RecordReference(.identity, facts.identity)], words: tree?["model"]?.onOneLine ?? "")
  }

  private static func digest(_ path: String) throws -> FileDigest? {
    do { return try FileDigest(of: path) } catch { throw RegistryError.file(error) }
  }
}
