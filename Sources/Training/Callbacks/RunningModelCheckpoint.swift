import Configuration
import SafeFiles

/// Writes the checkpoints of a run.
final class RunningModelCheckpoint: RunningCallback {
  private struct Kept {
    let path: String
    let value: Double
  }

  private let settings: ModelCheckpoint.Settings
  private var best: Double?
  /// The best that stay, the best first.
  private var kept: [Kept] = []

  init(settings: ModelCheckpoint.Settings) { self.settings = settings }

  let name = "ModelCheckpoint"

  private var monitor: MetricName { settings.monitor ?? .validationLoss }

  func checkpointIsDue(_ moment: CheckpointMoment, run: TrainingRun) throws {
    guard run.writes else { return }
    let isDue = isDue(run)
    var writesLast = moment.isLast || isDue
    if let value = watchedValue(moment, isDue: isDue, run: run) {
      if best.map({ settings.mode.isBetter(value, than: $0) }) ?? value.isFinite {
        best = value
        try run.writeCheckpoint(to: run.folder.best)
      }
      if settings.monitor != nil, settings.saveTopK > 1, try keep(value, run: run) { writesLast = true }
    }
    if isDue, settings.saveTopK == -1 { try run.writeCheckpoint(to: path(run)) }
    if writesLast, settings.saveLast { try run.writeCheckpoint(to: run.folder.last) }
  }

  private func isDue(_ run: TrainingRun) -> Bool {
    guard settings.saveTopK != 0 else { return false }
    if settings.everyNTrainSteps > 0, run.step.isMultiple(of: settings.everyNTrainSteps) { return true }
    guard let epochs = settings.everyNEpochs, run.clock.endsEpoch(run.step) else { return false }
    return (run.epoch + 1).isMultiple(of: epochs)
  }

  /// The watched metric where it is new: after a validation, or at the steps of a checkpoint when an update measures it.
  private func watchedValue(_ moment: CheckpointMoment, isDue: Bool, run: TrainingRun) -> Double? {
    monitor.isOfValidation ? moment.validation?.metrics[monitor.name] : isDue ? run.metrics[monitor.name] : nil
  }

  /// Writes the checkpoint where it is among the best, and removes the one that is no longer.
  private func keep(_ value: Double, run: TrainingRun) throws -> Bool {
    guard value.isFinite else { return false }
    if kept.count >= settings.saveTopK, let worst = kept.last, !settings.mode.isBetter(value, than: worst.value) { return false }
    let path = try path(run)
    kept.removeAll { $0.path == path }
    let place = kept.firstIndex { settings.mode.isBetter(value, than: $0.value) } ?? kept.endIndex
    kept.insert(Kept(path: path, value: value), at: place)
    let dropped = kept.count > settings.saveTopK ? kept.removeLast() : nil
    try run.writeCheckpoint(to: path)
    if let dropped, PathText.exists(dropped.path) { try FileRemoval.remove(dropped.path) }
    return true
  }

  private func path(_ run: TrainingRun) throws -> String {
    let folder = settings.dirpath?.path ?? run.folder.checkpoints
    try Folder.create(folder)
    let name = settings.filename.text(
      epoch: run.epoch, step: run.step, metrics: run.metrics, autoInsert: settings.autoInsertMetricName)
    return "\(folder)/\(name).ckpt"
  }

  func state() -> CallbackState {
    var texts: [String: String] = [:]
    if let best { texts["best"] = "\(best)" }
    for (place, kept) in kept.enumerated() { texts["kept.\(place)"] = "\(kept.value) \(kept.path)" }
    return CallbackState(texts: texts)
  }

  func restore(_ state: CallbackState, run: TrainingRun) {
    // A new run that starts from an old one's checkpoint has its own best.
    guard PathText.exists(run.folder.last) else { return }
    best = state.texts["best"].flatMap(Double.init)
    kept = (0..<max(settings.saveTopK, 0)).compactMap { place in
      guard let parts = state.texts["kept.\(place)"]?.split(separator: " ", maxSplits: 1), parts.count == 2,
        let value = Double(parts[0]), PathText.exists(String(parts[1]))
      else { return nil }
      return Kept(path: String(parts[1]), value: value)
    }
  }
}
