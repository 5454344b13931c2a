import Configuration
import Datasets
import Registry
import Studies

extension StudyExpansion {
  /// Adds the test of a training on a data set.
  mutating func addTest(of fit: StudyTrainings.Fit, on dataset: StudyFile.Dataset) {
    let unit = fit.unit
    let values = ["variation": fit.variation.name, "quality": unit.quality ?? "", "seed": "\(unit.seed ?? 0)", "dataset": dataset.name]
    guard includes(values) else { return }
    let name = fit.name.with(stage: "test").description
    let items = fit.items + dataset.layer.items + file.test.items + metrics + naming(name)
    guard let experiment = read(items, stage: "test", place: dataset.mark) else { return }
    let isTrained = file.settings.stages.contains("fit")
    if !isTrained, experiment.experiment.ckptPath == nil {
      problems.append(
        Problem(
          mark: fit.variation.mark, path: "variations.\(fit.variation.name)",
          sentence: "tests without trainings need weights: add fit to 'stages', or name them as ckpt_path of the variation"))
      return
    }
    let choice = file.settings.checkpoint.rawValue
    let hash = hash.of(experiment.tree, kind: .test, needs: [unit.hash, choice])
    let test = StudyUnit(
      index: 0, name: "\(name)/\(dataset.name)", kind: .test, variation: unit.variation, quality: unit.quality, rate: unit.rate,
      seed: unit.seed, dataset: dataset.name, needs: isTrained ? [unit.name] : [], hash: hash, checkpoint: choice)
    add(Cell(unit: test, text: text(experiment.tree, test), needs: StudyNeed.all(ofTest: experiment)))
  }

  /// Adds the curves of a classical codec, one for each data set.
  mutating func addAnchor(_ anchor: StudyAnchor) {
    guard case .codec(let layer) = anchor.source else { return }
    for dataset in file.datasets where anchor.datasets?.contains(dataset.name) ?? true {
      guard includes(["variation": anchor.name, "dataset": dataset.name]) else { continue }
      do throws(ConfigurationError) {
        let (study, tree) = try codecStudy(anchor, layer, dataset)
        let unit = StudyUnit(
          index: 0, name: "\(anchor.name)/\(dataset.name)", kind: .anchor, dataset: dataset.name,
          hash: hash.of(tree, kind: .anchor, needs: []))
        add(Cell(unit: unit, text: text(tree, unit), needs: StudyNeed.all(of: study, mark: StudyLayer.mark(anchor.mark))))
      } catch {
        problems += error.problems
      }
    }
  }

  private func codecStudy(
    _ anchor: StudyAnchor, _ layer: StudyLayer, _ dataset: StudyFile.Dataset
  ) throws(ConfigurationError) -> (CodecStudy, Node) {
    // Of the data set's configuration only the pictures count here.
    var pictures = Composition(
      ConfigurationRequest(items: file.base.items + dataset.layer.items + file.test.items, stage: "test"), root: Experiment.self,
      catalogue: catalogue)
    let data = try pictures.decode(Experiment.self).data.node
    var items = layer.items
    items.append(.option(Override(path: "data", value: data.onOneLine, mark: StudyLayer.mark(dataset.mark))))
    items.append(.option(Override(path: "name", value: "'\(anchor.name)'", mark: StudyLayer.mark(anchor.mark))))
    items += metrics(at: "metrics")
    var composition = Composition(ConfigurationRequest(items: items, stage: "codec"), root: CodecStudy.self, catalogue: catalogue)
    let study = try composition.decode(CodecStudy.self)
    do {
      return (study, try SettingsEncoder.node(of: study, origins: composition.tree))
    } catch {
      throw ConfigurationError(mark: anchor.mark, path: "anchors.\(anchor.name)", "\(error)")
    }
  }

  /// Adds the timings of a variation, one for each size of its networks.
  mutating func addTimings(of variation: StudyVariations.Variation) {
    guard let timing = file.timing, includes(["variation": variation.name]) else { return }
    for network in timing.networks {
      let name = "\(variation.name)_time" + (network.label.map { "_\($0)" } ?? "")
      let items = (file.base + variation.layer + network.layer).items + naming(name)
      guard let experiment = read(items, stage: "time", place: variation.mark) else { continue }
      let unit = StudyUnit(
        index: 0, name: name, kind: .time, variation: variation.name,
        hash: hash.of(experiment.tree, kind: .time, needs: timing.options), network: network.label, options: timing.options)
      add(Cell(unit: unit, text: text(experiment.tree, unit)))
    }
  }
}

extension StudyNeed {
  /// What a training needs.
  static func all(ofTraining file: ExperimentFile) -> [StudyNeed] {
    let mark = file.tree["data"]?.mark ?? .defaults
    let place = file.tree.node(at: "data.init_args.data_dir")?.mark ?? mark
    return [.init(subject: .pictures(file.experiment.data, .train), mark: place, path: "data.init_args.data_dir")]
      + [.init(subject: .pictures(file.experiment.data, .validate), mark: place, path: "data.init_args.data_dir")]
      + weights(file.experiment.initWeights?.path, file, "init_weights")
  }

  /// What a test needs.
  static func all(ofTest file: ExperimentFile) -> [StudyNeed] {
    let place = (file.tree.node(at: "data.init_args.data_dir") ?? file.tree["data"])?.mark ?? .defaults
    var needs = [StudyNeed(subject: .pictures(file.experiment.data, .test), mark: place, path: "data.init_args.data_dir")]
    if !file.experiment.test.metrics.isEmpty {
      needs.append(.init(subject: .metrics(file.experiment.test.metrics), mark: .defaults, path: "metrics"))
    }
    if case .file(let path)? = file.experiment.ckptPath { needs += weights(path.path, file, "ckpt_path") }
    return needs
  }

  /// What the curve of a classical codec needs.
  static func all(of study: CodecStudy, mark: Mark) -> [StudyNeed] {
    var needs = [
      StudyNeed(subject: .pictures(study.data, .test), mark: mark, path: "datasets"),
      StudyNeed(subject: .codec(study.codec), mark: mark, path: "anchors"),
    ]
    if !study.metrics.isEmpty { needs.append(.init(subject: .metrics(study.metrics), mark: .defaults, path: "metrics")) }
    return needs
  }

  private static func weights(_ path: String?, _ file: ExperimentFile, _ key: String) -> [StudyNeed] {
    path.map { [.init(subject: .weights($0), mark: file.tree[key]?.mark ?? .defaults, path: key)] } ?? []
  }
}
