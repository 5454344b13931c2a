import Foundation
import SafeFiles
import Torch
public import Weights

/// The weights that perceptual measures need, as files in one folder.
public enum MetricWeights {
  /// A file of weights.
  public enum File: String, Sendable, CaseIterable {
    /// VGG16 and the heads of LPIPS on it.
    case lpipsVGG = "lpips-vgg.safetensors"
    /// AlexNet and the heads of LPIPS on it.
    case lpipsAlex = "lpips-alex.safetensors"
    /// The weights of DISTS' comparisons; the network is that of ``lpipsVGG``.
    case dists = "dists.safetensors"

    /// The word after `benchpresso data download`.
    public var set: String { self == .dists ? "dists" : "lpips" }

    /// The hash of the tensors; see `StoredTensors.sha256`.
    var sha256: String {
      switch self {
      case .lpipsVGG: "724c88a70a1a1b6f3c21f1e78de224da4f92f8d4b25e71bebd67d62c37d707e2"
      case .lpipsAlex: "ea6418cf6f73cd3df37fbf60eaa3adeffe0a5be24760318fd84c1dad95aeb460"
      case .dists: "45bc8c331ec840240712452a7dd85ca2c55d2543ac2c9f0cbb8ea283bf77b463"
      }
    }
  }

  /// The folder: the variable BENCHPRESSO_METRIC_WEIGHTS, else `data/metrics`.
  public static var folder: String { chosenFolder ?? ProcessInfo.processInfo.environment["BENCHPRESSO_METRIC_WEIGHTS"] ?? "data/metrics" }

  /// Another folder, for as long as a task runs.
  @TaskLocal static var chosenFolder: String?

  /// Whether a file is there.
  public static func isThere(_ file: File) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(file.rawValue)") }

  /// Reads a file and checks its hash.
  static func read(_ file: File) throws(MetricWeightsError) -> StoredTensors {
    let path = "\(folder)/\(file.rawValue)"
    guard isThere(file) else { throw .missing(path: path, set: file.set) }
    let tensors: StoredTensors
    do { tensors = try WeightsFile.read(path) } catch { throw .weights(error) }
    guard tensors.sha256Hexadecimal == file.sha256 else { throw .other(path: path, set: file.set) }
    return tensors
  }

  static func tensor(_ name: String, in tensors: StoredTensors) throws -> Tensor {
    guard let stored = tensors[name] else { throw MetricWeightsError.lacks(tensor: name) }
    return try Tensor(stored)
  }
}

/// Weights of a measure that cannot be used.
public enum MetricWeightsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// They were not fetched.
  case missing(path: String, set: String)
  /// They are not those that were published.
  case other(path: String, set: String)
  /// The file cannot be read.
  case weights(WeightsError)
  /// A tensor is missing.
  case lacks(tensor: String)
  /// The package does not come as it is known.
  case package(String)

  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .missing(let path, let set): "there is no file '\(path)'; fetch it with 'benchpresso data download \(set)'"
    case .other(let path, let set):
      "'\(path)' holds other weights than the published ones; remove it and run 'benchpresso data download \(set)'"
    case .weights(let error): error.description
    case .lacks(let tensor): "the weights lack the tensor '\(tensor)'"
    case .package(let sentence): sentence
    }
  }
}
