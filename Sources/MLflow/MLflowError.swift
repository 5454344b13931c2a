/// What goes wrong between this program and an MLflow server.
public enum MLflowError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No answer came: the server is not there, the connection broke, or time ran out.
  case unreachable(server: String, reason: String)
  /// The server answered that it will not; `code` is MLflow's own word for it, where it is MLflow that answered.
  case refused(call: String, status: Int, code: String?, message: String)
  /// The answer is not what MLflow answers.
  case notUnderstood(call: String)
  /// The address of a server is none.
  case notAnAddress(String)
  /// The experiment was deleted and only waits for its end.
  case deletedExperiment(String)
  /// The server does not take files itself.
  case foreignArtifacts(String)
  /// A file to be stored is not there any more.
  case missingFile(String)

  /// Whether the same call would be refused again, so that there is no use in trying.
  public var isFinal: Bool {
    switch self {
    case .unreachable, .notUnderstood: false
    case .refused(_, let status, let code, _): [400, 413, 422].contains(status) || status == 404 && code != nil
    case .notAnAddress, .deletedExperiment, .foreignArtifacts, .missingFile: true
    }
  }

  /// One sentence with the cause and, where there is one, the remedy.
  public var description: String {
    switch self {
    case .unreachable(let server, let reason):
      "the MLflow server at \(server) does not answer (\(reason)); check the address and that 'mlflow server' runs there"
    case .refused(_, 401, _, _), .refused(_, 403, _, _):
      "the MLflow server refuses access; set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD"
    case .refused(let call, let status, let code, let message):
      "the MLflow server refused \(call) with status \(status)\(code.map { " (\($0))" } ?? "")\(message.isEmpty ? "" : ": \(message)")"
    case .notUnderstood(let call): "what the server answered to \(call) is not an answer of MLflow; check that tracking_uri is its address"
    case .notAnAddress(let text):
      "'\(text)' is not the address of an MLflow server; it is http:// or https:// with a host, as http://127.0.0.1:5000 for 'mlflow server'"
    case .deletedExperiment(let name):
      "the experiment '\(name)' was deleted on the MLflow server; restore it there or choose another experiment_name"
    case .foreignArtifacts(let place):
      "the MLflow server keeps files at '\(place)', which it does not take them for; start it with --serve-artifacts to have them stored"
    case .missingFile(let path): "the file '\(path)' cannot be sent to the MLflow server, since it is not there"
    }
  }
}
