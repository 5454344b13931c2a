import ArgumentParser
import Benchmarking
import Codecs
import Configuration
import Datasets
import Foundation
import Images
import Registry
import Reporting
import Results
import SafeFiles
import Synchronization

/// The command `codec`: every picture coded by a classical codec at every quality.
struct CodecStage {
  let words: ConfigurationWords
  let additions: [ConfigurationRequest.Item]
  let format: OutputFormat

  /// Measures and writes results.
  ///
  /// - Throws: ``Interrupted`` after Ctrl-C; `ExitCode` when a picture failed.
  func run() throws {
    let catalogue = try Program.catalogue()
    guard let (study, tree) = try settings(catalogue) else { return }
    let codecs = try codecs(of: study, catalogue)
    guard let first = codecs.first else { return }
    let versions = try first.versions()
    let choice = MetricChoice(study.metrics)
    let metrics = try choice.shared(catalogue)
    let data: DataModule = try catalogue.build(study.data)
    let transform = try data.transform(.test)
    let measurement = try Measurement(files: try data.testFiles(limit: nil), folder: data.folder)
    let folder = study.output.path
    try Folder.create(folder)
    let jobs = study.time ? 1 : study.jobs ?? ProcessInfo.processInfo.activeProcessorCount
    let anchors = AnchorStudy(
      codecs: codecs, files: measurement.files, folder: data.folder, jobs: jobs, warmsUp: study.time, metrics: metrics
    ) {
      image, index, _ in
      var random = DeterministicRandom(seed: 0, purpose: .transform, step: 0, sample: index)
      return try transform.apply(image, random: &random)
    }
    Interruption.listen()
    let context =
      "\(measurement.dataset.manifestSHA256 ?? "") \(study.data.arguments["test_transform"] ?? .null) "
      + "\(study.data.arguments["transform"] ?? .null)" + (study.time ? " one at a time" : "") + choice.context
    let start = ContinuousClock.now
    let tell: @Sendable (Int, Int) -> Void = { done, total in
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      Console.progress("\(first.identity): picture \(done) of \(total), \(NumberText.duration(seconds)) so far")
    }
    let report = try anchors.run(
      journal: "\(folder)/journal.jsonl", versions: versions, context: context, shouldStop: { Interruption.signal != nil }, progress: tell)
    Console.endProgress()
    for failed in report.failed {
      Console.note("failed: \(first.scale.name) \(QualityScale.text(failed.quality)): \(failed.reason)")
    }
    if report.kept > 0 { Console.note("\(report.kept) measurements were in \(folder)/journal.jsonl already") }
    if report.isStopped, let signal = Interruption.signal {
      throw Interrupted(
        signal: signal, sentence: "stopped; what is done is in \(folder)/journal.jsonl, and the same command goes on from there")
    }
    if let sentence = Self.leftOut(report) { Console.note("warning: \(sentence)") }
    let points = points(codecs, report, study, jobs: jobs)
    guard !points.isEmpty else {
      Console.note("error: no picture came through at every quality, so there are no means over the same pictures")
      throw ExitCode(ExitStatus.failure)
    }
    let results = ResultsFile(
      name: study.name ?? "\(first.identity)", description: study.description.isEmpty ? first.summary : study.description,
      model: points[0].model ?? ModelDescription(classPath: study.codec.classPath), dataset: measurement.dataset,
      environment: try Measurement.environment(seed: nil, usesTorch: choice.usesTorch, codecVersions: versions), points: points)
    try results.write(to: "\(folder)/results.json")
    try AtomicFile.write(ResultsCSV.images(of: [results]), to: "\(folder)/results.csv")
    try AtomicFile.write(
      Variables.escaped(tree).yaml(header: ["benchpresso \(BuiltIn.version)", "command: codec"]), to: "\(folder)/config.yaml")
    switch format {
    case .json: Console.result(String(decoding: try results.json(name: "results.json"), as: UTF8.self))
    case .text: Console.result(RatePointTable.make([results]).text(.plain))
    }
    MetricChoice.tellMissing(results)
    Console.note("written: \(folder)/results.json, \(folder)/results.csv, \(folder)/config.yaml")
    guard report.failed.isEmpty else { throw ExitCode(ExitStatus.failure) }
  }

