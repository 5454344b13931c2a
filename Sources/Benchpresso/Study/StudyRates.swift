import Configuration

/// The rates of a study, and whether one training starts from the weights of another.
struct StudyRates {
  /// A training at one rate starts from the weights of the next one.
  struct WarmStart {
    /// Whether the highest rate is trained first; otherwise the lowest.
    let fromHigher: Bool
    /// What trainings differ in that start from a neighbour.
    let layer: StudyLayer
  }

  let list: RateList
  let warmStart: WarmStart?

  /// Reads `rates`: a map as `--rates_config` takes it, with `warm_start` in it, or the name of such a file; nil where there are none or a problem.
  init?(_ node: Node?, reader: inout StudyReader) {
    guard let node, !node.isNull else { return nil }
    do throws(ConfigurationError) {
      if let text = node.string {
        let content = try Self.file(text, node.mark, folder: reader.folder)
        list = try RateList(content["rates"] ?? content)
        warmStart = nil
        return
      }
      guard node.fields != nil else {
        throw ConfigurationError(
          mark: node.mark, path: "rates", "expected {values: {q1: 0.0018, q2: 0.0035}} or the name of a file, found \(node.summary)")
      }
      let known = ["loss_metric", "key", "values", "warm_start"]
      reader.checkKeys(node, path: "rates", known: known, what: "a list of rates")
      var rest = node
      for field in node.fields ?? [] where !known.dropLast().contains(field.key) { rest[field.key] = nil }
      list = try RateList(rest)
      warmStart = try Self.warmStart(node["warm_start"], reader: &reader)
    } catch {
      reader.problems += Self.inside(error.problems)
      return nil
    }
  }

  /// The paths of a list of rates begin inside it; here it is a part of a study.
  static func inside(_ problems: [Problem]) -> [Problem] {
    problems.map { problem in
      if problem.path == "rates" || problem.path.hasPrefix("rates.") { return problem }
      return Problem(mark: problem.mark, path: problem.path.isEmpty ? "rates" : "rates.\(problem.path)", sentence: problem.sentence)
    }
  }

  private static func file(_ name: String, _ mark: Mark, folder: String) throws(ConfigurationError) -> Node {
    let path = PathText.short(PathText.absolute(name, from: folder))
    guard PathText.exists(path) else {
      throw ConfigurationError(
        mark: mark, path: "rates", "there is no file '\(path)' ('\(name)' is taken relative to the study file)")
    }
    return try ConfigurationFile.read(path)
  }

  private static func warmStart(_ node: Node?, reader: inout StudyReader) throws(ConfigurationError) -> WarmStart? {
    guard let node, !node.isNull, node.value != .bool(false) else { return nil }
    if node.value == .bool(true) { return WarmStart(fromHigher: true, layer: StudyLayer()) }
    guard node.fields != nil, let direction = node["from"]?.string, ["higher", "lower"].contains(direction) else {
      throw ConfigurationError(
        mark: node.mark, path: "rates.warm_start",
        "expected {from: higher} (the highest rate is trained first) or {from: lower}, found \(node.onOneLine)")
    }
    var rest = node
    rest["from"] = nil
    return WarmStart(fromHigher: direction == "higher", layer: reader.layer(rest, path: "rates.warm_start"))
  }
}
