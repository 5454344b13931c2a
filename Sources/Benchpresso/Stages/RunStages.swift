import Configuration
import Registry
import Training

/// Several stages of one configuration, for one rate or for several.
struct RunStages {
  let invocation: StageInvocation
  /// How the result of the test is printed.
  var format = OutputFormat.text

  private static let all = ["fit", "validate", "test", "predict"]

  /// Runs the stages.
  func run() throws {
    let stages = try stages()
    guard stages.contains("fit") else { return try run(stages, group: nil) }
    try JointTraining.run { try run(stages, group: $0) }
  }

  private func run(_ stages: [String], group: TrainingGroup?) throws {
    let units = try units()
    for unit in units {
      let first = unit.invocation(stages[0], of: invocation)
      if invocation.words.printing != nil {
        _ = try first.load(weights: first.checkpoint())
      } else if stages[0] == "fit" {
        // Every configuration is read before the first training; a measurement also needs what its weights say.
        let file = try first.read(weights: first.checkpoint())
        if stages.contains("test") { try MetricChoice(file.experiment.test.metrics).check() }
      }
    }
    if invocation.words.printing != nil { return }
    var checkpoints: [String?] = []
    var runs: [RunFolder] = []
    for unit in units { checkpoints.append(try run(stages, of: unit, group: group, runs: &runs)) }
    if format == .json && stages == ["fit"] {
      let reports = runs.map { RunReport($0) }
      Console.result(try units.count == 1 ? JSONOutput.text(reports.first) : JSONOutput.text(reports))
    }
    guard stages.contains("test"), group?.place.isFirst ?? true else { return }
    let first = units[0].invocation("test", of: invocation, name: units.count > 1 ? units[0].curveName : nil)
    let others = zip(units, checkpoints).dropFirst().compactMap { unit, checkpoint in
      checkpoint.map { (unit.invocation("test", of: invocation), $0) }
    }
    try TestStage(invocation: first, others: others, format: format, fallback: checkpoints[0]).test()
  }

  /// Runs all stages but the test; what follows the training is done by the first process alone.
  ///
  /// - Parameter runs: Where the run of a training is added.
  /// - Returns: The checkpoint to test; nil where the configuration names it.
  private func run(_ stages: [String], of unit: RateUnit, group: TrainingGroup?, runs: inout [RunFolder]) throws -> String? {
    var checkpoint: String?
    if stages.contains("fit") {
      let folder = try FitStage(invocation: unit.invocation("fit", of: invocation), group: group).run()
      if let folder { runs.append(folder) }
      guard group?.place.isFirst ?? true else { return nil }
      checkpoint = folder.map { PathText.exists($0.best) ? $0.best : $0.last }
      if let path = checkpoint, !PathText.exists(path) { checkpoint = nil }
      guard checkpoint != nil || stages == ["fit"] else {
        throw UsageError.needs("the training wrote no checkpoint (enable_checkpointing, fast_dev_run), so nothing can be measured after it")
      }
    } else {
      checkpoint = try earlierCheckpoint(of: unit)
    }
    // As JSON there is one result: that of the test where there is one.
    let isQuiet = format == .json && stages.contains("test")
    if stages.contains("validate") {
      let invocation = unit.invocation("validate", of: invocation)
      try ValidateStage(invocation: invocation, format: format, isQuiet: isQuiet, fallback: checkpoint).run()
    }
    if stages.contains("predict") {
      let invocation = unit.invocation("predict", of: invocation)
      try TestStage(invocation: invocation, format: format, isQuiet: isQuiet, fallback: checkpoint).predict()
    }
    return checkpoint
  }

  /// The best checkpoint of an earlier training of the same name; nil where the configuration names one.
  private func earlierCheckpoint(of unit: RateUnit) throws -> String? {
    let lookup = CheckpointLookup(request: unit.invocation("fit", of: invocation).request(), catalogue: invocation.catalogue)
    if try lookup.path() != nil { return nil }
    let (name, root) = lookup.run
    guard let folder = try CheckpointLookup.newestFolder(name: name, root: root) else {
      throw UsageError.needs("there is no trained run '\(name)' in '\(root)'; add fit to --stage, or name weights with --ckpt_path")
    }
    return PathText.exists(folder.best) ? folder.best : folder.last
  }

  private func stages() throws -> [String] {
    let words = invocation.words.stages ?? ["all"]
    if words == ["all"] { return ["fit", "validate", "test"] }
    let named = words.map { $0 == "train" ? "fit" : $0 }
    if let wrong = named.first(where: { !Self.all.contains($0) }) {
      throw UsageError.badValue(option: "stage", value: wrong, valid: ["all"] + Self.all)
    }
    return Self.all.filter { named.contains($0) }
  }

  /// One unit for each rate, or a single one.
  private func units() throws -> [RateUnit] {
    guard let path = invocation.words.rates else { return [RateUnit()] }
    let rates = try RateList(path: path)
    let file = try ExperimentFile(invocation.request(), catalogue: invocation.catalogue)
    try rates.check(file)
    let given = file.written["name"]?.string
    let variation = given.flatMap { RunName($0)?.model ?? $0 } ?? Self.variation(of: file.experiment.model.classPath)
    return rates.values.map { rate in
      RateUnit(variation: variation, metric: rates.lossMetric, rate: rate, key: rates.key, mark: Mark(source: "--rates_config \(path)"))
    }
  }

  /// `models.FactorizedPrior` gives `factorized_prior`.
  private static func variation(of classPath: String) -> String {
    KeySpelling.snakeCase(classPath.split(separator: ".").last.map(String.init) ?? classPath)
  }
}

/// One rate of a run.
private struct RateUnit {
  var variation = ""
  var metric = ""
  var rate: RateList.Rate?
  var key = ""
  var mark = Mark.defaults

  /// The name of the curve that all rates form together.
  var curveName: String { "\(variation)_test_\(metric)" }

  /// The invocation of a stage for this rate.
  func invocation(_ stage: String, of whole: StageInvocation, name: String? = nil) -> StageInvocation {
    var result = whole
    result.stage = stage
    guard let rate else { return result }
    let own = name ?? RunName(model: variation, stage: stage == "test" ? "fit" : stage, quality: rate.label, metric: metric).description
    result.additions = [
      .option(Override(path: key, value: "\(rate.value)", mark: mark)),
      .option(Override(path: "name", value: own, mark: mark)),
    ]
    return result
  }
}
