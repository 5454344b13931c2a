import Configuration
import Registry
import SafeFiles
import Studies
import Training
import Weights

/// The units of a study with their configurations, all of them checked before anything runs.
struct StudyExpansion {
  /// A unit with the configuration that it runs.
  struct Cell {
    let unit: StudyUnit
    /// The resolved configuration, as YAML.
    let text: String
  }

  let file: StudyFile
  let catalogue: Catalogue
  private(set) var cells: [Cell] = []
  /// What is worth telling, once.
  private(set) var notes: [String] = []

  private var problems: [Problem] = []
  private let hash: StudyHash

  /// The plan of these units.
  var plan: StudyPlan {
    StudyPlan(study: file.settings.study, file: file.path, program: BuiltIn.version, units: cells.map(\.unit))
  }

  /// Expands a study.
  ///
  /// - Throws: `ConfigurationError` with all problems of all configurations, each once.
  init(_ file: StudyFile, catalogue: Catalogue) throws {
    self.file = file
    self.catalogue = catalogue
    hash = StudyHash(folder: PathText.folder(of: file.path), catalogue: catalogue)
    var fits: [Fit] = []
    for variation in file.variations { fits += try trainings(of: variation) }
    if problems.isEmpty { try checkDifferent(fits) }
    if file.settings.stages.contains("fit") { for fit in fits { add(fit.cell) } }
    if file.settings.stages.contains("test") {
      for fit in fits { for dataset in file.datasets { try addTest(of: fit, on: dataset) } }
    }
    for anchor in file.anchors { try addAnchor(anchor) }
    var unique: [Problem] = []
    for problem in problems.map({ StudyLayer.inFile($0, file.path) }) where !unique.contains(problem) { unique.append(problem) }
    guard unique.isEmpty else { throw ConfigurationError(unique) }
    var names: Set<String> = []
    for cell in cells where !names.insert(cell.unit.name).inserted {
      throw ConfigurationError(
        mark: Mark(source: file.path), "two units are called '\(cell.unit.name)'; give variations and anchors different names")
    }
    guard !cells.isEmpty else {
      throw ConfigurationError(mark: Mark(source: file.path), "nothing is left to do: 'skip' and 'only' leave out every cell")
    }
  }

  /// A training with what its tests need to know.
  private struct Fit {
    let cell: Cell
    let name: RunName
    let items: [ConfigurationRequest.Item]
    let variation: StudyVariations.Variation
    var unit: StudyUnit { cell.unit }
  }

  private mutating func add(_ cell: Cell) {
    var unit = cell.unit
    unit.index = cells.count
    cells.append(Cell(unit: unit, text: cell.text))
  }

  /// Whether a cell of the grid of the study belongs to it.
  private func includes(_ values: [String: String]) -> Bool {
    func meets(_ condition: [String: [String]]) -> Bool {
      condition.allSatisfy { key, wanted in values[key].map { wanted.contains($0) } ?? true }
    }
    /// A condition on data sets says nothing of trainings.
    func isDecided(_ condition: [String: [String]]) -> Bool { condition.keys.allSatisfy { values[$0] != nil } }
    if file.skip.contains(where: { isDecided($0) && meets($0) }) { return false }
    return file.only.isEmpty || file.only.contains(where: meets)
  }

  // MARK: Trainings

  private mutating func trainings(of variation: StudyVariations.Variation) throws -> [Fit] {
    var fits: [Fit] = []
    let rates: [RateList.Rate?] = file.rates?.values ?? [nil]
    for rate in rates {
      for seed in file.settings.seeds {
        if let fit = try training(variation, rate, seed: seed, isFirst: fits.isEmpty) { fits.append(fit) }
      }
    }
    guard let warm = file.warmStart else { return fits }
    // From one end of the curve to the other, each training depends on its neighbour.
    for seed in file.settings.seeds {
      var places = fits.indices.filter { fits[$0].unit.seed == seed }
      if warm.fromHigher { places.reverse() }
      for (before, place) in zip(places, places.dropFirst()) {
        let neighbour = fits[before].unit
        guard
          let fit = try training(
            variation, rates.first { $0?.label == fits[place].unit.quality } ?? nil, seed: seed, isFirst: false, warm: warm.layer,
            neighbour: neighbour)
        else { continue }
        fits[place] = fit
      }
    }
    return fits
  }

