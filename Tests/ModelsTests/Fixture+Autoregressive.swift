import Layers
import Models
import SafeFiles
import Torch

extension Fixture {
  static let autoregressiveNames = ["mbt2018", "cheng2020-anchor", "cheng2020-attn"]

  /// The model with a context model with the weights and coder tables of the fixture.
  func autoregressiveModel(_ rounding: EvaluationRounding = .asCoded) throws -> any AutoregressiveModel {
    try Runtime.setThreads(1)
    let model = try untrainedAutoregressiveModel(rounding)
    try model.load(ModelWeights(path: path("checkpoint.pth")).tensors, optionalBuffers: false)
    return model
  }

  func untrainedAutoregressiveModel(_ rounding: EvaluationRounding = .asCoded) throws -> any AutoregressiveModel {
    let normalization = { (channels: Int, inverse: Bool) -> any Layer in
      try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
    }
    let (n, m, seeds) = (expected.channels, expected.expansionChannels, SeedSequence(1))
    return switch name {
    case "cheng2020-anchor":
      try Cheng2020Anchor(channels: n, nonlinearity: normalization, evaluationRounding: rounding, seeds: seeds)
    case "cheng2020-attn":
      try Cheng2020Attention(channels: n, nonlinearity: normalization, evaluationRounding: rounding, seeds: seeds)
    default:
      try JointAutoregressiveHyperprior(
        channels: n, expansionChannels: m, nonlinearity: normalization, evaluationRounding: rounding, seeds: seeds)
    }
  }

  /// The payloads that CompressAI wrote.
  func coded() throws -> CodedBatch {
    CodedBatch(
      payloads: [[try FileBytes.read(path("string0.bin"))], [try FileBytes.read(path("string1.bin"))]], latentHeight: expected.shape[0],
      latentWidth: expected.shape[1])
  }
}
