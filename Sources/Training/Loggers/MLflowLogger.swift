public import Configuration
import EventFiles
import Images
import MLflow
import Results
import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sends a run to an MLflow tracking server.
///
/// Who the user is comes from the variables of MLflow's own client: `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and
/// `MLFLOW_TRACKING_PASSWORD`.
public struct MLflowLogger: TrainingLogger {
  /// The settings.
  public struct Settings: ValidatedSettings {
    /// The address of the server, as http://127.0.0.1:5000; null takes the variable MLFLOW_TRACKING_URI.
    public var trackingUri: String?
    /// The experiment that the run belongs to; it is made where there is none.
    public var experimentName = "benchpresso"
    /// The name of the run; null takes the name and version of its folder.
    public var runName: String?
    /// Tags of the run.
    public var tags: [String: String] = [:]
    /// Whether the checkpoints last.ckpt and best.ckpt are sent at the end.
    public var logModel = false

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      var found: [(key: String, sentence: String)] = []
      if let trackingUri, trackingUri.contains("@") {
        found.append(("trackingUri", "must not hold a password; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD"))
      } else if let trackingUri, !trackingUri.hasPrefix("http://"), !trackingUri.hasPrefix("https://") {
        found.append(
          ("trackingUri", "must be the http:// or https:// address of a server, found '\(trackingUri)'; 'mlflow server' starts one"))
      }
      if experimentName.isEmpty { found.append(("experimentName", "must not be empty")) }
      return found
    }
  }

  private let settings: Settings
  private let environment: [String: String]

  /// Creates the logger; the variables of the process are read where none are given.
  public init(_ settings: Settings = Settings(), environment: [String: String]? = nil) {
    self.settings = settings
    self.environment = environment ?? Self.processEnvironment
  }

  /// Begins a run on the server, or goes on with the one whose identity the run's folder holds.
  ///
  /// - Throws: ``TrainingError/noTrackingServer`` without an address; `MLflowError` when a new run cannot be begun. A run that goes on needs no
  ///   server to begin with.
  public func open(_ run: LoggedRun) throws -> any TrainingLog {
    guard let address = settings.trackingUri ?? environment["MLFLOW_TRACKING_URI"], !address.isEmpty else {
      throw TrainingError.noTrackingServer
    }
    let server = try MLflowServer(address: address, credentials: MLflowCredentials(environment: environment))
    return try MLflowLog(run, server: server, settings: settings)
  }

  private static var processEnvironment: [String: String] {
    let names = ["URI", "TOKEN", "USERNAME", "PASSWORD"].map { "MLFLOW_TRACKING_\($0)" }
    return Dictionary(uniqueKeysWithValues: names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } })
  }
}
