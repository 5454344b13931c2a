import Configuration
import Registry
import Studies
import Training

/// The trainings of a study: each variation at each rate with each seed.
struct StudyTrainings {
  /// A training with what its tests need to know.
  struct Fit {
    let cell: StudyExpansion.Cell
    let name: RunName
    let items: [ConfigurationRequest.Item]
    let variation: StudyVariations.Variation
    let rate: RateList.Rate?
    var unit: StudyUnit { cell.unit }
  }

  private let variation: StudyVariations.Variation
  private var fits: [Fit] = []

  /// All trainings, variations outermost, then rates, then seeds.
  ///
  /// - Throws: `ConfigurationError` when two variations mean the same.
  static func all(_ study: inout StudyExpansion) throws(ConfigurationError) -> [Fit] {
    var fits: [Fit] = []
    for variation in study.file.variations {
      var trainings = StudyTrainings(variation: variation)
      trainings.expand(&study)
      fits += trainings.fits
    }
    if study.problems.isEmpty { try checkDifferent(fits) }
    return fits
  }

  private init(variation: StudyVariations.Variation) { self.variation = variation }

  private mutating func expand(_ study: inout StudyExpansion) {
    let rates: [RateList.Rate?] = study.file.rates?.list.values ?? [nil]
    for rate in rates {
      for seed in study.file.settings.seeds {
        if let fit = training(rate, seed: seed, &study) { fits.append(fit) }
      }
    }
    guard let warm = study.file.rates?.warmStart else { return }
    // From one end of the curve to the other, each training depends on its neighbour.
    for seed in study.file.settings.seeds {
      var places = fits.indices.filter { fits[$0].unit.seed == seed }
      if warm.fromHigher { places.reverse() }
      for (before, place) in zip(places, places.dropFirst()) {
        if let fit = training(fits[place].rate, seed: seed, start: (warm.layer, fits[before].unit), &study) { fits[place] = fit }
      }
    }
  }

  private func training(
    _ rate: RateList.Rate?, seed: Int, start: (layer: StudyLayer, neighbour: StudyUnit)? = nil, _ study: inout StudyExpansion
  ) -> Fit? {
    let file = study.file
    let label = rate?.label ?? "q1"
    guard study.includes(["variation": variation.name, "quality": label, "seed": "\(seed)"]) else { return nil }
    let name = RunName(
      model: variation.name, stage: "fit", quality: label, metric: file.rates?.list.lossMetric ?? "mse",
      seed: file.settings.seeds.count > 1 ? seed : nil)
    var items = (file.base + variation.layer).items
    if let rate, let rates = file.rates?.list {
      items.append(.option(Override(path: rates.key, value: "\(rate.value)", mark: StudyLayer.mark(rates.mark))))
    }
    items += start?.layer.items ?? []
    items.append(.option(Override(path: "seed_everything", value: "\(seed)", mark: StudyLayer.mark(Mark(source: file.path)))))
    guard let experiment = study.read(items + study.naming(name.description), stage: "fit", place: variation.mark) else { return nil }
    if fits.isEmpty { check(experiment, &study) }
    let hash = study.hash.of(experiment.tree, kind: .fit, needs: start.map { [$0.neighbour.hash] } ?? [])
    let unit = StudyUnit(
      index: 0, name: name.description, kind: .fit, variation: variation.name, quality: label, rate: rate?.value, seed: seed,
      needs: start.map { [$0.neighbour.name] } ?? [], hash: hash, steps: experiment.experiment.trainer.maxSteps)
    let cell = StudyExpansion.Cell(unit: unit, text: study.text(experiment.tree, unit), needs: StudyNeed.all(ofTraining: experiment))
    return Fit(cell: cell, name: name, items: items, variation: variation, rate: rate)
  }

  /// Shapes that do not fit are found now and not in the night.
  private func check(_ experiment: ExperimentFile, _ study: inout StudyExpansion) {
    do {
      let session = try Session(experiment.experiment, catalogue: study.catalogue)
      if study.checksMemory, let problem = StudyMemory(study.file).problem(of: variation.name, session, experiment) {
        study.problems.append(problem)
      }
      if let rates = study.file.rates {
        do throws(ConfigurationError) { try rates.list.check(experiment) } catch { study.problems += StudyRates.inside(error.problems) }
      }
    } catch let error as ConfigurationError {
      study.problems += error.problems
    } catch {
      study.problems.append(Problem(mark: variation.mark, path: "variations.\(variation.name)", sentence: "\(error)"))
    }
  }

  /// Two variations that mean the same would be trained twice and compared in vain.
  private static func checkDifferent(_ fits: [Fit]) throws(ConfigurationError) {
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
}
