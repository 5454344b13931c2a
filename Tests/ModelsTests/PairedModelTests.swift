import Configuration
import LatentModels
import Models
import Registry
import Testing
import Torch

/// Models of two latents from one picture, as a configuration names them.
@Suite(.serialized) struct PairedModelTests {
  private static let small = "channels: 6, expansion_channels: 8"

  private func plan(_ settings: String = "", model: String = "models.Octave") throws -> ModelPlan {
    try FactorizedPriorPlanTests.plan("{\(Self.small)\(settings.isEmpty ? "" : ", \(settings)")}", model: model)
  }

  private func model(_ settings: String = "") throws -> any TransformCodingModel {
    let model = try #require(try plan(settings).build(seed: 3) as? any TransformCodingModel)
    try model.updateTables()
    return model
  }

  static let combinations = [
    "", "ratio: 0.25", "context_model: context.Checkerboard", "conditional: true",
    "context_model: context.Checkerboard, conditional: true, density: prior.GaussianMixture",
    "joint_side_information: null, context_model: context.Checkerboard, low_context_model: context.NoContext",
    "joint_side_information: null, context_model: context.SpaceChannel, low_side_information: side_information.NoSideInformation, conditional: true",
    "joint_side_information: null, context_model: context.Checkerboard, low_side_information: side_information.NoSideInformation",
  ]

  /// What is decoded is what was rounded, and a picture is coded alike alone and among others.
  @Test(arguments: combinations) func everyCombinationCodes(settings: String) throws {
    let model = try model(settings)
    let side = model.sideMultiple
    let pictures = try Tensor.uniform([2, 3, side, 2 * side], in: 0...1, seed: 5)
    try withoutGradients {
      // Fresh weights give latents that round to zero.
      let fresh = try model.analyze(pictures)
      let latent = try fresh * (3 / fresh.squared().mean().item().squareRoot())
      let coded = try model.compress(latent: latent)
      let decoded = try model.decodedLatent(of: coded)
      #expect(decoded.shape == latent.shape)
      #expect(try (decoded - latent).absolute().maximumElement().item() <= 0.5001)
      #expect(try decoded.rounded().absolute().maximumElement().item() > 1)
      let again = try model.compress(latent: latent.narrowed(0, from: 1, length: 1))
      #expect(again.payloads == coded.payloads.map { [$0[1]] })
    }
  }

  @Test(arguments: combinations) func everyCombinationTrains(settings: String) throws {
    let model = try plan(settings).build(seed: 3)
    let side = model.sideMultiple
    let pictures = try Tensor.uniform([2, 3, side, side], in: 0...1, seed: 5)
    let output = try model.forward(pictures, noise: SampleNoise(seed: 1, step: 0, indices: [0, 1]))
    #expect(output.reconstruction.shape == pictures.shape)
    #expect(Set(output.likelihoods.map(\.name)).count == output.likelihoods.count)
    var loss = try output.reconstruction.squared().mean()
    for (_, likelihoods) in output.likelihoods { loss = try loss - likelihoods.logarithm().mean() }
    try (loss + model.auxiliaryLoss()).backward()
    for (name, parameter) in model.namedParameters() {
      let gradient = try parameter.tensor.gradient()
      #expect(try gradient?.isFinite() == true, "\(name)")
    }
  }

