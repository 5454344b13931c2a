public import Configuration
public import Registry

/// The components among a trainer's settings, built.
public struct TrainerParts: Sendable {
  /// What happens beside the training, in the order of the configuration.
  public var callbacks: [any TrainingCallback]
  /// Where the metrics go.
  public var loggers: [any TrainingLogger]

  /// Creates parts; without any those of the default settings.
  public init(callbacks: [any TrainingCallback] = [ModelCheckpoint()], loggers: [any TrainingLogger] = [CSVLogger()]) {
    self.callbacks = callbacks
    self.loggers = loggers
  }

  /// Builds the components of `settings`; where they name no `callbacks.ModelCheckpoint` and checkpoints are wanted, there is the default one.
  ///
  /// - Throws: ``ConfigurationError`` as the catalogue does.
  public init(_ settings: TrainerSettings, catalogue: Catalogue) throws(ConfigurationError) {
    var callbacks: [any TrainingCallback] = []
    for callback in settings.callbacks { callbacks.append(try catalogue.build(callback, as: (any TrainingCallback).self)) }
    var loggers: [any TrainingLogger] = []
    // The numbers are kept on the disk wherever else they go.
    let choice = settings.logger.loggers
    let hasFile = choice.contains { $0.classPath == LoggerChoice.standard.first?.classPath }
    for logger in choice.isEmpty || hasFile ? choice : LoggerChoice.standard + choice {
      loggers.append(try catalogue.build(logger, as: (any TrainingLogger).self))
    }
    if settings.enableCheckpointing, !callbacks.contains(where: { $0 is ModelCheckpoint }) { callbacks.append(ModelCheckpoint()) }
    self.init(callbacks: callbacks, loggers: loggers)
  }
}
