import Configuration
import Registry
import Testing

/// Files that name files.
@Suite struct PartFilesTests {
  private static let files = [
    "model.yaml": "class_path: models.FactorizedPrior\ninit_args: {encoder: parts/encoder.yaml}\n",
    "parts/encoder.yaml": "class_path: networks.Encoder\ninit_args: {channels: 64, activation: deep/activation.yaml}\n",
    "parts/deep/activation.yaml": "nonlinearity.Identity: 1\n", "parts/deep/good.yaml": "class_path: nonlinearity.Identity\n",
    "good.yaml": "class_path: networks.Encoder\ninit_args: {channels: 64, activation: parts/deep/good.yaml}\n",
    "trainer.yaml": "max_steps: 7\ncallbacks: [parts/checkpoint.yaml]\n",
    "parts/checkpoint.yaml": "class_path: callbacks.ModelCheckpoint\ninit_args: {channels: 2}\n",
    "wrapped.yaml": "vars: {S: 5}\ntrainer: {max_steps: '${S}'}\n", "trainer.json": "{\"max_steps\": 8}", "broken.yaml": "max_steps: [\n",
    "self.yaml": "class_path: models.FactorizedPrior\ninit_args: {encoder: self.yaml}\n",
    "loop.yaml": "init_args: {encoder: parts/loop.yaml}\n",
    "parts/loop.yaml": "init_args: {activation: ../loop.yaml}\n", "text.yaml": "only text\n", "wrong.yaml": "max_step: 7\n",
  ]

  private static func settings(_ main: String, _ pieces: String...) throws -> (FileWorld, Result<WorldSettings, ConfigurationError>) {
    let world = try FileWorld(files.merging(["main.yaml": main + "\n", "sub/main.yaml": main + "\n"]) { $1 })
    var composition = try world.compose(pieces.isEmpty ? ["main.yaml"] : pieces)
    return (world, Result { () throws(ConfigurationError) in try composition.decode(WorldSettings.self) })
  }

  static let groups: [(main: String, pieces: [String], steps: Int)] = [
    ("trainer: trainer.yaml", ["main.yaml"], 7), ("trainer: ../trainer.yaml", ["sub/main.yaml"], 7),
    ("trainer: ./wrapped.yaml", ["main.yaml"], 5),
    ("trainer: trainer.json", ["main.yaml"], 8), ("name: y", ["main.yaml", "--trainer=@/trainer.yaml"], 7),
    ("name: y", ["main.yaml", "--trainer=@/wrapped.yaml"], 5),
    ("trainer: trainer.yaml", ["main.yaml", "--trainer.max_steps=9"], 9),
    ("trainer: {max_steps: 1}", ["main.yaml", "--trainer=@/trainer.json"], 8),
    ("trainer: wrapped.yaml\nvars: {S: 6}", ["main.yaml"], 6), ("trainer: wrapped.yaml", ["main.yaml", "--vars.S=4"], 4),
    ("trainer: @/trainer.yaml", ["sub/main.yaml"], 7),
  ]

  @Test(arguments: groups)
  func wholeGroups(main: String, pieces: [String], steps: Int) throws {
    let world = try FileWorld(Self.files)
    let text = main.replacing("@", with: world.path)
    let again = try FileWorld(Self.files.merging(["main.yaml": text + "\n", "sub/main.yaml": text + "\n"]) { $1 })
    var composition = try again.compose(pieces)
    #expect(try composition.decode(WorldSettings.self).trainer.maxSteps == steps)
  }

  @Test(arguments: [
    (["main.yaml"], "model: {init_args: {encoder: good.yaml}}"), (["main.yaml", "--model.encoder=@/good.yaml"], "name: y"),
    (["main.yaml", "--model={init_args: {encoder: @/good.yaml}}"], "name: y"), (["text:{model: {init_args: {encoder: @/good.yaml}}}"], ""),
  ])
  func partsInPartsStartInTheirOwnFolder(pieces: [String], main: String) throws {
    let world = try FileWorld(Self.files.merging(["main.yaml": main + "\n"]) { $1 })
    var composition = try world.compose(pieces)
    let encoder = try composition.decode(WorldSettings.self).model.arguments["encoder"]
    #expect(encoder?["init_args"]?["channels"] == 64)
    #expect(encoder?["init_args"]?["activation"]?["class_path"] == "nonlinearity.Identity")
    let arguments = composition.tree.node(at: "model.init_args") ?? composition.tree["model"]
    let mark = arguments?.node(at: "encoder.init_args.activation.class_path")?.mark.description
    #expect(mark == "\(world.path)/parts/deep/good.yaml:1:13")
  }

