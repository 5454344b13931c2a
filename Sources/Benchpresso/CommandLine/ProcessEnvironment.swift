import Registry

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The environment of this process.
enum ProcessEnvironment {
  /// The variables that may hold settings.
  static var settings: [String: String] {
    ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix(EnvironmentSettings.prefix) }
  }

  /// All variables, for those that torchrun and Slurm set.
  static var all: [String: String] { ProcessInfo.processInfo.environment }

  /// The folder of the registry of models and results: the variable BENCHPRESSO_REGISTRY, else `benchpresso/registry` among the user's data.
  static var registryFolder: String {
    if let folder = all["BENCHPRESSO_REGISTRY"], !folder.isEmpty { return folder }
    let data = all["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(all["HOME"] ?? ".")/.local/share"
    return "\(data)/benchpresso/registry"
  }

  /// The variables that Slurm sets.
  static var slurm: [String: String] { ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix("SLURM_") } }
}
