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

  /// Reads a checkpoint of Benchpresso, a safetensors file of weights or a PyTorch checkpoint.
  ///
  /// - Throws: ``WeightsError`` when the file is missing, damaged or of another kind.
  public init(path: String) throws {
    self.path = path
    let file = try WeightsFile.read(path)
    let prefix = "model."
    let own = file.metadata["benchpresso.format"]?.hasPrefix("benchpresso.checkpoint/") == true
    tensors =
      own ? StoredTensors(file.filter { $0.name.hasPrefix(prefix) }.map { (String($0.name.dropFirst(prefix.count)), $0.tensor) }) : file
    configuration = file.metadata["benchpresso.configuration"]
    step = file.metadata["benchpresso.step"].flatMap { Int($0) }
  }
}