  @Test(arguments: [
    ("trainer: {callbacks: [parts/checkpoint.yaml]}", 1), ("trainer: {callbacks: parts/checkpoint.yaml}", 1),
    ("trainer: {callbacks+: parts/checkpoint.yaml}", 1),
    ("trainer: {callbacks: [ModelCheckpoint, parts/checkpoint.yaml]}", 2), ("trainer: trainer.yaml", 1),
  ])
  func inLists(main: String, count: Int) throws {
    let callbacks = try Self.settings(main).1.get().trainer.callbacks
    #expect(callbacks.count == count && callbacks.last?.arguments["channels"] == 2)
  }

  static let mistakes: [(main: String, problems: [String])] = [
    (
      "trainer: absent.yaml",
      ["@/main.yaml:1:10: trainer: there is no file '@/absent.yaml' ('absent.yaml' is taken relative to the file that names it)"]
    ),
    (
      "trainer: broken.yaml",
      ["@/broken.yaml:2:1: not valid YAML: did not find the expected node content (while parsing a flow node that starts at line 2)"]
    ),
    (
      "trainer: wrong.yaml",
      ["@/wrong.yaml:1:1: trainer.max_step: unknown key 'max_step'; did you mean 'max_steps'? Valid keys: max_steps, max_epochs, callbacks"]
    ),
    (
      "model: self.yaml", ["@/self.yaml:2:22: model.init_args.encoder: '@/self.yaml' names itself: @/main.yaml → @/self.yaml → @/self.yaml"]
    ),
    (
      "model: loop.yaml",
      [
        "@/parts/loop.yaml:1:25: model.init_args.encoder.init_args.activation: '@/loop.yaml' names itself: @/main.yaml → @/loop.yaml → @/parts/loop.yaml → @/loop.yaml"
      ]
    ),
    ("trainer: main.yaml", ["@/main.yaml:1:10: trainer: '@/main.yaml' names itself: @/main.yaml → @/main.yaml"]),
    ("trainer: text.yaml", ["@/text.yaml:1:1: a configuration is a map of settings such as 'model: …', found the text 'only text'"]),
    (
      "trainer: {callbacks: [absent.yaml]}",
      [
        "@/main.yaml:1:23: trainer.callbacks.[0]: there is no file '@/absent.yaml' ('absent.yaml' is taken relative to the file that names it)"
      ]
    ),
    (
      "model: {init_args: {encoder: absent.yaml}}",
      [
        "@/main.yaml:1:30: model.init_args.encoder: there is no file '@/absent.yaml' ('absent.yaml' is taken relative to the file that names it)"
      ]
    ),
  ]

  @Test(arguments: mistakes)
  func mistakesInFiles(main: String, expected: [String]) throws {
    let (world, result) = try Self.settings(main)
    guard case .failure(let error) = result else { return #expect(Bool(false), "no error") }
    #expect(world.shown(error.problems.map(\.description)) == expected)
  }

  @Test(arguments: [
    (["--trainer=@/absent.yaml"], ["--trainer: there is no file '@/absent.yaml'"]),
    (["--model.encoder=absent.yaml"], ["--model.encoder: there is no file 'absent.yaml'"]),
    (
      ["--trainer=@/wrong.yaml"],
      ["@/wrong.yaml:1:1: trainer.max_step: unknown key 'max_step'; did you mean 'max_steps'? Valid keys: max_steps, max_epochs, callbacks"]
    ),
  ])
  func mistakesInOptions(pieces: [String], expected: [String]) throws {
    let world = try FileWorld(Self.files)
    let problems = try world.problems(pieces)
    #expect(problems.map { $0.replacing("init_args.", with: "") } == expected)
  }

  /// A text that is no file stays a text where a text is expected.
  @Test func textsThatLookLikeFilesStayTexts() throws {
    #expect(try Self.settings("name: absent.yaml").1.get().name == "absent.yaml")
    #expect(try Self.settings("name: trainer.yaml").1.get().name == "trainer.yaml")
  }
}
