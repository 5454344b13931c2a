import Configuration
import Registry
import Testing

@testable import Benchpresso

struct ConfigurationWordsTests {
  private static func option(_ path: String, _ value: String?, _ mark: Mark? = nil) -> ConfigurationRequest.Item {
    .option(Override(path: path, value: value, mark: mark))
  }

  static let table: [(words: [String], items: [ConfigurationRequest.Item])] = [
    ([], []), (["--config", "a.yaml"], [.file("a.yaml")]),
    (["--config=a.yaml", "--config", "b.yaml"], [.file("a.yaml"), .file("b.yaml")]),
    (["--config", "{a: 1}"], [.text("{a: 1}")]), (["--config", "a: 1"], [.text("a: 1")]), (["--config", "null"], [.text("null")]),
    (["--a.b", "1"], [option("a.b", "1")]),
    (["--a.b=1"], [option("a.b", "1")]), (["--a.b="], [option("a.b", "")]), (["--a.b", ""], [option("a.b", "")]),
    (["--a=b=c"], [option("a", "b=c")]), (["--a", "-1"], [option("a", "-1")]),
    (["--a", "--b", "2"], [option("a", nil), option("b", "2")]), (["--a=--b"], [option("a", "--b")]),
    (["--no-a.b"], [.option(Override(denying: "a.b"))]),
    (["--l+", "X", "--l.x", "1"], [option("l+", "X"), option("l.x", "1")]), (["--l+=X"], [option("l+", "X")]),
    (["--l[0].x=1"], [option("l[0].x", "1")]),
    (["--a", "1", "--config", "c.yaml", "--b", "2"], [option("a", "1"), .file("c.yaml"), option("b", "2")]),
  ]

  @Test(arguments: table)
  func items(words: [String], items: [ConfigurationRequest.Item]) throws {
    let result = try ConfigurationWords(words)
    #expect(result.items == items && result.isEmpty == items.isEmpty)
    #expect(result.printing == nil && result.resume == nil && result.stages == nil && result.rates == nil && result.described == nil)
  }

  @Test func whatIsNoSetting() throws {
    let words = try ConfigurationWords([
      "--print_config=skip_null", "--resume", "logs/x", "--stage", "fit,test", "--rates_config=r.yaml", "--no-env", "--model.help", "GDN",
      "--a=1",
    ])
    #expect(
      words.printing == (try ConfigurationPrinting("skip_null")) && words.resume == "logs/x" && words.stages == ["fit", "test"]
        && words.rates == "r.yaml" && words.described == "GDN")
    #expect(words.items == [Self.option("a", "1")])
    let bare = try ConfigurationWords(["--resume", "--print_config"])
    #expect(bare.resume == "" && bare.printing?.flags == [] && bare.items.isEmpty)
    #expect(try ConfigurationWords(["--print_config", "--resume=auto"]).resume == "auto")
  }

  @Test func requests() throws {
    let environment = ["BENCHPRESSO_NAME": "x"]
    let with = try ConfigurationWords(["--a=1"]).request(stage: "test", environment: environment, base: ["b": 1])
    #expect(with.stage == "test" && with.environment == environment && with.base == ["b": 1] && with.items.count == 1)
    #expect(try ConfigurationWords(["--no-env"]).request(stage: "fit", environment: environment).environment.isEmpty)
  }

  @Test(arguments: [
    (["surplus"], "unexpected 'surplus'; settings are written --path value, for example --trainer.max_steps 100"),
    (["--a", "1", "2"], "unexpected '2'"), (["-x"], "unexpected '-x'"), (["--"], "unexpected '--'"),
    (["--config"], "--config needs a value, for example --config FILE.yaml"), (["--config="], "--config needs a value"),
    (["--config", "--a"], "--config needs a value"), (["--stage"], "--stage needs a value"),
    (["--rates_config"], "--rates_config needs a value"), (["--model.help"], "--model.help needs a value"),
    (["--print_config=x"], "--print_config: there is no 'x'"),
  ])
  func mistakes(words: [String], start: String) throws {
    let error = try #require(throws: UsageError.self) { try ConfigurationWords(words) }
    #expect(error.description.hasPrefix(start), "\(error)")
  }

  /// The command lines of the thesis (section 6.3.2 and 6.6.1), with files that ship in place of its own.
  @Test(arguments: [
    ["fit", "--config", "@/thesis/factorized_prior.yaml", "--config", "@/thesis/flickr2w.yaml"],
    ["fit", "--model", "models.google_models.FactorizedPrior", "--data", "data_modules.kodak_data_module.KodakDataModule"],
    [
      "fit", "--config", "@/thesis/factorized_prior.yaml", "--data", "data_modules.kodak_data_module.KodakDataModule", "--data.batch_size",
      "32",
    ],
    [
      "fit", "--config", "@/thesis/factorized_prior.yaml", "--model.rate_distortion_function",
      "{class_path: loss.rate_distortion_loss_compressai.RateDistortionLoss, init_args: {loss_metric: ms_ssim}}",
    ],
    [
      "--stage", "train", "--data", "@/thesis/flickr2w.yaml", "--model", "@/models/factorized_prior.yaml", "--trainer",
      "@/trainer/development.yaml", "--rates_config", "@/rates/mse.yaml",
    ],
    [
      "test", "--config", "@/factorized_prior_test_q8_mse.yaml", "--config", "@/thesis/kodak.yaml", "--config",
      "@/thesis/miscellaneous.yaml",
    ],
  ])
  func theThesis(line: [String]) throws {
    let arranged = try CommandOrder.standard.arranged(line.map { $0.replacing("@", with: "\(ConfigurationFilesTests.root)/configs") })
    let words = try ConfigurationWords(Array(arranged.dropFirst()))
    let file = try ExperimentFile(words.request(stage: arranged[0], environment: [:]), catalogue: BuiltIn.catalogue())
    #expect(file.experiment.model.classPath == "models.FactorizedPrior")
    _ = try Session(file.experiment, catalogue: BuiltIn.catalogue())
  }
}
