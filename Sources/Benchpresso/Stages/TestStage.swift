import Benchmarking
import Codecs
import Configuration
import Datasets
import Models
import Registry
import Reporting
import Results
import SafeFiles
import Torch
import Training

/// The stages `test` and `predict`: every picture coded for real, once for each checkpoint.
struct TestStage {
  let invocation: StageInvocation
  /// Further checkpoints, each a rate point of its own, with what was asked for them.
  var others: [(invocation: StageInvocation, path: String)] = []
  /// How the result is printed.
  var format = OutputFormat.text
  /// Whether `predict` leaves standard output to another result.
  var isQuiet = false
  /// The checkpoint to take where the configuration names none.
  var fallback: String?

  /// A model that is ready to be measured.
  private struct Candidate {
    let file: ExperimentFile
    let weights: ModelWeights
  }

  /// Measures and writes results.
  func test() throws {
    let start = ContinuousClock.now
    guard let first = try candidate(fallback, invocation) else { return }
    let more = try others.compactMap { try candidate($0.path, $0.invocation) }
    let experiment = first.file.experiment
    let metrics = try MetricChoice(experiment.test.metrics).make(invocation.catalogue)
    let session = try Session(experiment, catalogue: invocation.catalogue)
    var measurement = try measurement(session)
    measurement.metrics = metrics
    measurement.options.overlaps = experiment.test.overlap
    measurement.options.warmsUp = !experiment.test.overlap
    let isTrial = experiment.trainer.fastDevRun.batches != nil
    let wanted = outputFolder(experiment.test.output?.path, name: "test", first)
    let (reserved, images) = isTrial ? (nil, nil) : try imageFolder(experiment.test.saveImages?.path, beside: wanted)
    try setUp(session)
    Interruption.listen()
    var points: [RatePoint] = []
    var times = CodecTestTimes()
    var loading: Double?
    do {
      for candidate in [first] + more {
        let model = try model(candidate)
        let rates = try model.rates(candidate.file.experiment.test.ratePoints)
        for rate in rates {
          let isAlone = more.isEmpty && rates.count == 1
          measurement.options.decodedFolder = images.map { isAlone ? $0 : "\($0)/point_\(points.count + 1)" }
          loading = loading ?? (ContinuousClock.now - start) / .seconds(1)
          let report = try measurement.report(rate.codec, label: "λ \(rate.label)")
          times = report.times
          points.append(
            RatePoint(
              aggregating: report.images, label: rate.label, lambda: rate.lambda, model: model.description,
              notes: model.notes + rate.notes))
        }
      }
    } catch let stopped as Interrupted where !points.isEmpty && !isTrial {
      let folder = try write(results(points, experiment, measurement), to: reserved ?? FreshFolder.create(wanted), first.file)
      throw Interrupted(
        signal: stopped.signal, sentence: "stopped; the \(points.count) rate points that are done are in \(folder)/results.json")
    }
    let results = try results(points, experiment, measurement)
    if isTrial { Console.note("fast_dev_run: nothing is written; results would have gone to \(try FreshFolder.free(wanted))") }
    let written = isTrial ? nil : try write(results, to: reserved ?? FreshFolder.create(wanted), first.file)
    try show(results, times: times, loading: loading ?? 0, folder: written)
    MetricChoice.tellMissing(results)
    if let images { Console.note("written: reconstructions in \(images)") }
  }

  /// Writes the reconstruction of every picture.
  func predict() throws {
    guard let first = try candidate(fallback, invocation) else { return }
    let experiment = first.file.experiment
    let session = try Session(experiment, catalogue: invocation.catalogue)
    var measurement = try measurement(session)
    let folder = try FreshFolder.create(outputFolder(experiment.predict.output?.path, name: "predict", first))
    defer { FreshFolder.settle(folder) }
    measurement.options.decodedFolder = folder
    measurement.options.codedFolder = experiment.predict.saveStreams ? folder : nil
    measurement.options.estimatesBits = false
    measurement.options.warmsUp = false
    // No times are told.
    measurement.options.overlaps = true
    try setUp(session)
    Interruption.listen()
    let report = try measurement.report(try model(first).codec, label: "predict")
    try AtomicFile.write(FrozenConfiguration(first.file, stage: invocation.stage).text, to: "\(folder)/config.yaml")
    switch format {
    case _ where isQuiet: break
    case .text: Console.result("\(folder)")
    case .json:
      Console.result(
        try JSONOutput.text(Prediction(folder: folder, images: report.images.map { .init(name: $0.name, bpp: $0.bppFile) })))
    }
    Console.note("written: \(report.images.count) reconstructions in \(folder)")
  }

  /// What `predict` wrote, as JSON.
  private struct Prediction: Encodable {
    struct Picture: Encodable {
      let name: String
      let bpp: Double
    }

    let folder: String
    let images: [Picture]
  }

