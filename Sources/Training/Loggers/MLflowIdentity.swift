import MLflow
import SafeFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The file `mlflow.json` in a run's folder: which run of which server it is.
struct MLflowIdentity: Codable {
  let server: String
  let run: MLflowServer.Run

  /// Reads the identity; nil where there is no file, or none that says it.
  static func read(_ folder: RunFolder) -> MLflowIdentity? {
    (try? FileBytes.read(path(folder))).flatMap { try? JSONDecoder().decode(MLflowIdentity.self, from: Data($0)) }
  }

  /// Writes the identity.
  func write(to folder: RunFolder) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write([UInt8](encoder.encode(self)) + [10], to: Self.path(folder))
  }

  private static func path(_ folder: RunFolder) -> String { "\(folder.path)/mlflow.json" }
}
