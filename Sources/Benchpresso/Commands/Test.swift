import ArgumentParser
import Benchmarking
import Configuration
import Datasets
import Models
import Registry
import Reporting
import Results
import SafeFiles
import Torch
import Training

/// Codes the test pictures for real.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Code every test picture for real and measure rate, distortion and time.",
    discussion: """
      Pads, compresses to bytes, decompresses and crops every picture, and writes results.json and results.csv. The model is the one that the
      weights were trained as, unless the configuration names another; weights of CompressAI (.pth, .pth.tar) need the configuration.
      Without a transform pictures are cut to 256×256 from their middle; --data.transform transform.NoCrop takes them whole.

        benchpresso test --ckpt_path logs/smoke/version_0/checkpoints/last.ckpt --data.data_dir photos --data.transform transform.NoCrop
        benchpresso test --config Configs/test-photos.yaml --ckpt_path A.ckpt --extra_ckpt B.ckpt --extra_ckpt C.ckpt
      """)

  @OptionGroup var options: ExperimentOptions
  @Option(
    name: .customLong("extra_ckpt"), help: ArgumentHelp("A further checkpoint, a rate point of its own; repeatable.", valueName: "path"))
  var others: [String] = []
  @Option(help: "How the result is printed: text or json.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let start = ContinuousClock.now
      let catalogue = try Program.catalogue()
      let first = try load(options.checkpoint, catalogue: catalogue)
      let session = try Session(first.file.experiment, catalogue: catalogue)
      guard let path = try session.checkpointPath() else {
        throw ValidationError("name the weights to test with --ckpt_path; without them the measurement would be of random weights")
      }
      let measurement = try measurement(session)
      if let threads = first.file.experiment.trainer.threads { try Runtime.setThreads(threads) }
      Interruption.listen()
      var points: [RatePoint] = []
      var times = CodecTestTimes()
      var loading = 0.0
      for path in [path] + others {
        let (file, weights) = try load(path, catalogue: catalogue)
        let model = try ModelUnderTest(
          component: file.experiment.model, weights: try weights ?? ModelWeights(path: path), padMultiple: file.experiment.test.padMultiple,
          catalogue: catalogue)
        let label = NumberText.fixed(model.lambda, decimals: 4)
        if points.isEmpty { loading = (ContinuousClock.now - start) / .seconds(1) }
        let report = try measurement.report(model.codec, label: "λ \(label)")
        times = report.times
        points.append(
          RatePoint(aggregating: report.images, label: label, lambda: model.lambda, model: model.description, notes: model.notes))
      }
      let experiment = first.file.experiment
      let results = ResultsFile(
        name: experiment.name, description: experiment.description,
        model: points[0].model ?? ModelDescription(classPath: experiment.model.classPath),
        dataset: measurement.dataset, environment: try Measurement.environment(seed: experiment.seedEverything, usesTorch: true),
        points: points)
      try write(results, times: times, loading: loading, folder: outputFolder(experiment, checkpoint: path))
    }
  }

  /// The configuration laid over the model that the weights name.
  private func load(_ path: String?, catalogue: Catalogue) throws -> (file: ExperimentFile, weights: ModelWeights?) {
    guard let path, path != "last", path != "best" else { return (try options.load(catalogue), nil) }
    let weights = try ModelWeights(path: path)
    return (try options.load(catalogue, base: try ModelUnderTest.configuration(of: weights, path: path)), weights)
  }

  private func measurement(_ session: Session) throws -> Measurement {
    let transform = try session.data.transform(.test)
    let seed = session.seed
    var measurement = try Measurement(files: session.data.files(.test).files, folder: session.data.folder)
    measurement.options.batchSize = session.data.batchSize
    measurement.options.decodedFolder = session.experiment.test.saveImages
    measurement.prepare = { image, index, _ in
      var random = DeterministicRandom(seed: seed, purpose: .transform, step: 0, sample: index)
      return try transform.apply(image, random: &random)
    }
    return measurement
  }

  private func outputFolder(_ experiment: Experiment, checkpoint: String) -> String {
    experiment.test.output ?? Session.runFolder(of: checkpoint).map { "\($0.path)/test" } ?? "runs/\(experiment.name)"
  }

  private func write(_ results: ResultsFile, times: CodecTestTimes, loading: Double, folder: String) throws {
    try Folder.create(folder)
    try results.write(to: "\(folder)/results.json")
    try AtomicFile.write(ResultsCSV.images(of: [results]), to: "\(folder)/results.csv")
    switch format {
    case .json: Console.result(String(decoding: try results.json(name: "results.json"), as: UTF8.self))
    case .text:
      Console.result(RatePointTable.make([results]).text(.plain))
      let parts = times.parts.map { "\($0.name) \(NumberText.fixed($0.seconds, decimals: 2)) s" }.joined(separator: ", ")
      Console.note("time before the first point (libtorch, weights, hashes of the files): \(NumberText.fixed(loading, decimals: 2)) s")
      Console.note("time of the last point: \(parts), in all \(NumberText.fixed(times.total, decimals: 2)) s")
      Console.note("written: \(folder)/results.json, \(folder)/results.csv")
    }
  }
}
