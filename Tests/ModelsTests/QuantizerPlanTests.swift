import Configuration
import Models
import Registry
import Testing
import Torch
import Weights

/// Which quantizers fit which models, and what is said of those that do not.
@Suite(.serialized) struct QuantizerPlanTests {
  private static func plan(_ quantizer: String, model: String = "FactorizedPrior", more: String = "") throws -> ModelPlan {
    try FactorizedPriorPlanTests.plan("{channels: 4, expansion_channels: 6, quantizer: \(quantizer)\(more)}", model: "models.\(model)")
  }

  /// The default and all quantizers of whole numbers leave the state as it was before there was a choice.
  @Test(arguments: ["FactorizedPrior", "ScaleHyperprior", "MeanScaleHyperprior", "JointAutoregressiveHyperprior"])
  func wholeNumbersAddNothingToTheState(model: String) throws {
    let plain = try FactorizedPriorPlanTests.plan("{channels: 4, expansion_channels: 6}", model: "models.\(model)").build(seed: 3)
    let expected = try plain.storedState()
    #expect(!expected.names.contains { $0.contains("quantizer") || $0.contains("codebook") })
    for quantizer in ["AdditiveNoise", "StraightThrough", "Mixed", "SoftRounding"] {
      #expect(try Self.plan(quantizer, model: model).build(seed: 3).storedState() == expected, "\(quantizer)")
    }
  }

  @Test func codebooksTakeThePlaceOfTheBottleneck() throws {
    let state = try Self.plan("{class_path: SoftToHard, init_args: {size: 5, dimension: 3}}").build(seed: 3).storedState()
    #expect(state["codebook.entries"]?.shape == [2, 5, 3] && state["codebook.logits"]?.shape == [2, 5])
    #expect(!state.names.contains { $0.hasPrefix("entropy_bottleneck") })
    let cascade = try Self.plan("{class_path: CascadedVector, init_args: {groups: 3, sizes: [7, 5]}}").build(seed: 3)
    #expect(try cascade.storedState()["quantizer.1.codebook.entries"]?.shape == [3, 5, 2] && cascade.sideMultiple == 64)
    let universal = try Self.plan("Universal").build(seed: 3).storedState()
    #expect(universal["quantizer.alpha"]?.shape == [1] && universal["entropy_bottleneck.quantiles"]?.shape == [6, 1, 3])
  }

  private static let gaussians = ["ScaleHyperprior", "MeanScaleHyperprior", "JointAutoregressiveHyperprior"]

  @Test(arguments: gaussians, ["SoftToHard", "StochasticBinarization", "NonUniform", "EntropyConstrainedVector", "CascadedVector"])
  func codebooksDoNotFitGaussians(model: String, quantizer: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Self.plan(quantizer, model: model) }
    #expect(error.problems.count == 1)
    #expect(
      "\(error)".contains(
        "a.yaml:3:62: model.init_args.quantizer: quantizer.\(quantizer) codes the numbers of its own entries with probabilities of its own, "
          + "and the Gaussians of this model describe whole numbers; name models.FactorizedPrior, or a quantizer of whole numbers here"),
      "\(error)")
  }

  @Test(arguments: gaussians) func offsetsDoNotFitGaussians(model: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Self.plan("Universal", model: model) }
    #expect("\(error)".contains("shifts each element by an offset of its own, and the Gaussians of this model have tables for"), "\(error)")
  }

  @Test(
    arguments: [
      (
        "{class_path: EntropyConstrainedVector, init_args: {dimension: 4}}", "",
        "the encoder gives 6 channels (model.init_args.expansion_channels), which cannot be divided into vectors of the 4 numbers that "
          + "quantizer.EntropyConstrainedVector takes together"
      ),
      (
        "StochasticBinarization", ", entropy_bottleneck: prior.EntropyBottleneck",
        "leaves nothing for an entropy bottleneck; set entropy_bottleneck to null"
      ),
      (
        "{class_path: CascadedVector, init_args: {groups: 4}}", "",
        "the encoder gives 6 channels (model.init_args.expansion_channels), which cannot be divided into the 4 groups that "
          + "quantizer.CascadedVector has codebooks for"
      ),
      ("{class_path: CascadedVector, init_args: {sizes: []}}", "", "sizes: must name 1 to 6 levels, found 0"),
      ("{class_path: CascadedVector, init_args: {sizes: [4, 1]}}", "", "sizes: must be in 2 ... 32768 each, found 1"),
      ("{class_path: CascadedVector, init_args: {groups: 0}}", "", "groups: must be in 1 ... 64, found 0"),
      ("{class_path: SoftToHard, init_args: {size: 1}}", "", "quantizer.init_args.size: must be in 2 ... 4096, found 1"),
      ("{class_path: SoftToHard, init_args: {sigma_start: 5, sigma_end: 2}}", "", "must be at least sigma_start, 5.0, found 2.0"),
      ("{class_path: Universal, init_args: {offsets: 256}}", "", "offsets: must be in 1 ... 255, found 256"),
      ("{class_path: Universal, init_args: {seed: -1}}", "", "seed: must be in 0 ... 4294967295, found -1"),
      ("{class_path: SoftRounding, init_args: {alpha_end: 99}}", "", "alpha_end: must be in 0.01 ... 14, found 99"),
      ("{class_path: NonUniform, init_args: {turn_steps: -1}}", "", "turn_steps: must be in 0 ... "),
      ("prior.EntropyBottleneck", "", "'prior.EntropyBottleneck' is a prior, not a quantizer"),
      ("Softly", "", "there is no quantizer 'Softly'"),
    ])
  func mistakes(quantizer: String, more: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Self.plan(quantizer, more: more) }
    #expect(error.problems.count == 1 && "\(error)".contains(sentence), "\(error)")
  }
}
