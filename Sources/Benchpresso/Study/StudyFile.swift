import Configuration
import Registry
import Results

/// A study as it was written: a base configuration, what is varied, at which rates, on which pictures, and what it is compared with.
struct StudyFile {
  /// A data set that is coded.
  struct Dataset {
    let name: String
    let layer: StudyLayer
    let mark: Mark
  }

  /// The path, as it was given.
  let path: String
  let settings: StudySettings
  let base: StudyLayer
  let variations: [StudyVariations.Variation]
  /// The rates; nil where the base has the one rate.
  let rates: StudyRates?
  let datasets: [Dataset]
  let anchors: [StudyAnchor]
  /// What is laid over the configuration of every test.
  let test: StudyLayer
  /// What is timed; nil for nothing.
  let timing: StudyTiming?
  /// The class paths of what is measured besides PSNR and MS-SSIM.
  let metrics: [String]
  /// Cells that are left out, and, where there are any, the only ones that are not.
  let skip: [StudyCondition]
  let only: [StudyCondition]

  /// The folder of the study.
  var folder: String { settings.output?.path ?? "runs/\(settings.study)" }

  /// The keys whose content ``StudySettings`` does not hold.
  private static let free = [
    "vars", "set", "variations", "grid", "shorthand", "rates", "datasets", "anchors", "test", "timing", "skip", "only",
  ]

  /// All keys of a study.
  static var keys: [String] { ((try? SettingsEncoder.node(of: StudySettings()))?.fields?.map(\.key) ?? []) + free }

  /// Reads a file.
  ///
  /// - Throws: `ConfigurationError` with all problems of the file at once; those of the configurations it makes are found when it is expanded.
  init(_ path: String) throws(ConfigurationError) {
    self.path = path
    var reader = StudyReader(try ConfigurationFile.read(path), folder: PathText.folder(of: PathText.absolute(path)))
    let tree = reader.tree
    settings = Self.settings(&reader)
    let files = tree["base"] ?? Node(.list([]))
    base =
      reader.layer(.map([("base", files)] + (tree["vars"].map { [("vars", $0)] } ?? [])), path: "base")
      + reader.layer(tree["set"], path: "set")
    variations = StudyVariations(&reader).all
    rates = StudyRates(tree["rates"], reader: &reader)
    test = reader.layer(tree["test"], path: "test")
    timing = StudyTiming(tree["timing"], reader: &reader)
    datasets = reader.named(tree["datasets"], path: "datasets").map { field in
      Dataset(name: field.key, layer: reader.layer(field.value, path: "datasets.\(field.key)"), mark: field.mark)
    }
    let names = datasets.map(\.name)
    anchors = reader.named(tree["anchors"], path: "anchors").compactMap { StudyAnchor($0, datasets: names, reader: &reader) }
    metrics = Self.metrics(settings.metrics, tree["metrics"], &reader)
    let known: [(key: String, values: [String])] = [
      ("variation", variations.map(\.name) + anchors.map(\.name)), ("quality", rates?.list.values.map(\.label) ?? ["q1"]),
      ("seed", settings.seeds.map { "\($0)" }), ("dataset", names),
    ]
    skip = StudyCondition.list(tree["skip"], path: "skip", known: known, reader: &reader)
    only = StudyCondition.list(tree["only"], path: "only", known: known, reader: &reader)
    checkReferences(&reader)
    guard reader.problems.isEmpty else { throw ConfigurationError(reader.problems) }
  }

  /// What is no map with keys of the user's choice.
  private static func settings(_ reader: inout StudyReader) -> StudySettings {
    var rest = reader.tree
    guard let fields = rest.fields else {
      reader.report(rest.mark, "", "expected a study, a map with study, base, variations and rates, found \(rest.summary)")
      return StudySettings()
    }
    reader.checkKeys(rest, path: "", known: keys, what: "a study")
    for field in fields where free.contains(field.key) || !keys.contains(field.key) { rest[field.key] = nil }
    return SettingsDecoder.decode(StudySettings.self, from: rest, problems: &reader.problems)
  }

  /// What is measured in any case may be named, too.
  private static func metrics(_ names: [String], _ node: Node?, _ reader: inout StudyReader) -> [String] {
    var paths: [String] = []
    for (index, name) in names.enumerated() where !["bpp", "psnr", "ms_ssim", "ms_ssim_db"].contains(name) {
      do {
        let path = try KnownMetric.classPath(of: name)
        if !paths.contains(path) { paths.append(path) }
      } catch {
        reader.report(node?.elements?[index].mark ?? node?.mark ?? reader.tree.mark, "metrics[\(index)]", "\(error)")
      }
    }
    return paths
  }

  /// Whether what is named is there.
  private func checkReferences(_ reader: inout StudyReader) {
    let tree = reader.tree
    let known = variations.map(\.name)
    if let baseline = settings.baseline {
      reader.checkName(baseline, among: known, at: tree["baseline"]?.mark ?? tree.mark, path: "baseline", what: "variation")
    }
    for anchor in anchors where known.contains(anchor.name) {
      reader.report(anchor.mark, "anchors.\(anchor.name)", "a variation is called '\(anchor.name)', too; give one of them another name")
    }
    if settings.stages.contains("test"), tree["datasets"].map({ $0.isNull || $0.fields?.isEmpty ?? false }) ?? true {
      reader.report(
        tree.mark, "datasets",
        "tests need pictures, for example datasets: {kodak: {data: {class_path: datasets.Kodak, init_args: {data_dir: …}}}}")
    }
    let measured = ["psnr", "ms_ssim", "ms_ssim_db"] + KnownMetric.all.filter { metrics.contains($0.classPath) }.map(\.key)
    for quality in settings.compare.quality {
      reader.checkName(
        ComparisonMetric(quality).key, among: measured, at: tree["compare"]?["quality"]?.mark ?? tree.mark, path: "compare.quality",
        what: "measured metric (see 'metrics')")
    }
    guard let anchor = settings.compare.anchor else { return }
    let mark = tree["compare"]?["anchor"]?.mark ?? tree.mark
    if anchor.hasPrefix("published:") {
      do { _ = try CurveArgument.read(anchor) } catch { reader.report(mark, "compare.anchor", "\(error)") }
    } else {
      reader.checkName(anchor, among: known + anchors.map(\.name), at: mark, path: "compare.anchor", what: "anchor or variation")
    }
  }
}
