import Codecs
import Results

/// Nothing, timed like a codec: what is left is the cost of measuring.
public final class NullSubject: MeasuringSubject {
  /// One thread and no weights.
  public let facts = SubjectFacts()
  private var pictures: CellPictures?

  /// Creates it.
  public init() {}

  /// Makes the pictures.
  public func prepare(_ cell: MeasuringCell) throws -> CellFacts {
    pictures = try CellPictures(cell)
    return CellFacts(memoryBeforeBytes: Machine.residentBytes)
  }

  /// Starts and stops the clocks around nothing.
  public func measure(round: Int) throws -> Repetition {
    guard let batch = pictures?.batch(round: round) else { throw MeasuringError.notPrepared }
    let encoding = batch.map { _ in Stopwatch().seconds }
    let decoding = batch.map { _ in Stopwatch().seconds }
    return Repetition(encoding: encoding.reduce(0, +), decoding: decoding.reduce(0, +))
  }
}
