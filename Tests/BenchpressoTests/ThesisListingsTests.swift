import Benchpresso
import Configuration
import Foundation
import Models
import Registry
import Testing
import Training

/// The configuration files that the thesis prints, as printed and as `configs/thesis` has them.
struct ThesisListingsTests {
  static let printed = ConfigurationFilesTests.root + "/Tests/Fixtures/thesis"
  static let repaired = ConfigurationFilesTests.root + "/configs/thesis"

  private func read(_ paths: String...) throws -> ExperimentFile {
    try ExperimentFile(paths: paths, overrides: [], catalogue: BuiltIn.catalogue())
  }

  @Test func theModel() throws {
    let model = try read("\(Self.repaired)/factorized_prior.yaml").experiment.model
    #expect(model.classPath == "models.FactorizedPrior")
    func network(_ side: String, inverse: Bool) -> Node {
      [
        "class_path": Node(.string("networks.FactorizedPrior\(side)")),
        "init_args": [
          "activation": [
            "class_path": "nonlinearity.GDN",
            "init_args": [
              "channels": 128, "inverse": Node(.bool(inverse)), "beta_min": 1e-6, "gamma_init": 0.1, "alpha": 2.0, "epsilon": 0.5,
              "learned_exponents": false,
            ],
          ],
          "channels": 128, "expansion_channels": 192,
        ],
      ]
    }
    #expect(model.arguments["encoder"] == network("Encoder", inverse: false))
    #expect(model.arguments["decoder"] == network("Decoder", inverse: true))
    #expect(model.arguments["entropy_bottleneck"] == .null)
    #expect(model.arguments["expansion_channels"] == 192)
    #expect(model.arguments["rate_distortion_function"]?["init_args"]?["lagrangian_multiplier"] == 0.0018)
    let plan: ModelPlan = try BuiltIn.catalogue().build(model)
    #expect(plan.loss.classPath == "loss.RateDistortion")
  }

  @Test func theModelAsPrintedTellsWhereTheAnchorIs() throws {
    let error = try #require(throws: ConfigurationError.self) { try read("\(Self.printed)/listing-6.4.3.yaml") }
    let place = "listing-6.4.3.yaml:10:33: the alias *N is used before its anchor &N (line 14)"
    #expect("\(error)".contains(place), "\(error)")
  }

  @Test func theModelChangedInOnePlaceNoLongerFits() throws {
    let file = try ExperimentFile(
      paths: ["\(Self.repaired)/factorized_prior.yaml"],
      overrides: [Override(path: "model.expansion_channels", value: "320")], catalogue: BuiltIn.catalogue())
    let error = try #require(throws: ConfigurationError.self) {
      try BuiltIn.catalogue().build(file.experiment.model, as: ModelPlan.self)
    }
    #expect("\(error)".contains("the entropy bottleneck takes 320 (model.init_args.expansion_channels)"), "\(error)")
  }

  @Test func theDataSets() throws {
    for path in ["\(Self.printed)/listing-6.5.4.yaml", "\(Self.repaired)/kodak.yaml"] {
      let data = try read(path).experiment.data
      #expect(data.classPath == "datasets.Kodak" && data.arguments["num_workers"] == 2)
      #expect(data.arguments["transform"]?["class_path"] == "transform.NoCrop")
    }
    let data = try read("\(Self.repaired)/flickr2w.yaml").experiment.data
    #expect(data.classPath == "datasets.Flickr2W" && data.arguments["batch_size"] == 16)
    #expect(data.arguments["transform"]?["init_args"]?["patch_size"] == 256)
    let error = try #require(throws: ConfigurationError.self) { try read("\(Self.printed)/listing-6.5.5.yaml") }
    #expect("\(error)".contains("num_workers: null is not possible here, expected an integer"), "\(error)")
  }

  @Test func theMiscellaneousSettings() throws {
    let trainer = try read("\(Self.repaired)/miscellaneous.yaml").experiment.trainer
    #expect(trainer.logger.loggers.isEmpty && trainer.fastDevRun.batches == 1 && trainer.enableCheckpointing)
    #expect(trainer.callbacks.map(\.classPath) == ["callbacks.ModelCheckpoint"])
    let parts = try TrainerParts(trainer, catalogue: BuiltIn.catalogue())
    #expect(parts.callbacks.compactMap { $0 as? ModelCheckpoint } == [ModelCheckpoint()] && parts.loggers.isEmpty)
    // As printed, but for its first line.
    let text = try String(contentsOfFile: "\(Self.printed)/listing-6.6.1.yaml", encoding: .utf8)
    let folder = try TestFolder()
    try folder.add("a.yaml", text.replacingOccurrences(of: "... trimmed configuration", with: ""))
    let experiment = try read("\(folder.path)/a.yaml").experiment
    #expect(experiment.trainer == trainer && experiment.ckptPath == .file("/app/logs/factorized_prior_relu_q8_mse.ckpt"))
  }

  @Test func allPartsMakeOneExperiment() throws {
    let names = ["factorized_prior", "flickr2w", "miscellaneous"].map { "\(Self.repaired)/\($0).yaml" }
    let file = try ExperimentFile(paths: names, overrides: [], catalogue: BuiltIn.catalogue())
    #expect(file.experiment.data.classPath == "datasets.Flickr2W" && file.experiment.trainer.fastDevRun.batches == 1)
  }
}
