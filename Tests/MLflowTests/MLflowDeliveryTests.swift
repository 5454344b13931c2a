import Foundation
import SafeFiles
import Testing

@testable import MLflow

/// What reaches a server that is sometimes away.
@Suite(.serialized, .timeLimit(.minutes(2))) struct MLflowDeliveryTests {
  struct Sent: Decodable {
    struct Metric: Decodable {
      let key: String
      let step: Int
    }
    let metrics: [Metric]
  }

  static let run = MLflowServer.Run(runID: "r1", experimentID: "7", artifactURI: "mlflow-artifacts:/7/r1/artifacts")

  let stub: StubServer
  let folder: TestFolder
  var spool: String { "\(folder.path)/unsent.jsonl" }

  init() throws {
    stub = try StubServer()
    folder = try TestFolder()
  }

  /// - Parameter answer: How many seconds an answer may take, which on a busy machine can be many.
  func delivery(answer: Double = 1) throws -> MLflowDelivery {
    MLflowDelivery(
      to: try MLflowServer(address: stub.address, patience: answer), run: Self.run, spool: spool,
      patience: MLflowDelivery.Patience(first: 0.05, longest: 0.2))
  }

  func batch(_ step: Int) -> MLflowBatch {
    MLflowBatch(metrics: [MLflowBatch.Metric(key: "loss", value: 1, timestamp: 1, step: step)])
  }

  /// The steps in the order in which calls arrived.
  func steps() throws -> [Int] {
    try stub.requests.filter { $0.path.hasSuffix("runs/log-batch") }.flatMap { try $0.json(Sent.self).metrics.map(\.step) }
  }

  @Test func allArrivesInOrder() throws {
    let delivery = try delivery(answer: 60)
    for step in 1...2000 { delivery.send(batch(step)) }
    delivery.send(.finished, endTime: 9)
    delivery.finish()
    #expect(try steps() == Array(1...2000))
    #expect(stub.requests.last?.path == "/api/2.0/mlflow/runs/update")
    #expect(try stub.requests.filter { $0.path.hasSuffix("runs/log-batch") }.allSatisfy { try $0.json(Sent.self).metrics.count <= 800 })
    #expect(delivery.takeWarnings().isEmpty && MLflowSpool(path: spool).isEmpty)
  }

  static let faults: [(name: String, fault: StubServer.Fault)] = [
    ("500", .status(500, "oops")), ("503 of a proxy", .status(503, "<html>")), ("404 of a proxy", .status(404, "<html>")),
    ("429", .status(429, "")), ("stall", .stall), ("cut", .cut),
  ]

  @Test(arguments: faults.indices)
  func aFaultIsRidden(out index: Int) throws {
    stub.next(Self.faults[index].fault, Self.faults[index].fault)
    let delivery = try delivery()
    for step in 1...3 {
      delivery.send(batch(step))
      Thread.sleep(forTimeInterval: 0.02)
    }
    while try Set(steps()).count < 3 || !MLflowSpool(path: spool).isEmpty { Thread.sleep(forTimeInterval: 0.01) }
    delivery.finish()
    // A call whose answer was lost comes again; MLflow keeps a number of one step and time once.
    #expect(try Set(steps()) == [1, 2, 3])
    let warnings = delivery.takeWarnings()
    #expect(warnings.count == 1 && warnings[0].contains("training goes on") && warnings[0].contains(spool), "\(warnings)")
  }

  @Test func whatIsLeftWaitsForTheNextSession() throws {
    stub.always(.status(500, ""))
    do {
      let delivery = try delivery()
      for step in 1...5 { delivery.send(batch(step)) }
      delivery.send(.killed, endTime: 3)
      delivery.finish()
      let warnings = delivery.takeWarnings()
      #expect(warnings.count == 2 && warnings[1].contains("fit --resume"), "\(warnings)")
    }
    #expect(!MLflowSpool(path: spool).isEmpty)
    stub.always(nil)
    let before = try steps().count
    let delivery = try delivery()
    delivery.send(.running)
    delivery.send(batch(6))
    delivery.finish()
    #expect(try Array(steps().dropFirst(before)) == [1, 2, 3, 4, 5, 6])
    #expect(MLflowSpool(path: spool).isEmpty)
  }

  @Test func aRefusalForGoodIsToldAndPassedOver() throws {
    stub.next(.status(400, #"{"error_code": "INVALID_PARAMETER_VALUE", "message": "no such thing"}"#))
    let delivery = try delivery()
    delivery.send(batch(1))
    Thread.sleep(forTimeInterval: 0.2)
    delivery.send(batch(2))
    delivery.finish()
    #expect(
      delivery.takeWarnings() == ["the MLflow server refused runs/log-batch with status 400 (INVALID_PARAMETER_VALUE): no such thing"])
    #expect(MLflowSpool(path: spool).isEmpty)
  }

  @Test func aSpoolWithACutLineIsRead() throws {
    let spool = MLflowSpool(path: spool)
    let parcels: [MLflowParcel] = [.batch(batch(1)), .file(path: "/a b", name: "c"), .status(.failed, endTime: nil)]
    try spool.append(parcels)
    try AtomicFile.write(FileBytes.read(spool.path) + Array(#"{"batch":{"#.utf8), to: spool.path)
    #expect(try spool.read() == parcels)
    try spool.replace(with: [])
    #expect(spool.isEmpty)
  }

  @Test func whoAsksIsSaid() throws {
    for (environment, header) in [
      (["MLFLOW_TRACKING_TOKEN": "t0"], "Bearer t0"),
      (["MLFLOW_TRACKING_TOKEN": "t0", "MLFLOW_TRACKING_USERNAME": "u", "MLFLOW_TRACKING_PASSWORD": "p"], "Basic dTpw"),
    ] {
      let server = try MLflowServer(address: stub.address, credentials: MLflowCredentials(environment: environment))
      #expect(try server.experiment(named: "a+b c&d") == "7")
      #expect(stub.requests.last?.authorization == header)
    }
    #expect(stub.requests.last?.path == "/api/2.0/mlflow/experiments/get-by-name?experiment_name=a%2Bb%20c%26d")
  }

  @Test func errorsSayWhatToDo() throws {
    let server = try MLflowServer(address: stub.address + "/", patience: 1)
    for (fault, words) in [
      (StubServer.Fault.status(401, ""), "MLFLOW_TRACKING_TOKEN"), (.status(200, "<html>"), "check that tracking_uri is its address"),
      (.stall, "does not answer"), (.status(200, #"{"experiment": {"experiment_id": "7", "lifecycle_stage": "deleted"}}"#), "restore it"),
    ] {
      stub.next(fault)
      let error = #expect(throws: MLflowError.self) { try server.experiment(named: "x") }
      #expect("\(error.map { "\($0)" } ?? "")".contains(words))
    }
    for address in ["./mlruns", "sqlite:///a.db", "http://u:p@host", "http:", ""] {
      #expect(throws: MLflowError.self) { try MLflowServer(address: address) }
    }
    let foreign = MLflowServer.Run(runID: "r", experimentID: "7", artifactURI: "s3://bucket/a")
    #expect(throws: MLflowError.foreignArtifacts("s3://bucket/a")) { try server.upload(file: #filePath, name: "a", run: foreign) }
  }
}

struct MLflowTextTests {
  @Test(arguments: [
    ("model.init_args.channels", "model.init_args.channels"), ("trainer.callbacks[0].class_path", "trainer.callbacks.0.class_path"),
    ("train/loss", "train/loss"), ("/a//../b/.", "a/b"), ("λ·2", "__2"), ("", "_"), ("[]", "_"),
  ])
  func names(name: String, key: String) {
    #expect(MLflowText.key(name) == key)
  }

  @Test func longTextsAreCutAndNamesStayApart() {
    let params = MLflowBatch.Text.params([("a[0]", String(repeating: "λ", count: 7000)), ("a.0", "x"), ("a/0", "y")])
    #expect(params.map(\.key) == ["a.0", "a.0_2", "a/0"])
    #expect(params[0].value.count == 6000 && params[0].value.hasSuffix("…"))
    #expect(MLflowText.key(String(repeating: "a", count: 300)).count == 250)
  }

  @Test func batchesKeepTheLimits() {
    let metrics = (0..<1700).map { MLflowBatch.Metric(key: "k", value: 0, timestamp: 0, step: $0) }
    let batch = MLflowBatch(metrics: metrics, params: MLflowBatch.Text.params((0..<250).map { ("p\($0)", "") }), tags: [.tag("t", "")])
    #expect(batch.parts.map(\.metrics.count) == [800, 800, 100])
    #expect(batch.parts.map(\.params.count) == [100, 100, 50])
    #expect(batch.parts.flatMap(\.metrics) == metrics)
  }
}
