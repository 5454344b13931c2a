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

  /// The variables that Slurm sets.
  static var slurm: [String: String] { ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix("SLURM_") } }
}
