import Configuration
import Registry
import Testing

@Suite struct CompositionTests {
  private static let files = [
    "t1.yaml": "trainer: {max_steps: 1, max_epochs: 11}\n", "t2.yaml": "trainer: {max_steps: 2}\n", "empty.yaml": "", "null.yaml": "null\n",
    "j.json": "{\"trainer\": {\"max_steps\": 4}}", "text.yaml": "just a string\n",
  ]

  /// Everything applies from left to right.
  static let order: [(pieces: [String], steps: Int, epochs: Int?)] = [
    (["t1.yaml", "t2.yaml"], 2, 11), (["t2.yaml", "t1.yaml"], 1, 11), (["t1.yaml", "--trainer.max_steps=3"], 3, 11),
    (["--trainer.max_steps=3", "t1.yaml"], 1, 11),
    (["--trainer.max_steps=3", "--trainer.max_steps=4"], 4, nil), (["t1.yaml", "--trainer.max_steps=3", "t2.yaml"], 2, 11),
    (["t1.yaml", "--trainer={max_steps: 5}"], 5, 11),
    (["t1.yaml", "--trainer={max_steps:5}"], 5, 11), (["t1.yaml", "text:{trainer: {max_steps: 7}}"], 7, 11),
    (["t1.yaml", "text:null"], 1, 11),
    (["t1.yaml", "empty.yaml", "null.yaml"], 1, 11), (["j.json"], 4, nil), (["t1.yaml", "--trainer.max_epochs=null"], 1, nil),
    (["--trainer.max_steps=1e6"], 1_000_000, nil),
    ([], 100, nil), (["t2.yaml", "--trainer=@/t.yaml"], 9, nil),
  ]

  @Test(arguments: order)
  func precedence(pieces: [String], steps: Int, epochs: Int?) throws {
    var composition = try FileWorld(Self.files.merging(["t.yaml": "max_steps: 9\n"]) { $1 }).compose(pieces)
    let settings = try composition.decode(WorldSettings.self)
    #expect(settings.trainer.maxSteps == steps && settings.trainer.maxEpochs == epochs)
  }

  static let losses: [(pieces: [String], notes: [String])] = [
    (
      ["--trainer.max_steps=3", "t1.yaml"],
      ["@/t1.yaml:1:22: trainer.max_steps: --trainer.max_steps 3 is replaced by this file's 1, since options apply left to right"]
    ),
    (["t1.yaml", "--trainer.max_steps=3"], []), (["t1.yaml", "t2.yaml"], []), (["--trainer.max_steps=1", "t1.yaml"], []),
    (
      ["--trainer={max_epochs: 2}", "t1.yaml"],
      ["@/t1.yaml:1:37: trainer.max_epochs: --trainer 2 is replaced by this file's 11, since options apply left to right"]
    ),
  ]

  @Test(arguments: losses)
  func typedOptionsThatLoseAreNoted(pieces: [String], notes: [String]) throws {
    let world = try FileWorld(Self.files)
    #expect(world.shown(try world.compose(pieces).notes.map(\.description)) == notes)
  }

  @Test func theBaseLiesBelowEverything() throws {
    let base: Node = ["name": "base", "trainer": ["max_steps": 50, "max_epochs": 5]]
    var composition = try FileWorld(Self.files).compose(["t2.yaml"], environment: ["BENCHPRESSO_TRAINER__MAX_EPOCHS": "6"], base: base)
    let settings = try composition.decode(WorldSettings.self)
    #expect(settings.name == "base" && settings.trainer.maxSteps == 2 && settings.trainer.maxEpochs == 6)
  }

  @Test func allProblemsAreToldTogether() throws {
    let world = try FileWorld(["a.yaml": "trainer:\n  max_step: 3\nmodle: 1\nname: ${N}\n"])
    let pieces = ["a.yaml", "absent.yaml", "text:[1]", "--trainer.max_epochs=many", "--a..b=1", "--c=[1", "--trainer.callbacks[2].x=1"]
    let problems = try world.problems(pieces)
    let expected = [
      "@/absent.yaml: no such file", "--config:1:1: a configuration is a map", "--a..b: not a path", "--c: not valid YAML",
      "--trainer.callbacks[2].x: trainer.callbacks: there is no list",
      "@/a.yaml:2:3: trainer.max_step: unknown key 'max_step'; did you mean 'max_steps'?",
      "@/a.yaml:3:1: modle: unknown key 'modle'; did you mean 'model'?",
      "@/a.yaml:4:7: name: there is no variable ${N}", "--trainer.max_epochs: expected an integer, found the text 'many'",
    ]
    #expect(problems.count == expected.count, "\(problems)")
    for start in expected { #expect(problems.contains { $0.hasPrefix(start) }, "\(start): \(problems)") }
  }

  @Test func aFileThatHoldsNoMapIsToldWithItsPlace() throws {
    let world = try FileWorld(Self.files)
    #expect(
      try world.problems(["text.yaml"]) == [
        "@/text.yaml:1:1: a configuration is a map of settings such as 'model: …', found the text 'just a string'"
      ])
  }

  @Test func variablesAreSubstitutedAfterAllMerging() throws {
    let world = try FileWorld([
      "a.yaml": "vars: {N: 8}\nmodel: {init_args: {encoder: {init_args: {channels: '${N}', latent_channels: '${N}'}}}}\n",
      "b.yaml": "vars: {N: 16}\n",
    ])
    for (pieces, expected) in [
      (["a.yaml"], 8), (["a.yaml", "b.yaml"], 16), (["a.yaml", "b.yaml", "--vars.N=32"], 32), (["--vars.N=32", "a.yaml"], 8),
    ] {
      var composition = try world.compose(pieces)
      let encoder = try composition.decode(WorldSettings.self).model.arguments["encoder"]?["init_args"]
      #expect(encoder?["channels"] == Node(.int(expected)) && encoder?["latent_channels"] == Node(.int(expected)))
      #expect(composition.merged.node(at: "model.init_args.encoder.init_args.channels") == "${N}")
    }
  }

  @Test func changesOfClassAreNotedOrRefused() throws {
    let world = try FileWorld([
      "a.yaml": "model: {init_args: {encoder: {init_args: {activation: {class_path: nonlinearity.GDN, init_args: {inverse: true}}}}}}\n"
    ])
    let composition = try world.compose(["a.yaml", "--model.encoder.activation=nonlinearity.Identity"])
    #expect(composition.problems.isEmpty && composition.notes.map(\.sentence).count == 1)
    #expect(composition.notes.first?.sentence.contains("dropped arguments of the old class: inverse") == true)
    let problems = try world.problems([
      "a.yaml", "--model.encoder.activation.beta_min=2", "--model.encoder.activation=nonlinearity.Identity",
    ])
    #expect(problems.count == 1 && problems[0].contains("which does not take the typed 'beta_min' (it takes no arguments)"), "\(problems)")
  }
}
