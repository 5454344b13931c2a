import Foundation
import Layers
import Models
import Testing
import Torch
import Weights

/// What CompressAI 1.2.8 computes with a model of several rates and random weights; `generate.py` beside the files renews them.
struct VariableRateFixture {
  let name: String
  let expected: Expected
  let tensors: StoredTensors

  struct Expected: Decodable {
    struct Rate: Decodable {
      let bits: [String: Double]
      let strings: [String]
      let shape: [Int]

      /// The payloads.
      var coded: CodedBatch {
        CodedBatch(payloads: strings.map { [Self.bytes($0)] }, latentHeight: shape[0], latentWidth: shape[1])
      }

      private static func bytes(_ text: String) -> [UInt8] {
        let digits = Array(text.utf8).map { $0 > 96 ? $0 - 87 : $0 - 48 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
      }
    }
    let channels: Int
    let expansionChannels: Int
    let points: [String: Rate]
    let continuous: [String: Rate]

    private enum CodingKeys: String, CodingKey {
      case channels = "N"
      case expansionChannels = "M"
      case points, continuous
    }
  }

  static let names = ["bmshj2018-hyperprior-vbr", "mbt2018-mean-vbr", "mbt2018-vbr"]

  /// With a second latent whose intervals depend on the rate, too.
  static let namesWithSteps = ["bmshj2018-hyperprior-vbr-z", "mbt2018-mean-vbr-z"]

  init(_ name: String) throws {
    self.name = name
    let path = "\(Self.folder)/\(name)"
    expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: URL(fileURLWithPath: "\(path)/expected.json")))
    tensors = try SafeTensors.read("\(path)/tensors.safetensors")
  }

  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/compressai/variable-rate"

  var checkpoint: String { "\(Self.folder)/\(name)/checkpoint.pth" }

  /// The model with the weights of the fixture and tables computed from them.
  func model(offsets: Bool = true) throws -> RateControlledModel {
    try Runtime.setThreads(1)
    let (n, m, seeds) = (expected.channels, expected.expansionChannels, SeedSequence(1))
    let normalization = { (channels: Int, inverse: Bool) -> any Layer in
      try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
    }
    let base: any RateAdaptable =
      switch name {
      case "mbt2018-vbr": try JointAutoregressiveHyperprior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: seeds)
      case "mbt2018-mean-vbr", "mbt2018-mean-vbr-z":
        try MeanScaleHyperprior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: seeds)
      default: try ScaleHyperprior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: seeds)
      }
    let settings = QuantizationOffsetsSettings()
    let control = try QuantizationOffsets(
      axis: RateAxis(lambdas: settings.lambdas), gains: settings.gains, usesOffsets: offsets, scalesHyper: name.hasSuffix("-z"),
      contextChannels: name == "mbt2018-vbr" ? 2 * m : nil, seeds: seeds)
    let model = RateControlledModel(base: base, control: control)
    try model.load(ModelWeights(path: checkpoint).tensors)
    try model.updateTables()
    return model
  }

  func tensor(_ name: String) throws -> Tensor { try Tensor(#require(tensors[name])) }

  /// Every rate that was computed, with the name of its tensors.
  func rates(of model: RateControlledModel) throws -> [(name: String, expected: Expected.Rate, model: any TransformCodingModel)] {
    let points = try expected.points.map { key, rate in
      (name: "s\(key)", expected: rate, model: try model.bound(to: RatePosition(Double(key) ?? -1)))
    }
    let control = try #require(model.control as? QuantizationOffsets)
    let continuous = try expected.continuous.map { key, rate in
      (name: "scale\(key)", expected: rate, model: try model.base.adapted(by: control.adaptation(gain: Float(key) ?? -1)))
    }
    return points + continuous
  }
}
