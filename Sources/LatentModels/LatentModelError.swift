/// What can be wrong with an entropy model's use.
public enum LatentModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The coder's tables were never computed.
  case tablesMissing
  /// The tables of a file have another number of rows than the model has channels or scales, whatever `unit` says.
  case tablesOfAnotherModel(rows: Int, expected: Int, unit: String)
  /// A batch of payloads or a latent does not have the expected size.
  case size(expected: String, found: String)
  /// The weights of a context model look at elements that are decoded later.
  case notCausal
  /// A latent holds numbers that cannot be coded.
  case notCodable(reason: String)
  /// The groups of a context model do not make up the latent.
  case order(reason: String)
  /// A stream that no encoder of the model writes.
  case stream(reason: String)

  /// One sentence with the cause and the remedy.
  public var description: String {
    switch self {
    case .tablesMissing: "the entropy coder's tables are not computed yet; update them after training or loading (updateTables)"
    case .tablesOfAnotherModel(let rows, let expected, let unit):
      "the entropy coder's tables have \(rows) rows, but the model has \(expected) \(unit); the weights belong to another model"
    case .size(let expected, let found): "\(expected) is needed here, not \(found)"
    case .notCausal: "the mask of the context model lets through what is decoded later; the weights belong to another kind of model"
    case .order(let reason): "the groups of the context model do not make up the latent: \(reason)"
    case .stream(let reason): "the stream cannot be decoded: \(reason)"
    case .notCodable(let reason): "the latent cannot be coded: \(reason)"
    }
  }
}
