public import Weights

/// Weights of a model from any file that carries them.
public struct ModelWeights: Sendable {
  /// The file, as it was given.
  public let path: String
  /// The parameters and buffers under the model's names.
  public let tensors: StoredTensors
  /// The configuration that the file carries, as YAML; nil for files of other programs.
  public let configuration: String?
  /// The training step, where the file says it.
  public let step: Int?
  /// Whether the parameters are the running mean that a training kept beside its weights.
  public let isAverage: Bool

  /// The name under which a checkpoint keeps the running mean of the weights.
  public static let averageOwner = "WeightAveraging"

  /// Reads a checkpoint of Benchpresso, a safetensors file of weights or a PyTorch checkpoint.
  ///
  /// - Parameter average: whether a running mean of the weights is taken where a checkpoint has one; the coder's tables in the file are then
  ///   not those of the parameters.
  /// - Throws: ``WeightsError`` when the file is missing, damaged or of another kind.
  public init(path: String, average: Bool = true) throws {
    self.path = path
    let file = try WeightsFile.read(path)
    let prefix = "model."
    let own = file.metadata["benchpresso.format"]?.hasPrefix("benchpresso.checkpoint/") == true
    var weights = file
    var hasAverage = false
    if own {
      weights = StoredTensors(file.filter { $0.name.hasPrefix(prefix) }.map { (String($0.name.dropFirst(prefix.count)), $0.tensor) })
      let meanPrefix = "callback.\(Self.averageOwner)."
      for entry in file where average && entry.name.hasPrefix(meanPrefix) {
        weights[String(entry.name.dropFirst(meanPrefix.count))] = entry.tensor
        hasAverage = true
      }
    }
    tensors = weights
    isAverage = hasAverage
    configuration = file.metadata["benchpresso.configuration"]
    step = file.metadata["benchpresso.step"].flatMap { Int($0) }
  }
}
