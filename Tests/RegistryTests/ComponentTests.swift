import Configuration
import Registry
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

private func problems(_ yaml: String) -> String? {
  do {
    _ = try Fixture.run(yaml)
    return nil
  } catch {
    return "\(error)"
  }
}

@Suite struct ComponentTests {
  @Test(arguments: [
    "data: datasets.Kodak", "data: Kodak", "data: {class_path: datasets.Kodak}", "data: {class_path: Kodak, init_args: {}}",
    "data: {class_path: Kodak, init_args: null}",
  ])
  func spellings(yaml: String) throws {
    #expect(try Fixture.run(yaml).data == Component("datasets.Kodak"))
  }

  @Test func nullAndListsOfComponents() throws {
    #expect(try Fixture.run("data: null").data == nil)
    let settings = try Fixture.run("callbacks: [ModelCheckpoint, {class_path: callbacks.ModelCheckpoint, init_args: {channels: 3}}]")
    #expect(settings.callbacks.map { $0.arguments["channels"] } == [128, 3])
    #expect(settings.callbacks[1].path == "callbacks[1]")
  }

  @Test func aliasesBecomeCanonicalAndKeepTheDefaultsArguments() throws {
    let run = try Fixture.run("model: {class_path: models.google_models.FactorizedPrior, init_args: {lambda: 1}}")
    #expect(run.model.classPath == "models.FactorizedPrior")
    #expect(run.model.arguments["lambda"] == 1.0)
    #expect(run.model.mark == Mark(source: "a.yaml", line: 1, column: 8))
  }

  @Test(
    arguments: [
      ("activation: {init_args: {channels: 3}}", "nonlinearity.GDN", 3, true),
      ("activation: activations.GeneralizedDivisiveNormalization", "nonlinearity.GDN", .null, true),
      ("activation: Other", "nonlinearity.Other", nil, true), ("activation: Identity", "nonlinearity.Identity", nil, nil),
    ] as [(String, String, Node?, Node?)])
  func argumentsOfTheDefaultStayWhereTheyFit(yaml: String, classPath: String, channels: Node?, inverse: Node?) throws {
    let other = Entry(NonlinearityKind.self, "nonlinearity.Other", summary: "Other.", settings: OtherSettings.self) { _, _ in Identity() }
    let node = try ConfigurationFile.parse(yaml, source: "a.yaml")
    let activation = try SettingsDecoder.decode(DecoderSettings.self, from: node, components: Catalogue(Fixture.entries + [other]))
      .activation
    #expect(activation.classPath == classPath)
    #expect(activation.arguments["channels"] == channels)
    #expect(activation.arguments["inverse"] == inverse)
  }

  @Test func typedArgumentsMayLeaveOutInitArgs() throws {
    var log = MergeLog()
    let overrides = [Override(path: "model.encoder.activation.inverse", value: "true"), Override(path: "model.lambda", value: "2")]
    let node = try Node(.map([])).applying(overrides, log: &log)
    let run = try SettingsDecoder.decode(RunSettings.self, from: node, components: Fixture.catalogue())
    #expect(run.model.arguments.node(at: "encoder.init_args.activation.init_args.inverse") == true)
    #expect(run.model.arguments["lambda"] == 2.0)
  }

  @Test func decodedSettingsAreCompleteAndReadBackEqual() throws {
    let catalogue = try Fixture.catalogue()
    let run = try Fixture.run("model: {init_args: {encoder: {init_args: {channels: 32}}}}")
    let text = try SettingsEncoder.node(of: run).yaml(header: ["resolved"])
    let again = try SettingsDecoder.decode(RunSettings.self, from: ConfigurationFile.parse(text, source: "b.yaml"), components: catalogue)
    #expect(again == run)
    #expect(try SettingsEncoder.node(of: again).yaml(header: ["resolved"]) == text)
    #expect(try JSONDecoder().decode(RunSettings.self, from: JSONEncoder().encode(run)) == run)
  }

  @Test func originsReachIntoComponents() throws {
    let given = try ConfigurationFile.parse("model:\n  init_args:\n    lambda: 3\n", source: "a.yaml")
    let run = try SettingsDecoder.decode(RunSettings.self, from: given, components: Fixture.catalogue())
    let resolved = try SettingsEncoder.node(of: run, origins: given)
    #expect(resolved.node(at: "model.init_args.lambda")?.mark.description == "a.yaml:3:13")
    #expect(resolved.node(at: "model.init_args.loss_metric")?.mark.isDefault == true)
    #expect(resolved.node(at: "model.class_path")?.mark.isDefault == true)
  }

