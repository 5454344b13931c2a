public import ChildProcesses
public import Results

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A point that could not be measured.
public struct MeasuringFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// How it came out.
  public let outcome: TimingPoint.Outcome
  /// The cause, one sentence.
  public let reason: String

  /// The cause.
  public var description: String { reason }
}

/// The user stopped the measurement.
struct MeasuringStop: Error {}

/// A process that measures, seen from the one that asks it.
///
/// The process limits its own allocations; beside that its memory is watched, since libraries can come to memory in other ways.
public final class MeasuringChild {
  /// What bounds a process.
  public struct Bounds: Sendable, Equatable {
    /// The seconds that one answer may take.
    public var timeLimit: Double
    /// The bytes of memory that it may have; nil without a limit.
    public var memoryLimit: Int?

    /// Creates bounds.
    public init(timeLimit: Double, memoryLimit: Int? = nil) { (self.timeLimit, self.memoryLimit) = (timeLimit, memoryLimit) }
  }

  private let conversation: Conversation
  private let bounds: Bounds
  private let shouldStop: () -> Bool

  /// Starts a process.
  ///
  /// - Parameter shouldStop: asked about ten times a second while it works; true kills it.
  /// - Throws: `ChildProcessError` when it cannot be started.
  public init(_ process: ChildProcess, bounds: Bounds, shouldStop: @escaping () -> Bool) throws {
    conversation = try Conversation(process)
    (self.bounds, self.shouldStop) = (bounds, shouldStop)
  }

  /// Makes a subject ready.
  ///
  /// - Throws: ``MeasuringFailure``.
  public func open(_ description: SubjectDescription, threads: Int?) throws -> SubjectFacts {
    guard case .opened(let facts) = try ask(.open(description, threads: threads)) else { throw unexpected }
    return facts
  }

  /// Makes a cell ready.
  func prepare(_ cell: MeasuringCell) throws -> CellFacts {
    guard case .prepared(let facts) = try ask(.prepare(cell)) else { throw unexpected }
    return facts
  }

  /// Measures once.
  func measure(round: Int) throws -> Repetition {
    guard case .measured(let repetition) = try ask(.measure(round: round)) else { throw unexpected }
    return repetition
  }

  private var unexpected: MeasuringFailure { MeasuringFailure(outcome: .failed, reason: "the measuring process answered something else") }

  private func ask(_ request: MeasuringRequest) throws -> MeasuringAnswer {
    let line = [UInt8](try JSONEncoder().encode(request))
    let reply = try conversation.ask(line, timeLimit: .seconds(bounds.timeLimit), interval: .milliseconds(100)) {
      if shouldStop() { throw MeasuringStop() }
      guard let limit = bounds.memoryLimit, let size = Machine.residentBytes(of: conversation.processIdentifier), size > limit else {
        return
      }
      throw MeasuringFailure(outcome: .outOfMemory, reason: "it had \(size) bytes of memory, more than the limit of \(limit)")
    }
    switch reply {
    case .timeLimit:
      throw MeasuringFailure(outcome: .timeLimit, reason: "one answer took longer than \(bounds.timeLimit) seconds")
    case .ended(let result): throw Self.failure(of: result)
    case .line(let bytes):
      guard let answer = try? JSONDecoder().decode(MeasuringAnswer.self, from: Data(bytes)) else {
        throw MeasuringError.answer(String(decoding: bytes, as: UTF8.self))
      }
      switch answer {
      case .failed(let reason): throw MeasuringFailure(outcome: .failed, reason: reason)
      case .outOfMemory(let reason): throw MeasuringFailure(outcome: .outOfMemory, reason: reason)
      case .opened, .prepared, .measured: return answer
      }
    }
  }

  /// What the end of a process that should have answered means.
  private static func failure(of result: ChildProcessResult) -> MeasuringFailure {
    let last = result.messagesText.split(whereSeparator: \.isNewline).last.map { ": \($0.prefix(200))" } ?? ""
    if MeasuringLoop.isMemory(result.messagesText) {
      return MeasuringFailure(outcome: .outOfMemory, reason: "the measuring process \(result.ending)\(last)")
    }
    let hint = result.ending == .signal(9) ? ", which the system does when memory runs out" : ""
    return MeasuringFailure(outcome: .crashed, reason: "the measuring process \(result.ending)\(hint)\(last)")
  }
}
