import Benchpresso
import Configuration
import Foundation
import Registry
import Testing
import Training

/// The shipped files that hold a part of an experiment.
struct ConfigurationPartsTests {
  static let folder = ConfigurationFilesTests.root + "/configs"

  static func names(_ part: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)").sorted()
  }

  @Test func trainers() throws {
    #expect(try Self.names("trainer") == ["development.yaml", "testing.yaml", "training.yaml"])
    for name in try Self.names("trainer") {
      let catalogue = try BuiltIn.catalogue()
      let settings = try SettingsDecoder.decode(
        TrainerSettings.self, from: ConfigurationFile.read("\(Self.folder)/trainer/\(name)"), path: "trainer", components: catalogue)
      #expect(settings != TrainerSettings())
      _ = try TrainerParts(settings, catalogue: catalogue)
    }
  }

  /// Every trainer can be laid over every experiment.
  @Test(arguments: ["smoke", "factorized_prior_fit_q1_mse", "factorized_prior_test_q8_mse"])
  func trainersOverExperiments(experiment: String) throws {
    for name in try Self.names("trainer") {
      let value = try String(contentsOfFile: "\(Self.folder)/trainer/\(name)", encoding: .utf8)
      _ = try ExperimentFile(
        paths: ["\(Self.folder)/\(experiment).yaml"], overrides: [Override(path: "trainer", value: value)], catalogue: BuiltIn.catalogue())
    }
  }

  @Test(arguments: [("mse", 0.0018, 0.18), ("ms_ssim", 2.4, 220)])
  func rates(metric: String, first: Double, last: Double) throws {
    let rates = try ConfigurationFile.read("\(Self.folder)/rates/\(metric).yaml")
    #expect(rates["loss_metric"]?.string == metric)
    let key = try #require(rates["key"]?.string)
    let values = try #require(rates["values"]?.fields)
    #expect(values.map(\.key) == (1...8).map { "q\($0)" })
    let lambdas = try values.map { value in
      let overrides = [
        Override(path: key, value: value.value.summary), Override(path: "model.rate_distortion_function.loss_metric", value: metric),
      ]
      let file = try ExperimentFile(paths: ["\(Self.folder)/smoke.yaml"], overrides: overrides, catalogue: BuiltIn.catalogue())
      let loss = try #require(file.experiment.model.arguments["rate_distortion_function"])
      let component = Component<LossKind>(loss["class_path"]?.string ?? "", loss["init_args"] ?? .null)
      let built: RateDistortionLoss = try BuiltIn.catalogue().build(component)
      #expect(built.measure.rawValue == metric)
      return built.lambda
    }
    #expect(lambdas == lambdas.sorted() && Set(lambdas).count == 8 && lambdas.first == first && lambdas.last == last)
  }
}