  /// The settings and the resolved tree; nil after printing them.
  private func settings(_ catalogue: Catalogue) throws -> (CodecStudy, Node)? {
    var request = words.request(stage: "codec", environment: ProcessEnvironment.settings)
    request.items += additions
    var composition = Composition(request, root: CodecStudy.self, catalogue: catalogue)
    let study = try composition.decode(CodecStudy.self)
    guard composition.merged["codec"].map({ !$0.isNull }) ?? false else {
      throw ConfigurationError(
        mark: .defaults, "codec needs --codec (give it as an option or in --config), for example --codec codecs.WebP")
    }
    for note in composition.notes { Console.note("note: \(note)") }
    let tree = try SettingsEncoder.node(of: study, origins: composition.tree)
    guard words.printing == nil else {
      Console.result(Variables.escaped(tree).yaml().trimmingLastNewline)
      return nil
    }
    return (study, tree)
  }

  /// The codec at each quality.
  private func codecs(of study: CodecStudy, _ catalogue: Catalogue) throws -> [any AnchorCodec] {
    let first = try Self.codec(study.codec, quality: nil, catalogue)
    let qualities = study.qualities.isEmpty ? first.scale.standard : study.qualities
    return try qualities.map { try first.at(quality: $0) ?? Self.codec(study.codec, quality: $0, catalogue) }
  }

  /// Builds a codec, at another quality than its own where one is given.
  static func codec(_ component: Component<CodecKind>, quality: Double?, _ catalogue: Catalogue) throws -> any AnchorCodec {
    var component = component
    if let quality { component.arguments["quality"] = Node(quality == quality.rounded() ? .int(Int(quality)) : .double(quality)) }
    let codec = try catalogue.build(component, as: (any ImageCodec).self)
    guard let anchor = codec as? any AnchorCodec else {
      throw UsageError.needs("\(component.classPath) is no classical codec; 'benchpresso test' measures learned ones")
    }
    return anchor
  }

  private func points(_ codecs: [any AnchorCodec], _ report: AnchorStudy.Report, _ study: CodecStudy, jobs: Int) -> [RatePoint] {
    var points: [RatePoint] = []
    for (codec, rows) in zip(codecs, report.commonRows) where !rows.isEmpty {
      var notes = jobs > 1 ? ["times are those of up to \(jobs) pictures at the same time"] : []
      if let sentence = Self.leftOut(report) { notes.append(sentence) }
      if !codec.commandLines.isEmpty { notes.append("times include the start of a process and its files") }
      let settings: [String: JSONValue] = [
        "command_lines": .array(codec.commandLines.map { .string($0) }), "quality": .number(codec.quality),
        "quality_scale": .string(codec.scale.name), "settings": (try? JSONValue(encoding: study.codec.arguments)) ?? .null,
      ]
      var point = RatePoint(
        aggregating: rows, label: "\(codec.scale.name) \(QualityScale.text(codec.quality))",
        model: ModelDescription(classPath: study.codec.classPath, settings: .object(settings)), notes: notes)
      point.chromaFormat = codec.chromaFormat
      if study.time { Self.measureStart(of: codec, &point) }
      points.append(point)
    }
    return points
  }

  private static func measureStart(of codec: any AnchorCodec, _ point: inout RatePoint) {
    do {
      guard let start = try codec.startTimes() else { return }
      (point.encoderStartTime, point.decoderStartTime) = (start.encoder, start.decoder)
    } catch {
      point.notes.append("encoder_start_time and decoder_start_time are not there: \(error)")
    }
  }

  /// Which pictures are in no mean; nil when all are.
  private static func leftOut(_ report: AnchorStudy.Report) -> String? {
    let names = report.leftOut
    guard !names.isEmpty else { return nil }
    let (noun, verb) = names.count == 1 ? ("picture", "is") : ("pictures", "are")
    return "\(names.count) \(noun) failed at some quality and \(verb) in the means of none, so that all are of the same pictures: "
      + names.map { "'\($0)'" }.joined(separator: ", ")
  }
}
