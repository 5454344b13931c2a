import ModelRegistry
import Results
import SafeFiles

/// Records and files for tests.
enum Sample {
  /// A results file with points at these rates.
  static func results(_ name: String, rates: [Double] = [0.2, 0.4], weights: String? = nil, dataset: String = "Kodak") -> ResultsFile {
    let images = { (rate: Double) in
      let bytes = Int((rate * 100).rounded())
      return [
        ImageResult(
          name: "a.png", width: 80, height: 10, estimatedBits: nil, payloadBytes: bytes, fileBytes: bytes + 1, psnr: 30 + rate * 10,
          msSSIM: 0.9)
      ]
    }
    let points = rates.map { RatePoint(aggregating: images($0), label: "rate \($0)") }
    return ResultsFile(
      name: name, description: "A test of \(name).", model: ModelDescription(classPath: "models.FactorizedPrior", weightsSHA256: weights),
      dataset: DatasetDescription(name: dataset, folder: "kodak", imageCount: 1, manifestSHA256: String(repeating: "ab", count: 32)),
      environment: Environment(benchpressoVersion: "1", gitCommit: "abc", cpuModel: "a processor", threads: 1, seed: 3), points: points)
  }

  static let identity = String(repeating: "1f", count: 32)

  /// A reader that knows one model, whatever the file of weights holds.
  static let reader = RecordReader { path in
    if path.contains("broken") { throw RegistryError.damaged(path: path, reason: "it is no weights file") }
    return WeightsFacts(model: "models.FactorizedPrior", identity: identity, lambda: 0.013, step: 7, configuration: nil)
  }

  static let card = """
    ---
    card: benchpresso.card/1
    name: small factorized prior
    model: models.FactorizedPrior
    lambda: 0.013
    training: {data: ten photographs, steps: 7}
    licence: CC0-1.0
    authors: [A. Author]
    date: 2026-11-25
    tags: [paper]
    ---
    # A small model

    It codes pictures.
    """
}

/// A folder that goes away with the value, and a registry in it.
struct Place {
  let scratch: ScratchFolder
  var path: String { scratch.path }

  init() throws { scratch = try ScratchFolder() }

  func store(_ name: String = "registry") throws -> RegistryStore { try RegistryStore(folder: "\(path)/\(name)") }

  @discardableResult func write(_ name: String, _ text: String) throws -> String {
    try write(name, [UInt8](text.utf8))
  }

  @discardableResult func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    if let slash = name.lastIndex(of: "/") { try Folder.create("\(path)/\(name[..<slash])") }
    try AtomicFile.write(bytes, to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }

  /// Adds a file to a registry.
  @discardableResult func add(_ file: String, to store: RegistryStore, tags: [String] = []) throws -> Record {
    let record = try Sample.reader.read(file)
    try store.add(record, path: file, tags: tags)
    return record
  }
}
