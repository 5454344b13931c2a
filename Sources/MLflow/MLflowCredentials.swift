/// How this program proves to a server who it is, from the variables that MLflow's own client reads.
public enum MLflowCredentials: Sendable, Equatable {
  /// It does not.
  case none
  /// `MLFLOW_TRACKING_TOKEN`.
  case token(String)
  /// `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`.
  case password(user: String, password: String)

  /// Reads the variables; a name counts before a token, as with MLflow's client.
  public init(environment: [String: String]) {
    func value(_ name: String) -> String? { environment["MLFLOW_TRACKING_\(name)"].flatMap { $0.isEmpty ? nil : $0 } }
    if let user = value("USERNAME") {
      self = .password(user: user, password: value("PASSWORD") ?? "")
    } else {
      self = value("TOKEN").map { .token($0) } ?? .none
    }
  }
}
