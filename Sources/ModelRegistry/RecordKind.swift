/// What kind of file a record is about.
public enum RecordKind: String, Codable, Sendable, CaseIterable {
  /// A results file, `benchpresso.results/1`.
  case results
  /// A timing file, `benchpresso.timing/1`.
  case timing
  /// Weights of a model: a safetensors file or a checkpoint.
  case weights
  /// A model card: Markdown with a front matter.
  case card
  /// A resolved configuration, `config.yaml`.
  case configuration
}
