import Configuration
import Registry

/// A study as it was written: a base configuration, what is varied, at which rates, on which pictures, and what it is compared with.
struct StudyFile {
  /// A data set that is coded.
  struct Dataset {
    let name: String
    let layer: StudyLayer
    let mark: Mark
  }

  /// A curve that is not trained.
  struct Anchor {
    /// Where it comes from.
    enum Source {
      /// A curve that comes with the program or was published, as `published:` names it.
      case published(String)
      /// A classical codec, as `benchpresso codec` takes it.
      case codec(StudyLayer)
    }

    let name: String
    let source: Source
    /// The data sets that it stands for; nil for all.
    let datasets: [String]?
    let mark: Mark
  }

  /// A training at one rate starts from the weights of the next one.
  struct WarmStart {
    /// Whether the highest rate is trained first; otherwise the lowest.
    let fromHigher: Bool
    /// What trainings differ in that start from a neighbour.
    let layer: StudyLayer
  }

  /// The path, as it was given.
  let path: String
  let settings: StudySettings
  let base: StudyLayer
  let variations: [StudyVariations.Variation]
  /// The rates; nil where the base has the one rate.
  let rates: RateList?
  let warmStart: WarmStart?
  let datasets: [Dataset]
  let anchors: [Anchor]
  /// What is laid over the configuration of every test.
  let test: StudyLayer
  /// Cells that are left out, and, where there are any, the only ones that are not.
  let skip: [[String: [String]]]
  let only: [[String: [String]]]

  /// The folder of the study.
  var folder: String { settings.output?.path ?? "runs/\(settings.study)" }

  private static let free = [
    "vars", "set", "variations", "grid", "shorthand", "rates", "datasets", "anchors", "test", "skip", "only",
  ]

