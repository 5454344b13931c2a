import Foundation

/// An MLflow tracking server, through its REST interface 2.0; every call waits for the answer.
public struct MLflowServer: Sendable {
  /// A run as the server knows it.
  public struct Run: Sendable, Equatable, Codable {
    /// The run's identity.
    public let runID: String
    /// The experiment it belongs to.
    public let experimentID: String
    /// Where its files go.
    public let artifactURI: String
  }

  /// How a run stands.
  public enum Status: String, Codable, Sendable {
    /// It goes on.
    case running = "RUNNING"
    /// It made all steps.
    case finished = "FINISHED"
    /// An error ended it.
    case failed = "FAILED"
    /// Someone ended it.
    case killed = "KILLED"
  }

  /// The address without what follows the path.
  public let address: String
  private let base: URL
  private let client: HTTPClient

  /// Names a server; nothing is sent.
  ///
  /// - Parameters:
  ///   - address: `http://` or `https://` with a host, and a port and a path where there are any.
  ///   - patience: The seconds without any sign of the server after which a call has failed.
  /// - Throws: ``MLflowError/notAnAddress(_:)``.
  public init(address: String, credentials: MLflowCredentials = .none, patience: Double = 10) throws(MLflowError) {
    guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme), url.host != nil,
      url.user == nil, url.password == nil
    else { throw .notAnAddress(address) }
    self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
    base = url
    client = HTTPClient(credentials, patience: patience)
  }

  /// The experiment with a name, made where there is none.
  ///
  /// - Returns: Its identity.
  public func experiment(named name: String) throws(MLflowError) -> String {
    if let id = try existingExperiment(named: name) { return id }
    do throws(MLflowError) {
      let answer: Created = try call("POST", "experiments/create", ["name": name])
      return answer.experimentId
    } catch .refused(_, _, "RESOURCE_ALREADY_EXISTS", _) {
      // Another run made it meanwhile.
      guard let id = try existingExperiment(named: name) else { throw .notUnderstood(call: "experiments/get-by-name") }
      return id
    }
  }

  private func existingExperiment(named name: String) throws(MLflowError) -> String? {
    do throws(MLflowError) {
      let answer: ExperimentAnswer = try call("GET", "experiments/get-by-name", ["experiment_name": name])
      guard answer.experiment.lifecycleStage != "deleted" else { throw .deletedExperiment(name) }
      return answer.experiment.experimentId
    } catch .refused(_, 404, "RESOURCE_DOES_NOT_EXIST", _) {
      return nil
    }
  }

  /// Makes a run that is running.
  ///
  /// - Parameter time: Milliseconds since 1970.
  public func createRun(experiment: String, name: String, tags: [MLflowBatch.Text], time: Int) throws(MLflowError) -> Run {
    let body = NewRun(experimentId: experiment, runName: name, startTime: time, tags: tags)
    let answer: RunAnswer = try call("POST", "runs/create", body)
    return answer.run.info.run
  }

  /// Asks for a run.
  public func run(_ id: String) throws(MLflowError) -> Run {
    let answer: RunAnswer = try call("GET", "runs/get", ["run_id": id])
    return answer.run.info.run
  }

  /// Sends numbers, hyper-parameters and tags, in as many calls as it takes.
  public func log(_ batch: MLflowBatch, run: Run) throws(MLflowError) {
    for part in batch.parts {
      let _: Nothing = try call(
        "POST", "runs/log-batch", BatchBody(runId: run.runID, metrics: part.metrics, params: part.params, tags: part.tags))
    }
  }

  /// Says how a run stands; `endTime` in milliseconds since 1970.
  public func update(_ run: Run, status: Status, endTime: Int?) throws(MLflowError) {
    let _: Nothing = try call("POST", "runs/update", Update(runId: run.runID, status: status, endTime: endTime))
  }

  /// Stores a file with a run.
  ///
  /// - Parameter name: Its name among the run's files, with `/` between folders.
  public func upload(file: String, name: String, run: Run) throws(MLflowError) {
    guard FileManager.default.isReadableFile(atPath: file) else { throw .missingFile(file) }
    guard let place = URL(string: run.artifactURI), place.scheme == "mlflow-artifacts" else { throw .foreignArtifacts(run.artifactURI) }
    let path = "api/2.0/mlflow-artifacts/artifacts" + (place.path.hasPrefix("/") ? place.path : "/" + place.path) + "/" + name
    let answer = try client.send("PUT", base.appendingPathComponent(path), .file(file))
    try Self.check(answer, call: "the file \(name)")
  }

  private func call<Body: Encodable, Answer: Decodable>(_ method: String, _ name: String, _ body: Body) throws(MLflowError) -> Answer {
    let url = base.appendingPathComponent("api/2.0/mlflow/\(name)")
    let answer: HTTPClient.Answer
    if method == "GET", let query = body as? [String: String] {
      var parts = URLComponents(url: url, resolvingAgainstBaseURL: false)
      parts?.queryItems = query.map { URLQueryItem(name: $0.key, value: $0.value) }
      // A plus sign in a query would be read as a space.
      let encoded = parts?.percentEncodedQuery?.replacingOccurrences(of: "+", with: "%2B")
      parts?.percentEncodedQuery = encoded
      answer = try client.send(method, parts?.url ?? url)
    } else {
      guard let data = try? MLflowJSON.encoder.encode(body) else { throw .notUnderstood(call: name) }
      answer = try client.send(method, url, .json(data))
    }
    try Self.check(answer, call: name)
    guard let value = try? MLflowJSON.decoder.decode(Answer.self, from: answer.body) else { throw .notUnderstood(call: name) }
    return value
  }

  private static func check(_ answer: HTTPClient.Answer, call: String) throws(MLflowError) {
    guard !(200..<300).contains(answer.status) else { return }
    let refusal = try? MLflowJSON.decoder.decode(Refusal.self, from: answer.body)
    throw .refused(
      call: call, status: answer.status, code: refusal?.errorCode, message: String((refusal?.message ?? "").prefix(300)))
  }
}
