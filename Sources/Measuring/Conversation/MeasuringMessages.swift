/// What is to be measured, for a process that makes it ready.
public struct SubjectDescription: Codable, Sendable, Equatable {
  /// What kind of thing it is.
  public enum Kind: String, Codable, Sendable {
    /// A learned model.
    case model
    /// A classical codec.
    case codec
    /// Nothing, for the cost of measuring.
    case null
  }

  /// What kind of thing it is.
  public var kind: Kind
  /// The resolved configuration as YAML: `model` or `codec`.
  public var configuration: String
  /// The file of the weights; nil for random ones.
  public var weights: String?
  /// The seed of random weights.
  public var seed: UInt64
  /// The device, for example `cpu`.
  public var device: String
  /// The side of the tiles that a model codes in: a number of pixels, `auto` or `off`.
  public var tile = "off"

  /// Creates a description.
  public init(kind: Kind, configuration: String, weights: String? = nil, seed: UInt64 = 0, device: String = "cpu") {
    (self.kind, self.configuration, self.weights, self.seed, self.device) = (kind, configuration, weights, seed, device)
  }
}

/// What a measuring process is asked, a line of JSON.
enum MeasuringRequest: Codable, Sendable {
  /// Make a subject ready.
  case open(SubjectDescription, threads: Int?)
  /// Make a cell ready.
  case prepare(MeasuringCell)
  /// Measure once.
  case measure(round: Int)
}

/// What a measuring process answers, a line of JSON.
enum MeasuringAnswer: Codable, Sendable {
  case opened(SubjectFacts)
  case prepared(CellFacts)
  case measured(Repetition)
  /// It did not work; the process goes on.
  case failed(reason: String)
  /// An allocation failed.
  case outOfMemory(reason: String)
}
