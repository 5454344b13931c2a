import ArgumentParser
import Datasets
import Measuring
import Reporting
import Results
import SafeFiles

/// The commands `measure latency` and `measure throughput`.
struct MeasureStage {
  let options: MeasureOptions
  let measurement: String
  let batchSizes: [Int]
  /// What `measure scaling` varies; nil for the other measurements.
  var scaling: Scaling?

  /// Sizes, threads and tiles.
  struct Scaling {
    let sizes: [PictureSize]
    let threadCounts: [Int]
    let tiles: [TileSide]
  }

  init(_ options: MeasureOptions, measurement: String, batchSizes: [Int]) {
    (self.options, self.measurement, self.batchSizes) = (options, measurement, batchSizes)
  }

  /// Measures and writes results.
  ///
  /// - Throws: ``Interrupted`` after Ctrl-C; `ExitCode` when a point failed.
  func run() throws {
    let named = try MeasureVariants(options, catalogue: Program.catalogue())
    let variants = try scaling.map { try named.tiled($0.tiles) } ?? named
    let pictures = try MeasurePictures(options, isMosaic: scaling != nil)
    let cells = cells(pictures)
    let folder = try folder()
    Interruption.listen()
    var session = TimingSession()
    let plan = options.plan(defaultMemoryLimit: MemorySize.current.map { ($0.available ?? $0.total) / 10 * 9 })
    let process = MeasureProcess.process(memoryLimit: plan.bounds.memoryLimit)
    var sweep = Sweep(
      variants: variants.plain, cells: cells, plan: plan, process: process, shouldStop: { Interruption.signal != nil }, progress: tell)
    Console.progress("making \(variants.files.count) variants ready")
    let facts = try sweep.facts()
    for note in variants.files.flatMap(\.notes) { Console.note("note: \(note)") }
    sweep = Sweep(
      variants: variants.complete(facts), cells: cells, plan: plan, process: process, shouldStop: { Interruption.signal != nil },
      progress: tell)
    var journal = try MeasuringJournal("\(folder)/journal.jsonl")
    let number = journal.sessions.count
    try journal.record(session, number: number)
    let report = try sweep.run(journal: &journal, session: number)
    session.finish()
    try journal.record(session, number: number)
    Console.endProgress()
    let file = TimingFile(
      measurement: measurement, procedure: procedure(plan, pictures), environment: try environment(facts, variants),
      sessions: journal.sessions, variants: variants.described(facts), points: report.points)
    let output = MeasureOutput(file: file, folder: folder, isThroughput: measurement == "throughput")
    let written = try output.write(plots: !options.noPlots)
    if report.kept > 0 { Console.note("\(report.kept) points were in \(folder)/journal.jsonl already") }
    try output.show(options.format)
    Console.note("written: \(written.joined(separator: ", "))")
    if report.isStopped, let signal = Interruption.signal {
      throw Interrupted(
        signal: signal, sentence: "stopped; what is measured is in \(folder), and the same command with --resume -o \(folder) goes on")
    }
    // How far the memory reaches is what 'measure scaling' is asked for.
    let failures = report.points.filter { $0.outcome != .measured && (scaling == nil || $0.outcome != .outOfMemory) }
    for point in failures {
      Console.note("failed: \(point.variant), \(point.width)×\(point.height), batch \(point.batchSize): \(point.reason ?? "")")
    }
    guard failures.isEmpty else { throw ExitCode(ExitStatus.failure) }
  }

  private func cells(_ pictures: MeasurePictures) -> [MeasuringCell] {
    let threadCounts: [Int?] = scaling?.threadCounts ?? [options.threads]
    return (scaling?.sizes ?? options.sizes.sizes).flatMap { size in
      batchSizes.flatMap { batch in
        threadCounts.map { threads in
          var cell = MeasuringCell(
            what: options.what.value, width: size.width, height: size.height, batchSize: batch, pictures: pictures.source,
            threads: threads)
          cell.countsOperations = scaling == nil
          return cell
        }
      }
    }
  }

  /// The folder of the results: a fresh one, or that which is continued.
  private func folder() throws -> String {
    let wanted = options.output ?? "runs/\(measurement)"
    guard options.resume else {
      let folder = try FreshFolder.create(wanted)
      FreshFolder.settle(folder)
      return folder
    }
    guard Folder.exists(wanted) else {
      throw UsageError.needs("there is nothing to go on with in '\(wanted)'; name the folder of the results with -o")
    }
    return wanted
  }

  private func tell(_ progress: Sweep.Progress) {
    let state = progress.repetition.map { "repetition \($0)" } ?? "getting ready"
    Console.progress("\(progress.cell.text) (\(progress.number) of \(progress.count)): \(progress.variant), \(state)")
  }

  private func procedure(_ plan: MeasuringPlan, _ pictures: MeasurePictures) -> TimingProcedure {
    let device = options.device == "cpu" ? "" : "; the device is waited for before each reading"
    return TimingProcedure(
      what: options.what.rawValue, pictures: pictures.text, repetitions: plan.repetitions, warmUp: plan.warmUp,
      untilStable: plan.untilStable, budget: plan.budget, timeLimit: plan.bounds.timeLimit, memoryLimit: plan.bounds.memoryLimit,
      order: "the variants take turns, one repetition each; every point has a process of its own",
      clock: "monotonic (CLOCK_MONOTONIC)\(device)")
  }

  private func environment(_ facts: [SubjectFacts], _ variants: MeasureVariants) throws -> Environment {
    let versions = facts.map(\.versions).reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    return Environment(
      benchpressoVersion: BuiltIn.version, gitCommit: SourceCommit.ofProgram?.hash,
      libtorchVersion: facts.compactMap(\.libtorchVersion).first, device: options.device,
      threads: options.threads ?? facts.map(\.threads).max() ?? 1, seed: options.seed, codecVersions: versions)
  }
}
