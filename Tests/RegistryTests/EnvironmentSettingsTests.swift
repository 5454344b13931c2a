import Configuration
import Registry
import Testing

@Suite struct EnvironmentSettingsTests {
  private static let files = [
    "t1.yaml": "trainer: {max_steps: 1}\n", "e.yaml": "trainer: {max_steps: 20, max_epochs: 21}\n", "f.yaml": "trainer: {max_steps: 30}\n",
  ]
  private static let p = "BENCHPRESSO_"

  static let known: [(variables: [String: String], stage: String, steps: Int)] = [
    (["TRAINER__MAX_STEPS": "5"], "fit", 5), (["FIT__TRAINER__MAX_STEPS": "5"], "fit", 5), (["TRAIN__TRAINER__MAX_STEPS": "5"], "fit", 5),
    (["FIT__TRAINER__MAX_STEPS": "5"], "train", 5), (["FIT__TRAINER__MAX_STEPS": "5"], "test", 100),
    (["TEST__TRAINER__MAX_STEPS": "5"], "test", 5),
    (["TRAINER__MAX_STEPS": "5", "FIT__TRAINER__MAX_STEPS": "6"], "fit", 6), (["trainer__max_steps": "5"], "fit", 5),
    (["TRAINER": "{max_steps: 5}"], "fit", 5),
    (["CONFIG": "@/e.yaml"], "fit", 20), (["FIT__CONFIG": "@/f.yaml"], "fit", 30), (["FIT__CONFIG": "@/f.yaml"], "test", 100),
    (["CONFIG": "@/e.yaml", "FIT__CONFIG": "@/f.yaml"], "fit", 30), (["CONFIG": "@/e.yaml", "TRAINER__MAX_STEPS": "5"], "fit", 5),
    (["TRAINER": "@/part.yaml"], "fit", 9),
    (["ENV": "0", "TRAINER__MAX_STEPS": "5"], "fit", 100), (["ENV": "off", "CONFIG": "@/e.yaml"], "fit", 100),
    (["ENV": "No", "TRAINER__MAX_STEPS": "5"], "fit", 100),
    (["ENV": "1", "TRAINER__MAX_STEPS": "5"], "fit", 5), ([:], "fit", 100),
  ]

  @Test(arguments: known)
  func variables(variables: [String: String], stage: String, steps: Int) throws {
    let world = try FileWorld(Self.files.merging(["part.yaml": "max_steps: 9\n"]) { $1 })
    var composition = try world.compose(
      [], environment: Dictionary(uniqueKeysWithValues: variables.map { (Self.p + $0, $1) }), stage: stage)
    #expect(try composition.decode(WorldSettings.self).trainer.maxSteps == steps)
    #expect(composition.notes.isEmpty)
  }

  /// Defaults, then the variables' file, then single variables, then the command line.
  @Test func theCommandLineLiesAbove() throws {
    let world = try FileWorld(Self.files)
    let environment = [Self.p + "CONFIG": "@/e.yaml", Self.p + "TRAINER__MAX_STEPS": "5"]
    for (pieces, steps) in [(["t1.yaml"], 1), (["--trainer.max_steps=3"], 3), ([], 5)] {
      var composition = try world.compose(pieces, environment: environment)
      let trainer = try composition.decode(WorldSettings.self).trainer
      #expect(trainer.maxSteps == steps && trainer.maxEpochs == 21)
    }
  }

  static let nested: [(variables: [String: String], path: String, value: Node)] = [
    (["MODEL__LAMBDA": "0.5"], "lambda", 0.5), (["MODEL__INIT_ARGS__LAMBDA": "0.5"], "lambda", 0.5),
    (["MODEL__LOSS_METRIC": "ms_ssim"], "loss_metric", "ms_ssim"),
    (["MODEL__ENCODER__CHANNELS": "6"], "encoder.init_args.channels", 6),
    (["MODEL__ENCODER__ACTIVATION": "nonlinearity.Identity"], "encoder.init_args.activation.class_path", "nonlinearity.Identity"),
  ]

  @Test(arguments: nested)
  func insideOfComponents(variables: [String: String], path: String, expected: Node) throws {
    var composition = try FileWorld().compose([], environment: Dictionary(uniqueKeysWithValues: variables.map { (Self.p + $0, $1) }))
    let settings = try composition.decode(WorldSettings.self)
    #expect(settings.model.arguments.node(at: path) == expected)
    #expect(composition.notes.isEmpty)
  }

  @Test func variablesOfTheConfigurationKeepTheirCase() throws {
    let world = try FileWorld(["a.yaml": "vars: {N: 8, large_M: 2}\ntrainer: {max_steps: '${N}', max_epochs: '${large_M}'}\n"])
    for (name, path) in [("VARS__N", \WorldSettings.trainer.maxSteps), ("FIT__VARS__N", \WorldSettings.trainer.maxSteps)] {
      // The file lies above the variable, so another one has to leave N open.
      let open = try FileWorld(["a.yaml": "trainer: {max_steps: '${N}'}\n"])
      var composition = try open.compose(["a.yaml"], environment: [Self.p + name: "3"])
      #expect(try composition.decode(WorldSettings.self)[keyPath: path] == 3)
    }
    var composition = try world.compose(["a.yaml"], environment: [Self.p + "VARS__N": "3"])
    #expect(try composition.decode(WorldSettings.self).trainer.maxSteps == 8)
  }

  @Test(arguments: [
    ("TRAINER__MAX_STEP", "no setting is called 'trainer.max_step', so the variable does nothing; unset it or correct its name"),
    ("NOTHING", "no setting is called 'nothing', so the variable does nothing; unset it or correct its name"),
    ("MODEL__ENCODER__CHANELS", "no setting is called 'model.encoder.chanels', so the variable does nothing; unset it or correct its name"),
    ("FITT__CONFIG", "no setting is called 'fitt.config', so the variable does nothing; unset it or correct its name"),
    ("TEST__TRAINER__X", "no setting is called 'test.trainer.x', so the variable does nothing; unset it or correct its name"),
  ])
  func unknownOnesAreNoted(name: String, sentence: String) throws {
    let composition = try FileWorld().compose([], environment: [Self.p + name: "1"])
    #expect(composition.notes == [Note(mark: .environment(Self.p + name), path: "", sentence: sentence)])
    #expect(composition.problems.isEmpty)
  }

  @Test(arguments: ["BENCHPRESSO_KODAK", "BENCHPRESSO_WITHOUT_TORCH", "OTHER_TRAINER__MAX_STEPS", "PATH"])
  func othersAreLeftAlone(name: String) throws {
    var composition = try FileWorld().compose([], environment: [name: "1"])
    #expect(try composition.decode(WorldSettings.self).trainer == WorldSettings.Trainer())
    #expect(composition.notes.isEmpty)
  }

  @Test func mistakesNameTheVariable() throws {
    let world = try FileWorld()
    let environment = [Self.p + "TRAINER__MAX_STEPS": "many", Self.p + "NAME": "[1", Self.p + "CONFIG": "@/absent.yaml"]
    let problems = try world.problems([], environment: environment)
    #expect(
      problems.contains("$BENCHPRESSO_TRAINER__MAX_STEPS: trainer.max_steps: expected an integer, found the text 'many'"), "\(problems)")
    #expect(
      problems.contains { $0.hasPrefix("$BENCHPRESSO_NAME: not valid YAML") } && problems.contains { $0.hasPrefix("@/absent.yaml: ") })
  }
}
