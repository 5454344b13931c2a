import SafeFiles
public import Weights

/// A training at one step: weights, optimisers, seed and configuration, in one safetensors file.
///
/// Tensors are named `model.<name>`, `optimizer.<name>` and `callback.<owner>.<name>`; the rest is in the file's metadata under
/// `benchpresso.*`. What is random is drawn from seed and step, so no generator's state is kept.
public struct Checkpoint: Sendable, Equatable {
  /// The updates made.
  public let step: Int
  /// The seed of the run.
  public let seed: UInt64
  /// The resolved configuration as YAML.
  public let configuration: String
  /// What the last validation measured.
  public let metrics: [String: Double]
  /// The model's parameters and buffers.
  public let model: StoredTensors
  /// The optimisers' moments.
  public let optimizers: StoredTensors
  /// The states of schedule and callbacks, by their names.
  public var states: [String: CallbackState] = [:]

  /// Creates a checkpoint.
  public init(step: Int, seed: UInt64, configuration: String, metrics: [String: Double], model: StoredTensors, optimizers: StoredTensors) {
    self.step = step
    self.seed = seed
    self.configuration = configuration
    self.metrics = metrics
    self.model = model
    self.optimizers = optimizers
  }

  static let format = "benchpresso.checkpoint/1"

  /// Writes the checkpoint in one step, so that a crash leaves the earlier file.
  public func write(to path: String) throws {
    let owners = states.sorted { $0.key < $1.key }
    let callbacks = owners.flatMap { owner, state in state.tensors.map { ("callback.\(owner).\($0.name)", $0.tensor) } }
    var tensors = StoredTensors(
      model.map { ("model.\($0.name)", $0.tensor) } + optimizers.map { ("optimizer.\($0.name)", $0.tensor) } + callbacks)
    tensors.metadata = [
      "benchpresso.format": Self.format, "benchpresso.step": String(step), "benchpresso.seed": String(seed),
      "benchpresso.configuration": configuration,
    ]
    for (name, value) in metrics { tensors.metadata["benchpresso.metric.\(name)"] = "\(value)" }
    for (owner, state) in owners {
      for (key, value) in state.texts { tensors.metadata["\(Self.statePrefix)\(owner).\(key)"] = value }
    }
    try SafeTensors.write(tensors, to: path)
  }

  /// Reads a checkpoint.
  ///
  /// - Throws: ``CheckpointError/notACheckpoint(path:)`` for a file of weights alone; ``WeightsError`` for a damaged file.
  public static func read(_ path: String) throws -> Checkpoint {
    let tensors = try WeightsFile.read(path)
    guard tensors.metadata["benchpresso.format"] == format, let step = tensors.metadata["benchpresso.step"].flatMap({ Int($0) }),
      let seed = tensors.metadata["benchpresso.seed"].flatMap({ UInt64($0) })
    else { throw CheckpointError.notACheckpoint(path: path) }
    var metrics: [String: Double] = [:]
    for (key, value) in tensors.metadata where key.hasPrefix("benchpresso.metric.") {
      metrics[String(key.dropFirst("benchpresso.metric.".count))] = Double(value)
    }
    var checkpoint = Checkpoint(
      step: step, seed: seed, configuration: tensors.metadata["benchpresso.configuration"] ?? "", metrics: metrics,
      model: part("model.", of: tensors), optimizers: part("optimizer.", of: tensors))
    checkpoint.states = states(of: tensors)
    return checkpoint
  }

  private static let statePrefix = "benchpresso.state."

  private static func states(of tensors: StoredTensors) -> [String: CallbackState] {
    var states: [String: CallbackState] = [:]
    for (key, value) in tensors.metadata where key.hasPrefix(statePrefix) {
      let name = key.dropFirst(statePrefix.count)
      guard let dot = name.firstIndex(of: ".") else { continue }
      states[String(name[..<dot]), default: CallbackState()].texts[String(name[name.index(after: dot)...])] = value
    }
    let owners = Set(
      tensors.compactMap { entry -> String? in
        let parts = entry.name.split(separator: ".", maxSplits: 2)
        return parts.count == 3 && parts[0] == "callback" ? String(parts[1]) : nil
      })
    for owner in owners { states[owner, default: CallbackState()].tensors = part("callback.\(owner).", of: tensors) }
    return states
  }

  private static func part(_ prefix: String, of tensors: StoredTensors) -> StoredTensors {
    StoredTensors(tensors.filter { $0.name.hasPrefix(prefix) }.map { (String($0.name.dropFirst(prefix.count)), $0.tensor) })
  }
}

/// What a callback or a schedule needs to go on as if it had not been interrupted.
public struct CallbackState: Sendable, Equatable {
  /// Texts by their names.
  public var texts: [String: String]
  /// Tensors by their names.
  public var tensors: StoredTensors

  /// Creates a state.
  public init(texts: [String: String] = [:], tensors: StoredTensors = StoredTensors([])) {
    self.texts = texts
    self.tensors = tensors
  }
}

/// What can be wrong with a checkpoint beyond a damaged file.
public enum CheckpointError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file holds weights but not the state of a training.
  case notACheckpoint(path: String)
  /// The state of an optimiser lacks a tensor or has one of another shape.
  case optimizerState(missing: String)
  /// A run folder has no checkpoint.
  case none(folder: String)

  /// One sentence with the place and the remedy.
  public var description: String {
    switch self {
    case .notACheckpoint(let path):
      "'\(path)' holds weights but not the state of a training; it can be tested, but a training continues only from a checkpoint of 'fit'"
    case .optimizerState(let missing):
      "the checkpoint's optimiser state does not fit the model ('\(missing)'); it belongs to another architecture"
    case .none(let folder): "there is no checkpoint in '\(folder)'; give the path of one, or train first"
    }
  }
}
