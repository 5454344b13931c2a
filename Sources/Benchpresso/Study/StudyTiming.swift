import Configuration
import Registry

/// What is timed of each variation: the sizes of the networks, of the pictures and of the batches.
struct StudyTiming {
  /// One size of the networks.
  struct Network {
    /// Its label; nil where the base has the one size.
    let label: String?
    let layer: StudyLayer
    let mark: Mark
  }

  /// How it is timed.
  private struct Procedure: ValidatedSettings {
    /// codec, transform or stages, as for `measure latency --what`.
    var what = "codec"
    /// How many pictures are coded together; single pictures are timed in any case.
    var batchSizes: [Int] = []
    /// How often each point is measured.
    var repeats = 50
    /// How often it is done untimed before.
    var warmup = 10
    /// How many threads compute; null for as many as libtorch takes.
    var threads: Int?

    init() {}

    func problems() -> [(key: String, sentence: String)] {
      var problems: [(key: String, sentence: String)] = []
      let targets = MeasureOptions.Target.allCases.map(\.rawValue)
      if !targets.contains(what) { problems.append(("what", "expected \(targets.joined(separator: ", ")), found '\(what)'")) }
      if !batchSizes.allSatisfy({ 1...65536 ~= $0 }) { problems.append(("batchSizes", "must be in 1 ... 65536, found \(batchSizes)")) }
      if !(1...1_000_000 ~= repeats) { problems.append(("repeats", "must be in 1 ... 1000000, found \(repeats)")) }
      if !(0...1_000_000 ~= warmup) { problems.append(("warmup", "must be in 0 ... 1000000, found \(warmup)")) }
      if let threads, !(1...1024 ~= threads) { problems.append(("threads", "must be in 1 ... 1024, found \(threads)")) }
      return problems
    }
  }

  let networks: [Network]
  /// The options of `benchpresso measure latency`.
  let options: [String]

  /// Reads `timing`; nil where there is none.
  init?(_ node: Node?, reader: inout StudyReader) {
    guard let node, !node.isNull else { return nil }
    var rest = node
    for key in ["networks", "resolutions"] { rest[key] = nil }
    let procedure = SettingsDecoder.decode(Procedure.self, from: rest, path: "timing", problems: &reader.problems)
    let labels = reader.named(node["networks"], path: "timing.networks")
    networks =
      labels.isEmpty
      ? [Network(label: nil, layer: StudyLayer(), mark: node.mark)]
      : labels.map { field in
        let layer = reader.layer(.map([("vars", field.value)], mark: field.value.mark), path: "timing.networks.\(field.key)")
        return Network(label: field.key, layer: layer, mark: field.mark)
      }
    let batches = ([1] + procedure.batchSizes.filter { $0 != 1 }).map { "\($0)" }.joined(separator: ",")
    var options = ["--what", procedure.what]
    if let sizes = Self.sizes(node["resolutions"], reader: &reader) { options += ["--sizes", sizes] }
    options += ["--batch-sizes", batches, "--repetitions", "\(procedure.repeats)", "--warm-up", "\(procedure.warmup)"]
    if let threads = procedure.threads { options += ["--threads", "\(threads)"] }
    self.options = options
  }

  /// The sizes of pictures as `--sizes` takes them; nil for the usual ones.
  private static func sizes(_ node: Node?, reader: inout StudyReader) -> String? {
    guard let node, !node.isNull else { return nil }
    let text: String
    if node.fields != nil {
      reader.checkKeys(node, path: "timing.resolutions", known: ["from", "to", "step"], what: "a range")
      let parts = ["from", "to", "step"].map { node[$0]?.onOneLine ?? "" }
      text = "\(parts[0])..\(parts[1]):\(parts[2])"
    } else {
      text = (node.elements ?? [node]).map { $0.string ?? $0.onOneLine }.joined(separator: ",")
    }
    guard SizeList(argument: text) != nil else {
      reader.report(
        node.mark, "timing.resolutions",
        "expected sides in pixels, [256, 512], or {from: 256, to: 1024, step: 128}, found \(node.onOneLine)")
      return nil
    }
    return text
  }
}
