import Configuration
import Registry
import Testing

@testable import Benchpresso

struct ConfigurationOriginsTests {
  private static func origins(
    _ text: String, _ words: [String] = [], environment: [String: String] = [:]
  ) throws -> (ConfigurationOrigins, ExperimentFile, String) {
    let folder = try TestFolder()
    try folder.add("a.yaml", text)
    let request = try ConfigurationWords(["--config", "\(folder.path)/a.yaml"] + words).request(stage: "fit", environment: environment)
    let file = try ExperimentFile(request, catalogue: BuiltIn.catalogue())
    return (ConfigurationOrigins(file), file, folder.path)
  }

  private static let text = """
    vars: {N: 8, M: 12}
    model: {init_args: {channels: "${N}", expansion_channels: 12, activation: GDN}}
    trainer: {max_steps: 3, callbacks: [{class_path: ModelCheckpoint, init_args: {every_n_train_steps: 5}}]}
    description: "${N} of ${M}"
    """

  @Test(arguments: [
    ("trainer.max_steps", "@/a.yaml:3"), ("trainer.max_epochs", "default"), ("trainer.val_check_interval", "--trainer.val_check_interval"),
    ("name", "$BENCHPRESSO_NAME"),
    ("model.init_args.channels", "@/a.yaml:2 ${N} from --vars.N"), ("model.init_args.expansion_channels", "@/a.yaml:2"),
    ("description", "@/a.yaml:4 ${N} from --vars.N ${M} from @/a.yaml:1"),
    ("trainer.callbacks[0].init_args.every_n_train_steps", "@/a.yaml:3"), ("trainer.callbacks[0].class_path", "@/a.yaml:3"),
    ("trainer.callbacks[0].init_args.save_top_k", "default"),
    ("optimizer.init_args.lr", "--optimizer"), ("model.class_path", "default"),
  ])
  func ofEachValue(path: String, expected: String) throws {
    let words = ["--trainer.val_check_interval", "7", "--vars.N=9", "--optimizer={lr: 0.1}"]
    let (origins, file, folder) = try Self.origins(Self.text, words, environment: ["BENCHPRESSO_NAME": "x"])
    let node = try #require(file.tree.node(at: path))
    #expect(origins.text(at: path, node)?.replacing(folder, with: "@") == expected)
    #expect(origins.tree.node(at: path)?.string?.replacing(folder, with: "@") == expected)
  }

  @Test func mapsHaveNone() throws {
    let (origins, file, _) = try Self.origins(Self.text)
    for path in ["trainer", "model", "model.init_args", "trainer.callbacks"] {
      #expect(origins.text(at: path, try #require(file.tree.node(at: path))) == nil)
    }
    #expect(file.tree.node(at: "trainer.callbacks[1]") == nil && file.tree.node(at: "trainer.x") == nil)
  }

  /// The comments do not change what the text means.
  @Test func theTextWithOriginsReadsTheSame() throws {
    let (origins, file, _) = try Self.origins(Self.text)
    let folder = try TestFolder()
    try folder.add("b.yaml", file.yaml { YAMLComment(beside: origins.text(at: $0, $1)) })
    #expect(try ExperimentFile(paths: ["\(folder.path)/b.yaml"], catalogue: BuiltIn.catalogue()).tree == file.tree)
  }
}