  /// Two codings in one tensor are what each is by itself.
  @Test func codingsAreThoseOfTheParts() throws {
    let catalogue = try FactorizedPriorPlanTests.catalogue()
    func coding(_ name: String, _ channels: Int, seed: UInt64) throws -> any ConditionalCoding {
      let plan: ContextPlan = try catalogue.build(Component<ContextModelKind>("context.\(name)"))
      let sizes = ContextSizes(channels: channels, hyperChannels: 2 * channels, parametersPerElement: 2)
      let coding = try plan.build(sizes, density: GaussianConditionalPlan(), seeds: SeedSequence(seed))
      try coding.updateTables()
      return coding
    }
    let (high, low) = (try coding("Checkerboard", 3, seed: 1), try coding("Multistage", 2, seed: 2))
    let layout = PairLayout(high: 3, low: 2, factor: 2)
    let both = PairedCoding(high: high, low: low, condition: nil, layout: layout, hyperLayout: layout.times(2))
    let pair = LatentPair(
      high: try Tensor.uniform([2, 3, 6, 4], in: -3...3, seed: 3), low: try Tensor.uniform([2, 2, 3, 2], in: -3...3, seed: 4))
    let told = LatentPair(
      high: try Tensor.uniform([2, 6, 6, 4], in: 0...2, seed: 5), low: try Tensor.uniform([2, 4, 3, 2], in: 0...2, seed: 6))
    let (latent, hyper) = (try layout.packed(pair), try layout.times(2).packed(told))
    try withoutGradients {
      let quantizer = StraightThroughQuantizer()
      let found = try both.forward(latent, hyper: hyper, quantizer: quantizer, noise: nil)
      let ofHigh = try high.forward(pair.high, hyper: told.high, quantizer: quantizer, noise: nil)
      let ofLow = try low.forward(pair.low, hyper: told.low, quantizer: quantizer, noise: nil)
      let (values, likelihoods) = (try layout.unpacked(found.values), try layout.unpacked(found.likelihoods))
      #expect(try values.high.elements() == ofHigh.values.elements() && values.low.elements() == ofLow.values.elements())
      #expect(
        try likelihoods.high.elements() == ofHigh.likelihoods.elements() && likelihoods.low.elements() == ofLow.likelihoods.elements())
      #expect(
        try both.compress(latent, hyper: hyper) == high.compress(pair.high, hyper: told.high) + low.compress(pair.low, hyper: told.low))
      let gained = try #require(try both.gained(Tensor([1, 2, 1, 3, 1] as [Float], shape: [5])))
      let lowAlone = try #require(try low.gained(Tensor([1, 2] as [Float], shape: [2]))).compress(pair.low, hyper: told.low)
      #expect(try gained.compress(latent, hyper: hyper).suffix(1) == lowAlone[...])
    }
  }

  /// Both latents draw noise of their own.
  @Test func noiseDiffers() throws {
    final class Names: NoiseSource {
      var seen: [String] = []
      func noise(for name: String, shape: [Int]) throws -> Tensor {
        seen.append(name)
        return try Tensor.zeros(shape)
      }
    }
    let names = Names()
    let model = try plan("joint_side_information: null, context_model: context.Checkerboard").build(seed: 3)
    let side = model.sideMultiple
    _ = try withoutGradients { try model.forward(Tensor.zeros([1, 3, side, side]), noise: names) }
    #expect(Set(names.seen) == ["y_high", "y_low", "z_high", "z_low"])
  }

  /// The two latents have the sides and the channels that the paper gives them.
  @Test func latentsOfTwoResolutions() throws {
    let model = try model("ratio: 0.25")
    #expect(model.sideMultiple == 128)
    let latent = try withoutGradients { try model.analyze(Tensor.zeros([1, 3, 256, 128])) }
    #expect(latent.shape == [1, 2 + 4 * 6, 8, 4])
    let pair = try PairLayout(high: 6, low: 2, factor: 2).unpacked(latent)
    #expect(pair.high.shape == [1, 6, 16, 8] && pair.low.shape == [1, 2, 8, 4])
  }

  /// Rate controls that scale the latents work; others are refused with a reason.
  @Test func rateControls() throws {
    for control in ["QuantizationRegulator", "ScaleParameters"] {
      let plan = try plan("context_model: context.Checkerboard, rate_control: rate_control.\(control)")
      let model = try #require(try plan.build(seed: 3) as? any VariableRateModel)
      try model.updateTables()
      let latent = try Tensor.uniform([1, 4 + 4 * 4, 4, 4], in: -4...4, seed: 5)
      for point in model.rateAxis.points {
        let bound = try model.bound(to: point)
        try withoutGradients {
          let decoded = try bound.decodedLatent(of: bound.compress(latent: latent))
          #expect(try decoded.isFinite() && decoded.shape == latent.shape)
        }
      }
    }
  }

  @Test(arguments: [
    (
      "rate_control: rate_control.GainUnits, context_model: context.Checkerboard",
      "scales one second latent, and this side information has several"
    ),
    ("rate_control: rate_control.QuantizationRegulator", "does not reach into the native loop of context.Autoregressive"),
    ("rate_control: rate_control.ModulatedAutoencoder, context_model: context.Checkerboard", "this network does not tell its layers"),
    ("encoder: networks.FactorizedPriorEncoder", "gives one latent, and this model codes two"),
    ("decoder: networks.FactorizedPriorDecoder", "takes one latent, and this model codes two"),
    ("encoder: {class_path: networks.OctaveEncoder, init_args: {ratio: 0.25}}", "the encoder gives latents of 6 and 2 channels"),
    ("ratio: 1.5", "must be more than 0 and less than 1"),
    ("joint_side_information: side_information.Hyperprior", "tells of one latent"),
    ("joint_side_information: null, side_information: side_information.OctaveHyperprior", "tells of two latents at once"),
    (
      "joint_side_information: {class_path: side_information.OctaveHyperprior, init_args: {ratio: 0.25}}",
      "takes latents of 6 and 2 channels"
    ),
    (
      "joint_side_information: {class_path: side_information.OctaveHyperprior, init_args: {hyper_analysis: networks.HyperAnalysis}}",
      "the hyper analysis has one latent at an end"
    ),
    ("density: prior.GaussianMixture", "context.Autoregressive cannot be used here"),
  ])
  func whatDoesNotFit(settings: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try plan(settings) }
    #expect("\(error)".contains(sentence), "\(error)")
  }

  /// Other models refuse networks of two latents.
  @Test(arguments: [
    ("models.FactorizedPrior", "encoder: networks.OctaveEncoder"), ("models.Composed", "decoder: networks.OctaveDecoder"),
    ("models.MeanScaleHyperprior", "hyper_analysis: networks.OctaveHyperAnalysis"),
  ])
  func otherModelsRefuseThem(model: String, settings: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try plan(settings, model: model) }
    #expect(
      "\(error)".contains("is for two latents of one picture, and this model codes one; name models.Octave or models.DualBranch"),
      "\(error)")
  }

  /// Packing is exact in both orders of elements, and the way back is the same tensor.
  @Test(arguments: [MemoryFormat.contiguous, .channelsLast]) func packingIsExact(format: MemoryFormat) throws {
    let layout = PairLayout(high: 3, low: 2, factor: 2)
    let pair = LatentPair(
      high: try Tensor.uniform([2, 3, 6, 4], in: -1...1, seed: 1).contiguous(format),
      low: try Tensor.uniform([2, 2, 3, 2], in: -1...1, seed: 2).contiguous(format))
    let packed = try layout.packed(pair)
    #expect(packed.shape == [2, layout.packedChannels, 3, 2])
    let back = try layout.unpacked(packed)
    #expect(try back.high.elements() == pair.high.elements() && back.low.elements() == pair.low.elements())
    // The first channel of the low latent comes first; the square of a place of the high one is in four channels.
    #expect(try packed.selected(1, 0).elements() == pair.low.selected(1, 0).elements())
    let square = try (2..<6).map { try packed.elements()[$0 * 6] }
    #expect(try square == [0, 1, 4, 5].map { try pair.high.elements()[$0] })
    #expect(throws: LatentModelError.self) { try layout.packed(LatentPair(high: pair.low, low: pair.high)) }
    #expect(throws: LatentModelError.self) { try layout.unpacked(Tensor.zeros([1, 5, 2, 2])) }
  }

  /// A part of a picture by itself gives what it gives within the whole, as far as the networks say that they see.
  @Test func rowsChangeAsSaid() throws {
    let model = try model()
    let height = 512
    try withoutGradients {
      let input = try Tensor.uniform([1, 3, height, 64], in: 0...1, seed: 3)
      let output = try model.analysis.forward(input)
      for row in stride(from: 40, to: height, by: 90) {
        let other = try input.copy()
        try other.narrowed(2, from: row, length: 1).scale(by: -3)
        let change = try (model.analysis.forward(other) - output).absolute()
        for place in 0..<output.shape[2] where try change.narrowed(2, from: place, length: 1).maximumElement().item() > 0 {
          #expect(try model.analysis.neededRows(for: place..<place + 1).contains(row), "row \(row), place \(place)")
        }
      }
      let latent = try Tensor.uniform([1, output.shape[1], 16, 2], in: -4...4, seed: 4)
      let pictures = try model.synthesis.forward(latent)
      for place in [0, 5, 15] {
        let other = try latent.copy()
        try other.narrowed(2, from: place, length: 1).scale(by: -3)
        let change = try (model.synthesis.forward(other) - pictures).absolute()
        for row in 0..<height where try change.narrowed(2, from: row, length: 1).maximumElement().item() > 0 {
          #expect(try model.synthesis.neededRows(for: row..<row + 1).contains(place), "place \(place), row \(row)")
        }
      }
    }
  }
}