  /// Reads a file.
  ///
  /// - Throws: `ConfigurationError` with all problems of the file at once; those of the configurations it makes are found when it is expanded.
  init(_ path: String) throws(ConfigurationError) {
    self.path = path
    let tree = try ConfigurationFile.read(path)
    let folder = PathText.folder(of: PathText.absolute(path))
    var problems: [Problem] = []
    var rest = tree
    for key in Self.free { rest[key] = nil }
    settings = SettingsDecoder.decode(StudySettings.self, from: rest, problems: &problems)
    let vars = tree["vars"].map { [("vars", $0)] } ?? []
    let files = StudyLayer(
      .map([("base", tree["base"] ?? Node(.list([])))] + vars), shorthand: [:], folder: folder, path: "base", problems: &problems)
    base = files + StudyLayer(tree["set"] ?? .null, shorthand: [:], folder: folder, path: "set", problems: &problems)
    variations = StudyVariations(tree, folder: folder, problems: &problems).all
    (rates, warmStart) = Self.rates(tree["rates"], folder: folder, problems: &problems)
    test = StudyLayer(tree["test"] ?? .null, shorthand: [:], folder: folder, path: "test", problems: &problems)
    datasets = (tree["datasets"]?.fields ?? []).map { field in
      if !StudySettings.isName(field.key) {
        problems.append(
          Problem(
            mark: field.mark, path: "datasets.\(field.key)", sentence: "names have letters, digits, '-' and '_', found '\(field.key)'"))
      }
      return Dataset(
        name: field.key,
        layer: StudyLayer(field.value, shorthand: [:], folder: folder, path: "datasets.\(field.key)", problems: &problems),
        mark: field.mark)
    }
    let names = datasets.map(\.name)
    anchors = (tree["anchors"]?.fields ?? []).compactMap { Self.anchor($0, datasets: names, folder: folder, problems: &problems) }
    let keys = ["variation", "quality", "seed", "dataset"]
    skip = StudyVariations.conditions(tree["skip"], path: "skip", keys: keys, problems: &problems)
    only = StudyVariations.conditions(tree["only"], path: "only", keys: keys, problems: &problems)
    let known = Set(variations.map(\.name))
    if let baseline = settings.baseline, !known.contains(baseline) {
      let hint = NearMatch.question(
        for: baseline, among: Array(known), then: "the variations are \(known.sorted().joined(separator: ", "))")
      problems.append(
        Problem(mark: tree["baseline"]?.mark ?? tree.mark, path: "baseline", sentence: "there is no variation '\(baseline)'\(hint)"))
    }
    if settings.stages.contains("test"), datasets.isEmpty {
      problems.append(
        Problem(
          mark: tree.mark, path: "datasets",
          sentence: "tests need pictures, for example datasets: {kodak: {data: {class_path: datasets.Kodak, init_args: {data_dir: …}}}}"))
    }
    if let anchor = settings.compare.anchor, !anchor.hasPrefix("published:"), !known.contains(anchor),
      !anchors.contains(where: { $0.name == anchor })
    {
      let all = known.sorted() + anchors.map(\.name)
      problems.append(
        Problem(
          mark: tree["compare"]?["anchor"]?.mark ?? tree.mark, path: "compare.anchor",
          sentence:
            "there is no anchor or variation '\(anchor)'\(NearMatch.question(for: anchor, among: all, then: "there are \(all.joined(separator: ", "))"))"
        ))
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
  }

  private static func rates(_ node: Node?, folder: String, problems: inout [Problem]) -> (RateList?, WarmStart?) {
    guard let node, !node.isNull else { return (nil, nil) }
    do throws(ConfigurationError) {
      if let text = node.string {
        let path = PathText.short(PathText.absolute(text, from: folder))
        let content = try ConfigurationFile.read(path)
        return (try RateList(content["rates"] ?? content), nil)
      }
      var list = node
      list["warm_start"] = nil
      let rates = try RateList(list)
      guard let warm = node["warm_start"], !warm.isNull, warm.value != .bool(false) else { return (rates, nil) }
      let direction = warm["from"]?.string ?? (warm.value == .bool(true) ? "higher" : "")
      guard ["higher", "lower"].contains(direction) else {
        throw ConfigurationError(
          mark: warm.mark, path: "rates.warm_start",
          "expected {from: higher} (the highest rate is trained first) or {from: lower}, found \(warm.summary)")
      }
      var rest = warm
      rest["from"] = nil
      let layer =
        warm.fields == nil
        ? StudyLayer() : StudyLayer(rest, shorthand: [:], folder: folder, path: "rates.warm_start", problems: &problems)
      return (rates, WarmStart(fromHigher: direction == "higher", layer: layer))
    } catch {
      problems += error.problems
      return (nil, nil)
    }
  }

  private static func anchor(_ field: Node.Field, datasets: [String], folder: String, problems: inout [Problem]) -> Anchor? {
    let path = "anchors.\(field.key)"
    func report(_ mark: Mark, _ sentence: String) { problems.append(Problem(mark: mark, path: path, sentence: sentence)) }
    guard StudySettings.isName(field.key) else {
      report(field.mark, "names have letters, digits, '-' and '_', found '\(field.key)'")
      return nil
    }
    var node = field.value
    var chosen: [String]?
    if let list = node["datasets"] {
      chosen = (list.elements ?? [list]).compactMap(\.string)
      for name in chosen ?? [] where !datasets.contains(name) {
        report(list.mark, "there is no data set '\(name)'; there are \(datasets.joined(separator: ", "))")
      }
      node["datasets"] = nil
    }
    if let name = node.string ?? node["published"]?.string {
      let id = name.hasPrefix("published:") ? name : "published:\(name)"
      let folderOfCurve = id.dropFirst("published:".count).split(separator: "/").first.map(String.init)
      let datasets = chosen ?? folderOfCurve.map { name in datasets.filter { $0 == name } }
      return Anchor(name: field.key, source: .published(id), datasets: datasets, mark: field.mark)
    }
    guard node.fields != nil, node["codec"] != nil || node["config"] != nil else {
      report(
        field.value.mark,
        "expected {codec: codecs.WebP, qualities: [10, 50, 90]}, {config: FILE} or published:NAME, found \(field.value.summary)")
      return nil
    }
    for key in ["qualities", "qp"] {
      guard let range = node[key] else { continue }
      if key == "qp" { node["qp"] = nil }
      node["qualities"] = range
      guard let first = range["from"]?.number, let last = range["to"]?.number, range.fields != nil else { continue }
      let step = range["step"]?.number ?? 1
      guard step > 0, first <= last, (last - first) / step < 10_000 else {
        report(range.mark, "expected {from: 0, to: 51, step: 1}, found \(range.onOneLine)")
        continue
      }
      let values = stride(from: first, through: last, by: step).map { Node($0 == $0.rounded() ? .int(Int($0)) : .double($0)) }
      node["qualities"] = Node(.list(values), mark: range.mark)
    }
    let layer = StudyLayer(node, shorthand: [:], folder: folder, path: path, problems: &problems)
    return Anchor(name: field.key, source: .codec(layer), datasets: chosen, mark: field.mark)
  }
}

extension Node {
  /// The number that the node holds; nil for anything else.
  fileprivate var number: Double? {
    switch value {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }
}