  private mutating func training(
    _ variation: StudyVariations.Variation, _ rate: RateList.Rate?, seed: Int, isFirst: Bool, warm: StudyLayer? = nil,
    neighbour: StudyUnit? = nil
  ) throws -> Fit? {
    let label = rate?.label ?? "q1"
    guard includes(["variation": variation.name, "quality": label, "seed": "\(seed)"]) else { return nil }
    let several = file.settings.seeds.count > 1
    let name = RunName(
      model: variation.name, stage: "fit", quality: label, metric: file.rates?.lossMetric ?? "mse", seed: several ? seed : nil)
    var items = (file.base + variation.layer).items
    if let rate, let rates = file.rates {
      items.append(.option(Override(path: rates.key, value: "\(rate.value)", mark: StudyLayer.mark(rates.mark))))
    }
    items += warm?.items ?? []
    items.append(.option(Override(path: "seed_everything", value: "\(seed)", mark: StudyLayer.mark(Mark(source: file.path)))))
    guard let experiment = read(items + naming(name.description), stage: "fit", place: variation.mark) else { return nil }
    if isFirst {
      // Shapes that do not fit are found now and not in the night.
      do { _ = try Session(experiment.experiment, catalogue: catalogue) } catch let error as ConfigurationError {
        problems += error.problems
      } catch {
        problems.append(Problem(mark: variation.mark, path: "variations.\(variation.name)", sentence: "\(error)"))
      }
      if let rates = file.rates {
        do throws(ConfigurationError) { try rates.check(experiment) } catch { problems += error.problems }
      }
    }
    let hash = hash.of(experiment.tree, kind: .fit, needs: neighbour.map { [$0.hash] } ?? [])
    let unit = StudyUnit(
      index: 0, name: name.description, kind: .fit, variation: variation.name, quality: label, rate: rate?.value, seed: seed,
      needs: neighbour.map { [$0.name] } ?? [], hash: hash, steps: experiment.experiment.trainer.maxSteps)
    return Fit(
      cell: Cell(unit: unit, text: text(experiment, unit)), name: name, items: items, variation: variation)
  }

  private func naming(_ name: String) -> [ConfigurationRequest.Item] {
    [.option(Override(path: "name", value: "'\(name)'", mark: StudyLayer.mark(Mark(source: file.path))))]
  }

  /// The configuration of a unit, whose runs lie in the unit's folder.
  private func text(_ experiment: ExperimentFile, _ unit: StudyUnit) -> String {
    let folder = StudyFolder(file.folder).unit(unit)
    var tree = experiment.tree
    tree["trainer"]?["default_root_dir"] = Node(.string(PathText.absolute(folder.runs)))
    if unit.kind == .test { tree["test"]?["output"] = Node(.string(PathText.absolute(folder.results))) }
    return Variables.escaped(tree).yaml(header: header(unit))
  }

  private func header(_ unit: StudyUnit) -> [String] {
    ["study \(file.settings.study), \(unit.name)", "benchpresso \(BuiltIn.version)"]
  }

  private mutating func read(_ items: [ConfigurationRequest.Item], stage: String, place: Mark) -> ExperimentFile? {
    do throws(ConfigurationError) {
      let experiment = try ExperimentFile(ConfigurationRequest(items: items, stage: stage), catalogue: catalogue)
      // Of a data set that takes the place of another nothing need be told.
      if stage == "fit" { for note in experiment.notes where !notes.contains("\(note)") { notes.append("\(note)") } }
      let missing = ["model", "data"].filter { experiment.written[$0].map(\.isNull) ?? true }
      guard missing.isEmpty else {
        throw ConfigurationError(
          mark: place,
          "a training needs \(missing.joined(separator: " and ")); name files that have it under 'base' of the study or of the variation")
      }
      return experiment
    } catch {
      problems += error.problems
      return nil
    }
  }

  /// Two variations that mean the same would be trained twice and compared in vain.
  private func checkDifferent(_ fits: [Fit]) throws(ConfigurationError) {
    var known: [String: Fit] = [:]
    for fit in fits {
      if let other = known[fit.unit.hash], other.variation.name != fit.variation.name {
        throw ConfigurationError(
          mark: fit.variation.mark, path: "variations.\(fit.variation.name)",
          "'\(other.variation.name)' and '\(fit.variation.name)' are the same configuration; let one of them differ, or remove it")
      }
      known[fit.unit.hash] = fit
    }
  }

