public import ChildProcesses
public import Results

/// Variants measured at cells, one repetition of each in turn.
///
/// At each cell every variant gets a process of its own, which stays for all repetitions of the cell: models stay warm, the peak of memory is
/// that of the point, and a process that dies takes its own point with it and no other. What is measured is kept in a journal, point by point.
public struct Sweep {
  /// What came out.
  public struct Report: Sendable {
    /// The points, cell by cell, the variants in their order; those not begun are missing.
    public let points: [TimingPoint]
    /// How many were in the journal already.
    public let kept: Int
    /// Whether it was stopped before its end.
    public let isStopped: Bool
  }

  /// How far a sweep is.
  public struct Progress: Sendable, Equatable {
    /// The cell at work.
    public let cell: MeasuringCell
    /// The variant at work.
    public let variant: String
    /// The number of the cell, from 1.
    public let number: Int
    /// The number of cells.
    public let count: Int
    /// The repetitions of the variant that are done; nil while it is made ready.
    public let repetition: Int?
  }

  /// The variants, in the order of their turns.
  public let variants: [MeasuringVariant]
  /// The cells, in the order of their measurement.
  public let cells: [MeasuringCell]
  /// How often and how long.
  public let plan: MeasuringPlan
  /// The program that answers as ``MeasuringLoop`` does.
  let process: ChildProcess
  let shouldStop: () -> Bool
  let progress: (Progress) -> Void

  /// Creates a sweep; nothing is started.
  ///
  /// - Parameters:
  ///   - process: the program that answers as ``MeasuringLoop`` does.
  ///   - shouldStop: asked about ten times a second.
  ///   - progress: called before each repetition.
  public init(
    variants: [MeasuringVariant], cells: [MeasuringCell], plan: MeasuringPlan, process: ChildProcess,
    shouldStop: @escaping () -> Bool = { false }, progress: @escaping (Progress) -> Void = { _ in }
  ) {
    (self.variants, self.cells, self.plan, self.process) = (variants, cells, plan, process)
    (self.shouldStop, self.progress) = (shouldStop, progress)
  }

  /// Makes every variant ready once, so that what is wrong with one shows before anything is measured.
  ///
  /// - Throws: ``MeasuringError/opening(variant:reason:)``.
  public func facts() throws -> [SubjectFacts] {
    try variants.map { variant in
      do {
        let child = try MeasuringChild(process, bounds: plan.bounds, shouldStop: shouldStop)
        return try child.open(variant.subject, threads: cells.first?.threads)
      } catch let error as MeasuringFailure {
        throw MeasuringError.opening(variant: variant.name, reason: error.reason)
      }
    }
  }

  /// Measures what the journal lacks.
  ///
  /// - Parameter session: the number of this stretch of measuring.
  /// - Throws: `FileError` when the journal cannot be written, and what starting a process throws.
  public func run(journal: inout MeasuringJournal, session: Int) throws -> Report {
    var points: [TimingPoint] = []
    var kept = 0
    var isStopped = false
    for (index, cell) in cells.enumerated() {
      let run = try CellRun(sweep: self, cell: cell, number: index + 1, session: session, journal: journal)
      kept += run.kept
      if !isStopped { isStopped = try run.measure(&journal) }
      points += run.points
    }
    return Report(points: points, kept: kept, isStopped: isStopped)
  }
}
