import Results

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The variants at one cell.
struct CellRun {
  private let sweep: Sweep
  private let cell: MeasuringCell
  private let number: Int
  private let session: Int
  private let entries: [Entry]

  /// A variant with what is measured of it and the process that measures it.
  private final class Entry {
    let variant: MeasuringVariant
    let key: String
    var point: TimingPoint
    var isKnown: Bool
    var isOpen: Bool
    var child: MeasuringChild?
    /// The seconds that this point has taken in this session.
    var seconds = 0.0

    init(variant: MeasuringVariant, key: String, point: TimingPoint, isKnown: Bool, isOpen: Bool) {
      (self.variant, self.key, self.point, self.isKnown, self.isOpen) = (variant, key, point, isKnown, isOpen)
    }
  }

  init(sweep: Sweep, cell: MeasuringCell, number: Int, session: Int, journal: MeasuringJournal) throws {
    (self.sweep, self.cell, self.number, self.session) = (sweep, cell, number, session)
    entries = try sweep.variants.map { variant in
      let key = try variant.key(cell)
      let known = journal.points[key]
      let point =
        known
        ?? TimingPoint(
          variant: variant.name, what: cell.what.rawValue, width: cell.width, height: cell.height, batchSize: cell.batchSize,
          threads: cell.threads ?? 1)
      return Entry(
        variant: variant, key: key, point: point, isKnown: known != nil, isOpen: known.map { Self.isOpen($0, sweep.plan) } ?? true)
    }
  }

  /// Microseconds before a turn: OpenMP's threads of the variant before go on spinning for some milliseconds after their work.
  private static let settling: UInt32 = 5000

  /// How many points need nothing more.
  var kept: Int { entries.count { !$0.isOpen } }

  /// The points of which anything is known.
  var points: [TimingPoint] { entries.filter(\.isKnown).map(\.point) }

  /// Measures what is missing.
  ///
  /// - Returns: Whether it was stopped.
  func measure(_ journal: inout MeasuringJournal) throws -> Bool {
    // Rounds go on from those of an earlier session, so that none is counted twice.
    var round = (entries.flatMap(\.point.rounds).max() ?? -1) + 1
    do {
      for entry in entries where entry.isOpen { try start(entry, &journal) }
      while entries.contains(where: \.isOpen) {
        for entry in entries where entry.isOpen { try turn(entry, round: round, &journal) }
        round += 1
      }
      return false
    } catch is MeasuringStop {
      for entry in entries where entry.isOpen && !entry.point.rounds.isEmpty {
        entry.point.reason = "stopped after \(entry.point.rounds.count) repetitions"
        try close(entry, .stopped, &journal)
      }
      return true
    }
  }

  private func start(_ entry: Entry, _ journal: inout MeasuringJournal) throws {
    try attempt(entry, &journal) {
      tell(entry, repetition: nil)
      let child = try MeasuringChild(sweep.process, bounds: sweep.plan.bounds, shouldStop: sweep.shouldStop)
      entry.point.threads = try child.open(entry.variant.subject, threads: cell.threads).threads
      if let threads = cell.threads { entry.point.threads = threads }
      let facts = try child.prepare(cell)
      entry.point.encodingMultiplyAccumulates = facts.encodingMultiplyAccumulates
      entry.point.decodingMultiplyAccumulates = facts.decodingMultiplyAccumulates
      entry.point.memoryBeforeBytes = facts.memoryBeforeBytes
      let clock = ContinuousClock.now
      for count in 0..<sweep.plan.warmUp {
        let spent = (ContinuousClock.now - clock) / .seconds(1)
        if count > 0, let budget = sweep.plan.budget, spent > budget * MeasuringPlan.warmUpShare { break }
        if sweep.shouldStop() { throw MeasuringStop() }
        _ = try child.measure(round: count)
      }
      entry.child = child
    }
  }

  private func turn(_ entry: Entry, round: Int, _ journal: inout MeasuringJournal) throws {
    if sweep.shouldStop() { throw MeasuringStop() }
    try attempt(entry, &journal) {
      tell(entry, repetition: entry.point.rounds.count)
      guard let child = entry.child else { return }
      if entries.count > 1 { usleep(Self.settling) }
      entry.point.add(try child.measure(round: round), round: round, session: session, pixels: cell.pixelCount)
      entry.isKnown = true
    }
    guard entry.isOpen, let end = end(of: entry) else { return }
    entry.point.end = end
    entry.point.reason = nil
    try close(entry, .measured, &journal)
  }

  /// Does something with an entry; a failure becomes the outcome of its point.
  private func attempt(_ entry: Entry, _ journal: inout MeasuringJournal, _ body: () throws -> Void) throws {
    let clock = ContinuousClock.now
    do {
      try body()
      entry.seconds += (ContinuousClock.now - clock) / .seconds(1)
    } catch let error as MeasuringFailure {
      entry.point.reason = error.reason
      try close(entry, error.outcome, &journal)
    }
  }

  private func close(_ entry: Entry, _ outcome: TimingPoint.Outcome, _ journal: inout MeasuringJournal) throws {
    entry.point.outcome = outcome
    entry.child = nil
    entry.isOpen = false
    entry.isKnown = true
    try journal.record(entry.point, key: entry.key)
  }

  private func end(of entry: Entry) -> TimingPoint.End? {
    if let budget = sweep.plan.budget, entry.seconds > budget { return .budget }
    return Self.end(of: entry.point, sweep.plan)
  }

  /// Why a point needs no more repetitions; nil where it does.
  static func end(of point: TimingPoint, _ plan: MeasuringPlan) -> TimingPoint.End? {
    let count = point.rounds.count
    guard count >= plan.repetitions else { return nil }
    guard let width = plan.untilStable else { return .repetitions }
    if count >= plan.mostRepetitions { return .unstable }
    let isStable = TimingDirection.allCases.allSatisfy { direction in
      guard let summary = point[direction]?.summary, let interval = summary.medianInterval else { return false }
      return interval.relativeWidth(of: summary.median) <= width
    }
    return isStable ? .stable : nil
  }

  /// Whether a point of the journal has to be measured, or measured further.
  private static func isOpen(_ point: TimingPoint, _ plan: MeasuringPlan) -> Bool {
    switch point.outcome {
    case .stopped: true
    // A point that its budget ended is not begun again by a call with the same one.
    case .measured: point.end != .budget && end(of: point, plan) == nil
    case .outOfMemory, .crashed, .timeLimit, .failed: plan.retriesFailures
    }
  }

  private func tell(_ entry: Entry, repetition: Int?) {
    sweep.progress(
      Sweep.Progress(
        cell: cell, variant: entry.variant.name, number: number, count: sweep.cells.count, repetition: repetition.map { $0 + 1 }))
  }
}
