public import Configuration
public import Registry

/// The components among a trainer's settings, built.
public struct TrainerParts: Sendable {
  /// When checkpoints are written; empty for never.
  public var checkpoints: [ModelCheckpoint]
  /// Where the metrics go.
  public var loggers: [any TrainingLogger]

  /// Creates parts; without any those of the default settings.
  public init(checkpoints: [ModelCheckpoint] = [ModelCheckpoint()], loggers: [any TrainingLogger] = [CSVLogger()]) {
    self.checkpoints = checkpoints
    self.loggers = loggers
  }

  /// Builds the components of `settings`; where they name no `callbacks.ModelCheckpoint` and checkpoints are wanted, there is the default one.
  ///
  /// - Throws: ``ConfigurationError`` as the catalogue does.
  public init(_ settings: TrainerSettings, catalogue: Catalogue) throws(ConfigurationError) {
    var checkpoints: [ModelCheckpoint] = []
    for callback in settings.callbacks { checkpoints.append(try catalogue.build(callback)) }
    var loggers: [any TrainingLogger] = []
    // The numbers are kept on the disk wherever else they go.
    let choice = settings.logger.loggers
    let hasFile = choice.contains { $0.classPath == LoggerChoice.standard.first?.classPath }
    for logger in choice.isEmpty || hasFile ? choice : LoggerChoice.standard + choice {
      loggers.append(try catalogue.build(logger, as: (any TrainingLogger).self))
    }
    if checkpoints.isEmpty { checkpoints = [ModelCheckpoint()] }
    self.init(checkpoints: settings.enableCheckpointing ? checkpoints : [], loggers: loggers)
  }
}