  /// The configuration laid over the model that a checkpoint names; nil after printing.
  private func candidate(_ path: String?, _ invocation: StageInvocation) throws -> Candidate? {
    let own = try path == nil ? invocation.checkpoint() : nil
    guard let weights = try own ?? path.map({ try checked($0) }) else {
      // A wrong configuration is told first; without weights there is nothing to measure.
      guard let file = try invocation.load() else { return nil }
      _ = try Session(file.experiment, catalogue: invocation.catalogue)
      throw UsageError.needs(
        "\(invocation.stage) needs trained weights: name them with --ckpt_path (a path, last or best); "
          + "without them the measurement would be of random weights")
    }
    guard let file = try invocation.load(weights: weights) else { return nil }
    return Candidate(file: file, weights: weights)
  }

  private func checked(_ path: String) throws -> ModelWeights {
    guard PathText.exists(path) else { throw UsageError.needs("there is no file '\(path)' (no such file or folder)") }
    return try ModelWeights(path: path)
  }

  private func model(_ candidate: Candidate) throws -> ModelUnderTest {
    let settings = candidate.file.experiment.test
    var options = LearnedCodec.Options(
      padMultiple: settings.padMultiple, tiling: settings.tiling, streamForm: settings.streamForm)
    if invocation.stage == "predict" { options.rate = candidate.file.experiment.predict.ratePoint.map { RatePosition($0) } }
    return try ModelUnderTest(
      component: candidate.file.experiment.model, weights: candidate.weights, options: options,
      catalogue: invocation.catalogue)
  }

  private func setUp(_ session: Session) throws {
    if let threads = session.experiment.trainer.threads { try Runtime.setThreads(threads) }
  }

  private func measurement(_ session: Session) throws -> Measurement {
    try session.data.prepare()
    let transform = try session.data.transform(.test)
    let seed = session.seed
    let trainer = session.experiment.trainer
    let files = try session.data.testFiles(limit: trainer.fastDevRun.batches ?? limit(trainer.limitTestBatches, session))
    var measurement = try Measurement(files: files, folder: session.data.folder)
    measurement.options.batchSize = session.data.batchSize(.test)
    measurement.prepare = { image, index, _ in
      var random = DeterministicRandom(seed: seed, purpose: .transform, step: 0, sample: index)
      return try transform.apply(image, random: &random)
    }
    return measurement
  }

  /// The most batches of a test; nil for all.
  private func limit(_ count: BatchCount, _ session: Session) throws -> Int? {
    if count == .all { return nil }
    let batches = try session.data.plan(.test, seed: session.seed).stepsPerEpoch
    guard let number = count.number(of: batches) else {
      guard case .share(let share) = count else { return nil }
      throw TrainingError.shareOfBatches(setting: "limit_test_batches", share: share, batches: batches)
    }
    return number
  }

  /// The folder for the results, before a number is added.
  private func outputFolder(_ named: String?, name: String, _ candidate: Candidate) -> String {
    named ?? Session.runFolder(of: candidate.weights.path).map { "\($0.path)/\(name)" } ?? "runs/\(candidate.file.experiment.name)/\(name)"
  }

  private func results(_ points: [RatePoint], _ experiment: Experiment, _ measurement: Measurement) throws -> ResultsFile {
    ResultsFile(
      name: experiment.name, description: experiment.description,
      model: points[0].model ?? ModelDescription(classPath: experiment.model.classPath), dataset: measurement.dataset,
      environment: try Measurement.environment(seed: experiment.seedEverything.value, usesTorch: true), points: points)
  }

  /// The folder for reconstructions.
  ///
  /// Where it is to lie in that of the results, this one is made now, and returned too.
  private func imageFolder(_ path: String?, beside results: String) throws -> (results: String?, images: String?) {
    guard let path, path.hasPrefix("\(results)/") else { return (nil, try path.map { try FreshFolder.free($0) }) }
    let folder = try FreshFolder.create(results)
    return (folder, folder + path.dropFirst(results.count))
  }

  /// Writes the results.
  ///
  /// - Returns: The folder.
  private func write(_ results: ResultsFile, to folder: String, _ file: ExperimentFile) throws -> String {
    defer { FreshFolder.settle(folder) }
    try results.write(to: "\(folder)/results.json")
    try AtomicFile.write(ResultsCSV.images(of: [results]), to: "\(folder)/results.csv")
    try AtomicFile.write(FrozenConfiguration(file, stage: invocation.stage).text, to: "\(folder)/config.yaml")
    return folder
  }

  private func show(_ results: ResultsFile, times: CodecTestTimes, loading: Double, folder: String?) throws {
    switch format {
    case .json: Console.result(String(decoding: try results.json(name: "results.json"), as: UTF8.self))
    case .text:
      Console.result(RatePointTable.make([results]).text(.plain))
      let parts = times.parts.map { "\($0.name) \(NumberText.fixed($0.seconds, decimals: 2)) s" }.joined(separator: ", ")
      Console.note("time before the first point (libtorch, weights, hashes of the files): \(NumberText.fixed(loading, decimals: 2)) s")
      Console.note("time of the last point: \(parts), in all \(NumberText.fixed(times.total, decimals: 2)) s")
      if let folder { Console.note("written: \(folder)/results.json, \(folder)/results.csv, \(folder)/config.yaml") }
    }
  }
}
