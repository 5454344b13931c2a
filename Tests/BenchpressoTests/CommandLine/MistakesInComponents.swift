/// Mistakes in class paths, and parts that do not fit together.
enum MistakesInComponents {
  private typealias Mistake = ErrorMessagesTests.Mistake

  private static let models = Mistake.known("model")
  private static let nonlinearities = Mistake.known("nonlinearity")

  static let all: [ErrorMessagesTests.Mistake] = [
    Mistake("neither model nor data", "fit", says: "error: fit needs --model and --data (give them as options or in --config)"),
    Mistake(
      "no data", "fit", "--model", "FactorizedPrior", says: "error: fit needs --data (give them as options or in --config)"),
    Mistake(
      "no model", "train", "--data", "Kodak", says: "error: fit needs --model (give them as options or in --config)"),
    Mistake(
      "no model to test", "test", "--data", "Kodak",
      says: """
        error: test needs --model (give them as options or in --config); weights of this program say which model they belong to
        """),
    Mistake(
      "no class path in a list", files: ["a.yaml": "trainer:\n  callbacks:\n    - init_args: {every_n_train_steps: 2}\n"], "fit",
      "--config",
      "ok.yaml", "--config", "a.yaml",
      says: """
        error: a.yaml:3:7: trainer.callbacks[0]: class_path is missing, expected a callback
             3 |     - init_args: {every_n_train_steps: 2}
               |       ^^^^^^^^^^
        """),
    Mistake(
      "unknown module", "fit", "--config", "ok.yaml", "--model", "models.nope.FactorizedPrior",
      says: "error: --model: there is no model 'models.nope.FactorizedPrior'; did you mean 'models.FactorizedPrior'? \(models)"),
    Mistake(
      "unknown class", "fit", "--config", "ok.yaml", "--model", "models.google_models.Nope",
      says: "error: --model: there is no model 'models.google_models.Nope'. \(models)"),
    Mistake(
      "unknown class in a file", files: ["b.yaml": "model:\n  class_path: models.FactorisedPrior\n"], "fit", "--config", "b.yaml", "--data",
      "Kodak",
      says: """
        error: b.yaml:2:15: model: there is no model 'models.FactorisedPrior'; did you mean 'models.FactorizedPrior'? \(models)
             2 |   class_path: models.FactorisedPrior
               |               ^^^^^^^^^^^^^^^^^^^^^^
        """),
    Mistake(
      "unknown short name", "fit", "--config", "ok.yaml", "--model.activation", "GND",
      says: "error: --model.activation: there is no nonlinearity 'GND'; did you mean 'nonlinearity.GDN'? \(nonlinearities)"),
    Mistake(
      "short name of another kind", "fit", "--config", "ok.yaml", "--model.activation", "Adam",
      says: "error: --model.activation: there is no nonlinearity 'Adam'. \(nonlinearities)"),
    Mistake(
      "wrong kind of class", "fit", "--config", "ok.yaml", "--model", "activations.ReLU",
      says: "error: --model: 'activations.ReLU' is a nonlinearity, not a model. \(models)"),
    Mistake(
      "wrong kind of class, within", "fit", "--config", "ok.yaml", "--model.activation", "models.FactorizedPrior",
      says: "error: --model.activation: 'models.FactorizedPrior' is a model, not a nonlinearity. \(nonlinearities)"),
    Mistake(
      "null for a component", files: ["c.yaml": "model: null\n"], "fit", "--config", "ok.yaml", "--config", "c.yaml",
      says: """
        error: c.yaml:1:8: model: expected a model (a class path, or a map of class_path and init_args), found null
             1 | model: null
               |        ^^^^
        """),
    Mistake(
      "argument beside init_args", files: ["d.yaml": "model:\n  class_path: models.FactorizedPrior\n  channels: 4\n"], "fit", "--config",
      "ok.yaml", "--config", "d.yaml",
      says: """
        error: d.yaml:3:3: model.channels: unknown key 'channels'; a component has class_path and init_args, and its arguments stand in \
        init_args
             3 |   channels: 4
               |   ^^^^^^^^^
        """),
    Mistake(
      "an argument that the new class does not take", "fit", "--config", "ok.yaml", "--model.activation.beta_min", "1e-5",
      "--model.activation", "ReLU",
      says: "error: --model.activation.beta_min: unknown option; nonlinearity.ReLU takes nothing"),
    Mistake(
      "networks that do not fit", "fit", "--config", "ok.yaml", "--model.decoder.expansion_channels", "7",
      says: """
        error: --model.decoder.expansion_channels: the encoder gives 192 channels (model.init_args.expansion_channels) but the decoder \
        takes 7 (model.init_args.decoder.init_args.expansion_channels)
        """),
    Mistake(
      "no such item in a list", files: ["e.yaml": "trainer: {callbacks: [ModelCheckpoint]}\n"], "fit", "--config", "ok.yaml", "--config",
      "e.yaml", "--trainer.callbacks[EarlyStopping].patience", "3",
      says: """
        error: --trainer.callbacks[EarlyStopping].patience: trainer.callbacks: there is no item 'EarlyStopping'; the list has \
        ModelCheckpoint
        """),
  ]
}
