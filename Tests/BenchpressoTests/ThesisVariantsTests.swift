import Benchpresso
import Configuration
import Foundation
import Registry
import Testing

/// The configurations of `configs/thesis/variants`.
struct ThesisVariantsTests {
  private static let folder = "\(ConfigurationFilesTests.root)/configs/thesis/variants"

  private static let rates = [
    "mse": [0.0018, 0.0035, 0.0067, 0.0130, 0.0250, 0.0483, 0.0932, 0.1800],
    "ms_ssim": [2.40, 4.58, 8.73, 16.64, 31.73, 60.50, 115.37, 220.00],
  ]

  /// All names with what they mean.
  private static let grid: [(name: RunName, classPath: String, activation: String, n: Int, m: Int, lambda: Double)] = {
    let models = [("fp", "models.FactorizedPrior"), ("mshp", "models.MeanScaleHyperprior")]
    return models.flatMap { part, classPath in
      ["GDN", "OneDN", "GSDN", "ReLU"].flatMap { activation in
        [("", 128, 192), ("_n192", 192, 320)].flatMap { suffix, n, m in
          rates.flatMap { metric, values in
            values.enumerated().flatMap { index, lambda in
              ["fit", "test"].map { stage in
                let model = "\(part)_\(activation.lowercased())\(suffix)"
                let name = RunName(model: model, stage: stage, quality: "q\(index + 1)", metric: metric)
                return (name, classPath, "nonlinearity.\(activation)", n, m, lambda)
              }
            }
          }
        }
      }
    }
  }()

  @Test func theyAreThoseOfTheGrid() throws {
    #expect(Self.grid.count == 512)
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
    #expect(Set(names) == Set(Self.grid.map { "\($0.name).yaml" }))
  }

  @Test func theyAreWhatTheScriptMakes() throws {
    let fresh = try TestFolder()
    var script = Command(["."], in: fresh)
    script.program = "\(ConfigurationFilesTests.root)/scripts/thesis-configs"
    #expect(try script.run().status == 0)
    for (name, _, _, _, _, _) in Self.grid {
      let shipped = try String(contentsOfFile: "\(Self.folder)/\(name).yaml", encoding: .utf8)
      #expect(try String(contentsOfFile: "\(fresh.path)/\(name).yaml", encoding: .utf8) == shipped, "\(name): run scripts/thesis-configs")
    }
  }

  @Test func theyMeanWhatTheirNamesSay() throws {
    let catalogue = try BuiltIn.catalogue()
    for (name, classPath, activation, n, m, lambda) in Self.grid where ["q1", "q6"].contains(name.quality) {
      let file = try ExperimentFile(paths: ["\(Self.folder)/\(name).yaml"], catalogue: catalogue)
      #expect(file.experiment.name == name.description)
      let model = file.experiment.model
      #expect(model.classPath == classPath)
      let arguments = model.arguments
      #expect(arguments["channels"] == Node(.int(n)) && arguments["expansion_channels"] == Node(.int(m)), "\(name)")
      #expect(arguments.node(at: "activation.class_path")?.string == activation, "\(name)")
      let loss = arguments.node(at: "rate_distortion_function.init_args")
      #expect(loss?["loss_metric"]?.string == name.metric, "\(name)")
      #expect(loss?["lagrangian_multiplier"] == Node(.double(lambda)), "\(name)")
      #expect(file.experiment.data.classPath == (name.stage == "fit" ? "datasets.Flickr2W" : "datasets.Kodak"), "\(name)")
      #expect((file.experiment.ckptPath == .best) == (name.stage == "test"), "\(name)")
    }
  }
}
