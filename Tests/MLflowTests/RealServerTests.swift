import ChildProcesses
import Foundation
import Testing

@testable import MLflow

/// A run on a real server.
///
/// `MLFLOW_PYTHON` names a Python with the package `mlflow`.
@Suite(.enabled(if: RealServer.python != nil, RealServer.hint), .timeLimit(.minutes(5))) struct RealServerTests {
  struct Metric: Decodable {
    let key: String
    let value: Double
    let step: Int
  }

  struct Pair: Decodable {
    let key: String
    let value: String
  }

  struct Answer: Decodable {
    struct Run: Decodable {
      let info: Info
      let data: Data
    }
    struct Info: Decodable {
      let status: String
      let runName: String
    }
    struct Data: Decodable {
      let metrics: [Metric]
      let params: [Pair]
      let tags: [Pair]
    }
    let run: Run
  }

  struct History: Decodable {
    let metrics: [Metric]
  }

  @Test func aRunIsThereWhole() throws {
    let real = try RealServer()
    let server = try MLflowServer(address: real.address)
    let experiment = try server.experiment(named: "photos & λ+1")
    #expect(try server.experiment(named: "photos & λ+1") == experiment)
    let run = try server.createRun(experiment: experiment, name: "tiny/version_0", tags: [.tag("host", "here")], time: 1_700_000_000_000)
    let spool = "\(real.folder.path)/unsent.jsonl"
    let delivery = MLflowDelivery(to: server, run: run, spool: spool)
    let params = (0..<250).map { ("trainer.callbacks[\($0)]", "\($0)") } + [("empty", ""), ("long", String(repeating: "λ", count: 9000))]
    delivery.send(MLflowBatch(params: MLflowBatch.Text.params(params)))
    for step in 1...1200 {
      delivery.send(
        MLflowBatch(metrics: [
          .init(key: "train/loss", value: 1 / Double(step), timestamp: 1_700_000_000_000 + step, step: step),
          .init(key: "odd", value: step == 1 ? .nan : .infinity, timestamp: 1_700_000_000_000 + step, step: step),
        ]))
    }
    let file = "\(real.folder.path)/a b.txt"
    try Data("contents".utf8).write(to: URL(fileURLWithPath: file))
    delivery.send(file: file, name: "notes/a b.txt")
    delivery.send(.finished, endTime: 1_700_000_100_000)
    delivery.finish()
    #expect(delivery.takeWarnings() == [])

    let answer: Answer = try real.get("runs/get?run_id=\(run.runID)")
    #expect(answer.run.info.status == "FINISHED" && answer.run.info.runName == "tiny/version_0")
    let stored = Dictionary(uniqueKeysWithValues: answer.run.data.params.map { ($0.key, $0.value) })
    #expect(stored.count == 252 && stored["trainer.callbacks.249"] == "249" && stored["long"]?.count == 6000)
    #expect(answer.run.data.tags.contains { $0.key == "host" && $0.value == "here" })
    let history: History = try real.get("metrics/get-history?run_id=\(run.runID)&metric_key=train/loss&max_results=5000")
    #expect(history.metrics.map(\.step).sorted() == Array(1...1200))
    #expect(history.metrics.allSatisfy { $0.value == 1 / Double($0.step) })
    let stores = try FileManager.default.subpathsOfDirectory(atPath: "\(real.folder.path)/artifacts")
    let place = try #require(stores.first { $0.hasSuffix("notes/a b.txt") })
    #expect(try String(contentsOfFile: "\(real.folder.path)/artifacts/\(place)", encoding: .utf8) == "contents")

    // A run that goes on keeps its identity, and its settings may be said again.
    let again = MLflowDelivery(to: server, run: try server.run(run.runID), spool: spool)
    again.send(.running)
    again.send(MLflowBatch(params: MLflowBatch.Text.params([("empty", "")])))
    again.send(.killed, endTime: 1_700_000_200_000)
    again.finish()
    #expect(again.takeWarnings() == [])
    #expect(try (real.get("runs/get?run_id=\(run.runID)") as Answer).run.info.status == "KILLED")
    #expect(throws: MLflowError.self) { try server.run("0123456789abcdef0123456789abcdef") }
  }
}

/// `mlflow server` with its data in a folder of its own, until it is no longer used.
final class RealServer {
  static let python = ProcessInfo.processInfo.environment["MLFLOW_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
  static let hint: Comment = "MLFLOW_PYTHON names no Python with the package mlflow; see scripts/setup-test-tools"

  let folder: TestFolder
  let address: String
  private let process = Process()

  init() throws {
    folder = try TestFolder()
    let port = try StubServer().port
    address = "http://127.0.0.1:\(port)"
    // Foundation lets the server lead a group of its own, so that its children end with it.
    process.executableURL = URL(fileURLWithPath: Self.python ?? "")
    process.arguments = [
      "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", "\(port)", "--backend-store-uri",
      "sqlite:///\(folder.path)/m.db", "--artifacts-destination", "\(folder.path)/artifacts", "--workers", "1",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(["MLFLOW_DISABLE_TELEMETRY": "true"]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let server = try MLflowServer(address: address, patience: 5)
    for _ in 0..<240 where process.isRunning {
      if (try? server.experiment(named: "Default")) != nil { return }
      Thread.sleep(forTimeInterval: 0.5)
    }
    throw POSIXError(.ETIMEDOUT)
  }

  deinit {
    kill(-process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Asks the server without the client that is being tested.
  func get<Answer: Decodable>(_ call: String) throws -> Answer {
    let result = try ChildProcess("curl", ["-sg", "\(address)/api/2.0/mlflow/\(call)"], timeLimit: .seconds(60), outputLimit: 1 << 24).run()
    return try MLflowJSON.decoder.decode(Answer.self, from: Data(result.output))
  }
}