  // MARK: Tests and anchors

  private mutating func addTest(of fit: Fit, on dataset: StudyFile.Dataset) throws {
    let unit = fit.unit
    let values = ["variation": fit.variation.name, "quality": unit.quality ?? "", "seed": "\(unit.seed ?? 0)", "dataset": dataset.name]
    guard includes(values) else { return }
    let name = fit.name.with(stage: "test").description
    let items = fit.items + dataset.layer.items + file.test.items + naming(name)
    guard let experiment = read(items, stage: "test", place: dataset.mark) else { return }
    let choice = file.settings.checkpoint.rawValue
    let hash = hash.of(experiment.tree, kind: .test, needs: [unit.hash, choice] + file.settings.metrics)
    let test = StudyUnit(
      index: 0, name: "\(name)/\(dataset.name)", kind: .test, variation: unit.variation, quality: unit.quality, rate: unit.rate,
      seed: unit.seed, dataset: dataset.name, needs: file.settings.stages.contains("fit") ? [unit.name] : [], hash: hash,
      checkpoint: choice)
    add(Cell(unit: test, text: text(experiment, test)))
  }

  private mutating func addAnchor(_ anchor: StudyFile.Anchor) throws {
    guard case .codec(let layer) = anchor.source, file.settings.stages.contains("test") else { return }
    for dataset in file.datasets where anchor.datasets?.contains(dataset.name) ?? true {
      guard includes(["variation": anchor.name, "dataset": dataset.name]) else { continue }
      do throws(ConfigurationError) {
        // Of the data set's configuration only the pictures count here.
        var pictures = Composition(
          ConfigurationRequest(items: file.base.items + dataset.layer.items + file.test.items, stage: "test"), root: Experiment.self,
          catalogue: catalogue)
        let data = try SettingsDecoding.data(&pictures)
        var items = layer.items
        items.append(.option(Override(path: "data", value: data.onOneLine, mark: StudyLayer.mark(dataset.mark))))
        items.append(.option(Override(path: "name", value: "'\(anchor.name)'", mark: StudyLayer.mark(anchor.mark))))
        var composition = Composition(ConfigurationRequest(items: items, stage: "codec"), root: CodecStudy.self, catalogue: catalogue)
        let study = try composition.decode(CodecStudy.self)
        var tree = try SettingsDecoding.tree(study, composition)
        let hash = hash.of(tree, kind: .anchor, needs: [])
        let unit = StudyUnit(
          index: 0, name: "\(anchor.name)/\(dataset.name)", kind: .anchor, dataset: dataset.name, hash: hash)
        tree["output"] = Node(.string(PathText.absolute(StudyFolder(file.folder).unit(unit).results)))
        add(Cell(unit: unit, text: Variables.escaped(tree).yaml(header: header(unit))))
      } catch {
        problems += error.problems
      }
    }
  }

  // MARK: Files

  /// Writes the plan, and the configuration of every unit that has none yet.
  ///
  /// - Returns: What changed against an earlier plan; nil where there was none.
  func write() throws -> StudyPlan.Change? {
    let folder = StudyFolder(file.folder)
    let old = PathText.exists(folder.plan) ? try StudyPlan.read(folder) : nil
    let new = plan
    try Folder.create(folder.units)
    for cell in cells {
      let place = folder.unit(cell.unit)
      guard !PathText.exists(place.configuration) else { continue }
      try Folder.create(place.path)
      try AtomicFile.write(cell.text, to: place.configuration)
    }
    if old != new { try new.write(folder) }
    return old?.change(to: new)
  }
}

/// Decoding a part of a configuration.
private enum SettingsDecoding {
  /// The data set of a composition, complete.
  static func data(_ composition: inout Composition) throws(ConfigurationError) -> Node {
    let experiment = try composition.decode(Experiment.self)
    return experiment.data.node
  }

  static func tree(_ study: CodecStudy, _ composition: Composition) throws(ConfigurationError) -> Node {
    do {
      return try SettingsEncoder.node(of: study, origins: composition.tree)
    } catch {
      throw ConfigurationError(mark: .defaults, "\(error)")
    }
  }
}
