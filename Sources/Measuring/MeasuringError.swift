/// A measurement that cannot be made.
public enum MeasuringError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The networks of something without any, or of a model that does not run them apart, are to be timed.
  case noTransforms(model: String)
  /// A repetition was asked for before a cell.
  case notPrepared
  /// A codec gave another number of pictures than it got.
  case count(codec: String)
  /// The process that measures said something that is no answer.
  case answer(String)
  /// A variant could not be made ready.
  case opening(variant: String, reason: String)

  /// One sentence with the cause and, where there is one, the remedy.
  public var description: String {
    switch self {
    case .noTransforms(let model): "'\(model)' has no networks that could be timed alone; use --what codec"
    case .notPrepared: "nothing is ready to be measured; this is a mistake in the program"
    case .count(let codec): "the codec '\(codec)' gave another number of pictures than it got; this is a mistake in the codec"
    case .answer(let text): "the measuring process said something that is no answer: '\(text.prefix(120))'"
    case .opening(let variant, let reason): "'\(variant)' cannot be measured: \(reason)"
    }
  }
}
