import Configuration
import Reports
import Results
import SafeFiles
import Studies

/// What a report is made of, read from the words of a command line.
struct ReportInput {
  /// The curves, in the order of the words.
  private(set) var curves: [ReportCurve] = []
  /// The files of measured times.
  private(set) var timings: [ReportTiming] = []
  /// What could not be used, and why.
  private(set) var notes: [String] = []
  /// The study; nil where none was named.
  private(set) var study: StudyFile?
  /// Whether there is neither a curve nor a file of times; published curves alone count as nothing in a study.
  var isEmpty: Bool { timings.isEmpty && !curves.contains { $0.results != nil } }

  /// Curves that stated no data set.
  private var unnamed: Set<Int> = []

  /// Reads a results file, a published curve, a file of times or a study.
  ///
  /// - Throws: what reading throws; `UsageError` for a folder without results.
  mutating func add(_ word: String) throws {
    if word.hasPrefix(CurveLibrary.prefix) { return add(try CurveArgument.entry(word)) }
    if Folder.exists(word) {
      let folder = word.hasSuffix("/") ? String(word.dropLast()) : word
      let files = (try? Folder.names(in: folder)) ?? []
      if files.contains("plan.json") { return try add(study: folder) }
      let known = ["results.json", "timing.json"].filter(files.contains)
      guard !known.isEmpty else {
        throw UsageError.needs(
          "there is no results.json, timing.json or plan.json (of a study) in the folder \(word); name the file of the results")
      }
      for name in known { try add("\(folder)/\(name)") }
      return
    }
    if word.hasSuffix(".yaml") || word.hasSuffix(".yml") { return try add(study: word) }
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(word) } catch { throw ResultsError.file(error) }
    if let timing = try Self.timing(bytes, word) {
      timings.append(timing)
    } else {
      try add(results: bytes, place: word)
    }
  }

  private static func timing(_ bytes: [UInt8], _ place: String) throws -> ReportTiming? {
    do {
      return ReportTiming(place: place, file: try TimingFile(json: bytes, name: place))
    } catch ResultsError.wrongSchema {
      return nil
    }
  }

  private static func results(_ bytes: [UInt8], _ place: String) throws -> ResultsFile? {
    do {
      return try ResultsFile(json: bytes, name: place)
    } catch ResultsError.wrongSchema {
      return nil
    }
  }

  private mutating func add(_ entry: CurveLibrary.Entry) {
    let origin = [entry.source, entry.address, entry.licence].filter { !$0.isEmpty }.joined(separator: ", ")
    append(ReportCurve(entry.curve, dataset: entry.dataset, origin: origin, isAnchor: true))
  }

  private mutating func add(results bytes: [UInt8], place: String) throws {
    let measured = try MeasuredCurve(json: bytes, place: place)
    var curve = ReportCurve(measured, dataset: "")
    if let file = try Self.results(bytes, place) {
      curve.results = file
      curve.dataset = file.dataset.name
    } else {
      unnamed.insert(curves.count)
    }
    let beside = "\(PathText.folder(of: place))/config.yaml"
    curve.configuration = (try? FileBytes.read(beside)).map { String(decoding: $0, as: UTF8.self) }
    append(curve)
  }

  /// Adds a curve under a name that no other curve of its data set has.
  private mutating func append(_ curve: ReportCurve) {
    var curve = curve
    if let known = curves.first(where: { $0.dataset.lowercased() == curve.dataset.lowercased() }) { curve.dataset = known.dataset }
    let taken = Set(curves.filter { $0.dataset == curve.dataset }.map(\.name))
    let (name, folder) = (curve.name, PathText.folder(of: curve.measured.place).split(separator: "/").last.map(String.init))
    var number = 2
    if taken.contains(name), let folder, folder != "." { curve.measured.name = "\(name) (\(folder))" }
    while taken.contains(curve.name) {
      curve.measured.name = "\(name) (\(number))"
      number += 1
    }
    curves.append(curve)
  }

  /// Gives curves without a data set that of the others, where these have one only.
  mutating func settleDatasets() {
    let others = Set(curves.indices.filter { !unnamed.contains($0) }.map { curves[$0].dataset })
    for index in unnamed { curves[index].dataset = others.count == 1 ? others.first ?? "" : "data set not stated" }
    unnamed = []
  }

  private mutating func add(study word: String) throws {
    guard study == nil else { throw UsageError.needs("a report is of one study; '\(word)' is a second one") }
    let (folder, plan) = try StudyCommand.located(word)
    let file = try StudyFile(Folder.exists(word) ? plan.file : word)
    try add(file, plan: plan, folder: folder)
  }

  /// Takes the curves of a study as they are so far, and its times.
  mutating func add(_ file: StudyFile, plan: StudyPlan, folder: StudyFolder) throws {
    study = file
    let written = try StudyCurves.write(plan, in: folder)
    for curve in written {
      if curve.points < curve.planned { notes.append("\(curve.dataset)/\(curve.name) has \(curve.points) of \(curve.planned) points") }
      let bytes = try FileBytes.read(curve.path)
      let results = try ResultsFile(json: bytes, name: curve.path)
      let unit = plan.units.first { $0.variation == curve.variation && $0.kind == .test && $0.dataset == curve.dataset }
      let configuration = unit.flatMap { try? FileBytes.read(folder.unit($0).configuration) }
      append(
        ReportCurve(
          try MeasuredCurve(json: bytes, place: curve.path), dataset: curve.dataset, results: results,
          configuration: curve.variation == nil ? nil : configuration.map { String(decoding: $0, as: UTF8.self) },
          isAnchor: curve.variation == nil, variation: curve.variation, seed: curve.seed))
    }
    for anchor in file.anchors {
      guard case .published(let id) = anchor.source, let entry = try CurveLibrary.entry(id) else { continue }
      for dataset in Set(written.map(\.dataset)).sorted() where anchor.datasets?.contains(dataset) ?? true {
        var curve = ReportCurve(
          entry.curve, dataset: dataset,
          origin: [entry.source, entry.address, entry.licence].filter { !$0.isEmpty }.joined(separator: ", "),
          isAnchor: true)
        curve.measured.name = anchor.name
        append(curve)
      }
    }
    for unit in plan.units(of: .time) {
      let path = "\(folder.unit(unit).results)/timing.json"
      if let bytes = try? FileBytes.read(path), let timing = try Self.timing(bytes, path) { timings.append(timing) }
    }
  }
}