  @Test(arguments: [
    (
      "data: datasets.Kodac",
      "a.yaml:1:7: data: there is no data set 'datasets.Kodac'; did you mean 'datasets.Kodak'? Known: datasets.Kodak"
    ),
    ("data: zzz.Zzzzzz", "a.yaml:1:7: data: there is no data set 'zzz.Zzzzzz'. Known: datasets.Kodak"),
    ("data: nonlinearity.GDN", "a.yaml:1:7: data: 'nonlinearity.GDN' is a nonlinearity, not a data set. Known: datasets.Kodak"),
    ("model: null", "a.yaml:1:8: model: expected a model (a class path, or a map of class_path and init_args), found null"),
    ("model: 3", "a.yaml:1:8: model: expected a model (a class path, or a map of class_path and init_args), found 3"),
    ("data: {init_args: {}}", "a.yaml:1:7: data: class_path is missing, expected a data set"),
    ("data: {class_path: 3}", "a.yaml:1:20: data.class_path: expected a class path, found 3"),
    ("data: {class_path: Kodak, init_args: 3}", "a.yaml:1:38: data.init_args: expected a map of arguments, found 3"),
    (
      "data: {class_pth: Kodak}",
      """
      a.yaml:1:7: data: class_path is missing, expected a data set
      a.yaml:1:8: data.class_pth: unknown key 'class_pth'; did you mean 'class_path'? A component has class_path and init_args, and its arguments stand in init_args
      """
    ),
    (
      "data: {class_path: Kodak, init_args: {crop: 3}}",
      "a.yaml:1:39: data.init_args.crop: datasets.Kodak has no argument 'crop'; it takes nothing"
    ),
    ("model: {init_args: {prior: prior.X}}", "a.yaml:1:28: model.init_args.prior: there is no prior 'prior.X'. No prior is known"),
    (
      "model: {init_args: {encoder: {init_args: {activation: {class_path: GDN, init_args: {beta_min: -1}}}}}}",
      "a.yaml:1:95: model.init_args.encoder.init_args.activation.init_args.beta_min: must be positive, found -1.0"
    ),
    (
      "mode: models.FactorizedPrior",
      "a.yaml:1:1: mode: unknown key 'mode'; did you mean 'model'? Valid keys: model, data, callbacks, seed_everything"
    ),
  ])
  func mistakes(yaml: String, expected: String) {
    #expect(problems(yaml) == expected)
  }

  @Test func allProblemsOfATreeComeAtOnce() {
    let yaml = """
      seed_everything: often
      model:
        class_path: models.FactorizedPrior
        init_args:
          loss_metric: psnr
          encoder:
            class_path: networks.Encoder
            init_args:
              chanels: 3
              activation:
                class_path: nonlinearity.GDM
              latent_channels: null
      callbacks:
        - callbacks.ModelCheckpoints
        - class_path: ModelCheckpoint
          init_args: {channels: x}
      """
    let expected = """
      a.yaml:1:18: seed_everything: expected an integer, found the text 'often'
      a.yaml:5:18: model.init_args.loss_metric: expected one of mse, ms_ssim, found 'psnr'
      a.yaml:9:9: model.init_args.encoder.init_args.chanels: networks.Encoder has no argument 'chanels'; did you mean 'channels'? It takes channels, latent_channels, activation
      a.yaml:11:23: model.init_args.encoder.init_args.activation: there is no nonlinearity 'nonlinearity.GDM'; did you mean 'nonlinearity.GDN'? Known: nonlinearity.GDN, nonlinearity.Identity
      a.yaml:12:26: model.init_args.encoder.init_args.latent_channels: null is not possible here, expected an integer; leave the key out for the default (192)
      a.yaml:14:5: callbacks[0]: there is no callback 'callbacks.ModelCheckpoints'; did you mean 'callbacks.ModelCheckpoint'? Known: callbacks.ModelCheckpoint
      a.yaml:16:27: callbacks[1].init_args.channels: expected an integer, found the text 'x'
      """
    #expect(problems(yaml) == expected)
  }
}
