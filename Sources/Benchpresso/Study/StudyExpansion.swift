import Configuration
import Registry
import SafeFiles
import Studies

/// The units of a study with their configurations, all of them checked before anything runs.
struct StudyExpansion {
  /// A unit with the configuration that it runs.
  struct Cell {
    let unit: StudyUnit
    /// The resolved configuration, as YAML.
    let text: String
    /// What has to be there before it can run.
    var needs: [StudyNeed] = []
  }

  let file: StudyFile
  let catalogue: Catalogue
  /// Whether trainings that take more memory than there is are mistakes.
  let checksMemory: Bool
  private(set) var cells: [Cell] = []
  /// What is worth telling, once.
  private(set) var notes: [String] = []
  /// What is wrong with the configurations that were made so far.
  var problems: [Problem] = []
  let hash: StudyHash

  /// The folder of the study.
  var folder: StudyFolder { StudyFolder(file.folder) }

  /// The plan of these units.
  var plan: StudyPlan {
    StudyPlan(study: file.settings.study, file: file.path, program: BuiltIn.version, units: cells.map(\.unit))
  }

  /// Expands a study.
  ///
  /// - Parameter checksMemory: Whether trainings that take more memory than there is are mistakes; to know it, a few steps of each variation are made.
  /// - Throws: `ConfigurationError` with all problems of all configurations, each once.
  init(_ file: StudyFile, catalogue: Catalogue, checksMemory: Bool = false) throws {
    self.file = file
    self.catalogue = catalogue
    self.checksMemory = checksMemory
    hash = StudyHash(folder: PathText.folder(of: file.path), catalogue: catalogue)
    let fits = try StudyTrainings.all(&self)
    if file.settings.stages.contains("fit") { for fit in fits { add(fit.cell) } }
    if file.settings.stages.contains("test") {
      for fit in fits { for dataset in file.datasets { addTest(of: fit, on: dataset) } }
      for anchor in file.anchors { addAnchor(anchor) }
    }
    for variation in file.variations { addTimings(of: variation) }
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

  /// Takes a cell as the next one.
  mutating func add(_ cell: Cell) {
    var cell = cell
    var unit = cell.unit
    unit.index = cells.count
    cell = Cell(unit: unit, text: cell.text, needs: cell.needs)
    cells.append(cell)
  }

  /// Whether a cell belongs to the study.
  func includes(_ values: [String: String]) -> Bool {
    if file.skip.contains(where: { $0.isDecided(by: values) && $0.isMet(by: values) }) { return false }
    return file.only.isEmpty || file.only.contains { $0.isMet(by: values) }
  }

  // MARK: Configurations

  /// The setting of a run's name.
  func naming(_ name: String) -> [ConfigurationRequest.Item] {
    [.option(Override(path: "name", value: "'\(name)'", mark: StudyLayer.mark(Mark(source: file.path))))]
  }

  /// The measures that the study names.
  var metrics: [ConfigurationRequest.Item] { metrics(at: "test.metrics") }

  /// The measures that the study names, as a setting at `path`.
  func metrics(at path: String) -> [ConfigurationRequest.Item] {
    file.metrics.map { .option(Override(path: "\(path)+", value: $0, mark: StudyLayer.mark(Mark(source: file.path)))) }
  }

  /// The configuration of a unit, whose runs and results lie in the unit's folder.
  func text(_ tree: Node, _ unit: StudyUnit) -> String {
    let folder = folder.unit(unit)
    var tree = tree
    switch unit.kind {
    case .fit: tree["trainer"]?["default_root_dir"] = Node(.string(PathText.absolute(folder.runs)))
    case .test:
      tree["trainer"]?["default_root_dir"] = Node(.string(PathText.absolute(folder.runs)))
      tree["test"]?["output"] = Node(.string(PathText.absolute(folder.results)))
    case .anchor: tree["output"] = Node(.string(PathText.absolute(folder.results)))
    case .time: tree = .map([("name", tree["name"] ?? .null), ("model", tree["model"] ?? .null)])
    }
    return Variables.escaped(tree).yaml(header: ["study \(file.settings.study), \(unit.name)", "benchpresso \(BuiltIn.version)"])
  }

  /// Reads the configuration that some settings make; nil, and its problems, where it is wrong.
  mutating func read(_ items: [ConfigurationRequest.Item], stage: String, place: Mark) -> ExperimentFile? {
    do throws(ConfigurationError) {
      let experiment = try ExperimentFile(ConfigurationRequest(items: items, stage: stage), catalogue: catalogue)
      // Of a data set that takes the place of another nothing need be told.
      if stage == "fit" { for note in experiment.notes where !notes.contains("\(note)") { notes.append("\(note)") } }
      let missing = ["model", "data"].filter { experiment.written[$0].map(\.isNull) ?? true && !(stage == "time" && $0 == "data") }
      guard missing.isEmpty else {
        throw ConfigurationError(
          mark: place,
          "\(stage) needs \(missing.joined(separator: " and ")); name files that have it under 'base' of the study or of the variation")
      }
      return experiment
    } catch {
      problems += error.problems
      return nil
    }
  }
}
