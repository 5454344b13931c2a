import EventFiles
import Images
import MLflow
import Results
import SafeFiles

/// The run on an MLflow server while it goes on.
final class MLflowLog: TrainingLog {
  private let delivery: MLflowDelivery
  private let folder: RunFolder
  private let sendsCheckpoints: Bool
  private var warnings: [String] = []

  init(_ run: LoggedRun, server: MLflowServer, settings: MLflowLogger.Settings) throws {
    folder = run.folder
    sendsCheckpoints = settings.logModel
    let spool = "\(run.folder.path)/mlflow-unsent.jsonl"
    if run.step > 0, let known = MLflowIdentity.read(run.folder), known.server == server.address, try Self.isThere(known, server, &warnings)
    {
      delivery = MLflowDelivery(to: server, run: known.run, spool: spool)
      delivery.send(.running)
      return
    }
    let ours = [
      ("mlflow.source.name", "benchpresso"), ("mlflow.source.type", "LOCAL"), ("host", Machine.hostName), ("run_folder", run.folder.path),
    ]
    let tags = (ours + settings.tags.sorted { $0.key < $1.key }).map { MLflowBatch.Text.tag($0.0, $0.1) }
    let experiment = try server.experiment(named: settings.experimentName)
    let new = try server.createRun(
      experiment: experiment, name: settings.runName ?? run.name, tags: tags, time: Clock.milliseconds)
    try MLflowIdentity(server: server.address, run: new).write(to: run.folder)
    delivery = MLflowDelivery(to: server, run: new, spool: spool)
    delivery.send(MLflowBatch(params: MLflowBatch.Text.params(run.hyperparameters.map { ($0.name, $0.value.text) })))
    if !run.configuration.isEmpty { delivery.send(file: run.folder.configuration, name: "config.yaml") }
  }

  /// Whether a run is still on the server; where the server is away, it is taken to be.
  private static func isThere(_ known: MLflowIdentity, _ server: MLflowServer, _ warnings: inout [String]) throws -> Bool {
    do throws(MLflowError) {
      _ = try server.run(known.run.runID)
    } catch {
      guard error.isFinal else { return true }
      warnings.append("\(error); a new run is begun on the MLflow server")
      return false
    }
    return true
  }

  func write(_ scalars: [LoggedScalar], step: Int) {
    let time = Clock.milliseconds
    delivery.send(
      MLflowBatch(metrics: scalars.map { MLflowBatch.Metric(key: $0.name, value: $0.value, timestamp: time, step: step) }))
  }

  /// Pictures are sent as files, so they are written into the run's folder first.
  func write(_ image: Image, name: String, step: Int) throws {
    let parts = "\(name)/step-\(step).png".split(separator: "/").filter { $0 != "." && $0 != ".." }.map(String.init)
    let place = (["images"] + parts).joined(separator: "/")
    let path = "\(folder.path)/\(place)"
    do {
      try Folder.create(path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"))
      try AtomicFile.write(try PNG.encode(image), to: path)
      delivery.send(file: path, name: place)
    } catch {
      warnings.append("the picture '\(place)' is not logged: \(error)")
    }
  }

  func attach(file path: String, name: String) { delivery.send(file: path, name: name) }

  func finish(_ status: RunStatus) {
    if sendsCheckpoints {
      for path in [folder.last, folder.best] where (try? Folder.names(in: folder.checkpoints))?.contains(where: path.hasSuffix) == true {
        delivery.send(file: path, name: "checkpoints/\(path.split(separator: "/").last ?? "")")
      }
    }
    let known: MLflowServer.Status =
      switch status {
      case .finished: .finished
      case .failed: .failed
      case .interrupted: .killed
      }
    delivery.send(known, endTime: Clock.milliseconds)
    delivery.finish()
  }

  func takeWarnings() -> [String] {
    defer { warnings = [] }
    return warnings + delivery.takeWarnings()
  }
}

extension HyperparameterValue {
  /// The value as MLflow shows it: whole numbers without a point.
  var text: String {
    switch self {
    case .number(let value): Int(exactly: value).map { "\($0)" } ?? "\(value)"
    case .truth(let value): "\(value)"
    case .text(let value): value
    }
  }
}
