import Results

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The side of a measurement that measures: answers lines until there are no more.
public struct MeasuringLoop {
  private let open: (SubjectDescription, _ threads: Int?) throws -> any MeasuringSubject
  private var subject: (any MeasuringSubject)?

  /// Creates a loop.
  ///
  /// - Parameter open: makes what a description says.
  public init(open: @escaping (SubjectDescription, _ threads: Int?) throws -> any MeasuringSubject) { self.open = open }

  /// Answers until `read` returns nil.
  public mutating func run(reading read: () -> String?, writing write: (String) -> Void) {
    while let line = read() {
      let answer = answer(to: line)
      guard let bytes = try? JSONEncoder().encode(answer) else { return }
      write(String(decoding: bytes, as: UTF8.self))
    }
  }

  private mutating func answer(to line: String) -> MeasuringAnswer {
    do {
      switch try JSONDecoder().decode(MeasuringRequest.self, from: Data(line.utf8)) {
      case .open(let description, let threads):
        let opened = try open(description, threads)
        subject = opened
        return .opened(opened.facts)
      case .prepare(let cell):
        guard let subject else { throw MeasuringError.notPrepared }
        return .prepared(try subject.prepare(cell))
      case .measure(let round):
        guard let subject else { throw MeasuringError.notPrepared }
        var repetition = try subject.measure(round: round)
        repetition.peakMemoryBytes = Machine.peakResidentBytes
        return .measured(repetition)
      }
    } catch {
      let reason = Self.oneLine("\(error)")
      return Self.isMemory(reason) ? .outOfMemory(reason: reason) : .failed(reason: reason)
    }
  }

  /// Whether an error says that an allocation failed: libtorch's allocators, the C++ library and CUDA.
  static func isMemory(_ reason: String) -> Bool {
    ["can't allocate memory", "not enough memory", "bad_alloc", "out of memory"].contains { reason.lowercased().contains($0) }
  }

  /// The first line; what follows in libtorch's messages are places in its sources.
  private static func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isNewline).first.map(String.init) ?? text }
}
