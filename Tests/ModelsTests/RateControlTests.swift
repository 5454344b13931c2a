import Configuration
import LatentModels
import Layers
import Testing
import Torch
import Weights

@testable import Models

/// Every rate control in every family of models that takes it.
@Suite(.serialized) struct RateControlTests {
  static let controls = [
    "QuantizationOffsets", "GainUnits", "QuantizationRegulator", "ScaleParameters", "ConditionalConvolutions", "ModulatedAutoencoder",
    "SpatialFeatureTransform", "{class_path: QuantizationOffsets, init_args: {hyper_steps: true}}",
  ]
  static let models = ["ScaleHyperprior", "MeanScaleHyperprior", "JointAutoregressiveHyperprior", "Cheng2020Anchor", "Cheng2020Attention"]
  /// Those that decide the width of intervals, or what lies before them, by numbers that are there from the start.
  static let scaling = ["QuantizationOffsets", "GainUnits", "QuantizationRegulator", "ScaleParameters"]

  static func model(_ name: String, _ control: String, more: String = "") throws -> RateControlledModel {
    try Runtime.setThreads(1)
    let sizes = name.hasPrefix("Cheng") ? "channels: 6" : "channels: 4, expansion_channels: 6"
    let arguments = "{\(sizes), quantizer: Mixed, rate_control: \(control)\(more)}"
    let model = try FactorizedPriorPlanTests.plan(arguments, model: "models.\(name)").build(seed: 3)
    // Larger latents, so that symbols say something.
    try withoutGradients {
      for (name, parameter) in model.namedParameters() where ["g_a.6.weight", "h_a.4.weight"].contains(name) {
        try parameter.tensor.scale(by: 40)
      }
    }
    try model.updateTables()
    return try #require(model as? RateControlledModel)
  }

  private static func pictures(_ count: Int = 1) throws -> Tensor { try Tensor.uniform([count, 3, 64, 128], in: 0...1, seed: 9) }

  @Test(arguments: models, controls)
  func whatIsEstimatedIsDecodedAtEveryRate(name: String, control: String) throws {
    let model = try Self.model(name, control)
    for position in [0, 3, 4.6, 7] {
      let bound = try model.bound(to: RatePosition(position))
      let output = try withoutGradients { try bound.forward(Self.pictures(), noise: nil) }
      let coded = try bound.compress(Self.pictures())
      let decoded = try model.bound(to: RatePosition(position)).decompress(coded)
      let difference = try largestDifference(output.reconstruction.clamped(from: 0, to: 1), decoded)
      #expect(difference < 1e-4, "\(position): \(difference)")
      let bits = try output.likelihoods.reduce(0) { try $0 - $1.tensor.logarithm().sum().item() / 0.693147 }
      // What is improbable costs more in the estimate than an escape does.
      #expect(Double(coded.byteCount * 8) < bits * 1.1 + 256, "\(position)")
    }
  }

  @Test(arguments: controls) func theStateIsThatOfTheModelAndTheControl(control: String) throws {
    let model = try Self.model("MeanScaleHyperprior", control)
    let plain = try FactorizedPriorPlanTests.plan("{channels: 4, expansion_channels: 6}", model: "models.MeanScaleHyperprior")
      .build(seed: 3).storedState()
    let state = try model.storedState()
    #expect(Set(plain.names).isStrictSubset(of: Set(state.names)))
    // The control draws its weights last, so that those of the model are as without it.
    for name in plain.names where !["g_a.6.weight", "h_a.4.weight"].contains(name) && !name.contains("_cdf") && !name.hasSuffix("_offset") {
      #expect(plain[name] == state[name], "\(name)")
    }
    let other = try Self.model("MeanScaleHyperprior", control)
    try withoutGradients { for (_, parameter) in other.namedParameters() { try parameter.tensor.scale(by: 1.5) } }
    try other.load(state)
    #expect(
      try other.bound(to: RatePosition(2.5)).compress(Self.pictures()) == model.bound(to: RatePosition(2.5)).compress(Self.pictures()))
  }

  @Test(arguments: ["MeanScaleHyperprior", "JointAutoregressiveHyperprior"], scaling)
  func theRateRisesAlongTheAxis(name: String, control: String) throws {
    let model = try Self.model(name, control)
    let bits = try stride(from: 0.0, through: 7, by: 0.5).map { position in
      let likelihoods = try withoutGradients { try model.bound(to: RatePosition(position)).likelihoods(of: Self.pictures()) }
      return try likelihoods.reduce(0.0) { try $0 - $1.tensor.logarithm().sum().item() }
    }
    #expect(zip(bits, bits.dropFirst()).allSatisfy { $0 <= $1 } && bits[14] > 2 * bits[4], "\(bits)")
  }

  /// Rates near a point are near to it, and that of the point is the point's.
  @Test(arguments: controls) func pointsAreEndsOfWhatLiesBetween(control: String) throws {
    let model = try Self.model("MeanScaleHyperprior", control)
    func reconstruction(_ position: Double) throws -> Tensor {
      try withoutGradients {
        try model.bound(to: RatePosition(position)).synthesize(model.bound(to: RatePosition(position)).analyze(Self.pictures()))
      }
    }
    for point in [1.0, 6] {
      let exact = try reconstruction(point)
      #expect(try largestDifference(exact, reconstruction(point + 1e-7)) < 1e-4)
      #expect(try largestDifference(exact, reconstruction(point - 1e-7)) < 1e-4)
    }
  }

  @Test(arguments: controls) func gradientsReachEveryParameterOfTheControl(control: String) throws {
    let model = try Self.model("MeanScaleHyperprior", control)
    let noise = SampleNoise(seed: 1, step: 0, indices: [0])
    // Both sides of a point, and between, so that all vectors have their turn.
    for position in [0.0, 1, 2, 3, 4, 5, 6, 7, 3.4] {
      let output = try model.bound(to: RatePosition(position)).forward(Self.pictures(), noise: noise)
      let rate = try output.likelihoods.reduce(output.reconstruction.squared().mean()) { try $0 - $1.tensor.logarithm().mean() }
      try rate.backward()
    }
    for (name, parameter) in model.control.namedParameters() where parameter.isTrained {
      let gradient = try #require(try parameter.tensor.gradient(), "\(name)")
      #expect(try gradient.isFinite() && gradient.absolute().sum().item() > 0, "\(name)")
    }
  }

  @Test func gainsFollowAPowerBetweenPoints() throws {
    let axis = RateAxis(lambdas: [0.01, 0.04, 0.16])
    let table = try RateTable(axis.startingGains, channels: 2)
    #expect(zip(axis.startingGains, [0.25, 0.5, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
    func numbers(_ position: Double) throws -> [Float] {
      try table.numbers(at: axis.interval(at: RatePosition(position))).detached().elements(Float.self)
    }
    #expect(try numbers(1).allSatisfy { abs($0 - 0.5) < 1e-6 })
    #expect(try numbers(1.5).allSatisfy { abs($0 - Float(0.5).squareRoot()) < 1e-6 })
  }

  /// One number for all channels or the same for each: the same latent.
  @Test func scaleParametersOfOneNumberAreARegulator() throws {
    let regulator = try Self.model("JointAutoregressiveHyperprior", "QuantizationRegulator")
    let parameters = try Self.model("JointAutoregressiveHyperprior", "ScaleParameters")
    for position in [2, 5.25] {
      let (one, other) = (try regulator.bound(to: RatePosition(position)), try parameters.bound(to: RatePosition(position)))
      #expect(try one.compress(Self.pictures()) == other.compress(Self.pictures()))
    }
    // Other numbers for single channels give another one.
    try withoutGradients {
      let numbers = parameters.control.namedParameters()[0].parameter.tensor
      try numbers.assign(numbers + Tensor.uniform([8, 6], in: -0.5...0.5, seed: 1))
    }
    let bound = try parameters.bound(to: RatePosition(2))
    let coded = try bound.compress(Self.pictures())
    #expect(try coded != regulator.bound(to: RatePosition(2)).compress(Self.pictures()))
    let output = try withoutGradients { try bound.forward(Self.pictures(), noise: nil) }
    #expect(try largestDifference(output.reconstruction.clamped(from: 0, to: 1), bound.decompress(coded)) == 0)
  }

  /// Vectors that neither scale nor shift leave the model as it is without them.
  @Test func untrainedConditionalConvolutionsChangeNothing() throws {
    let model = try Self.model("MeanScaleHyperprior", "ConditionalConvolutions")
    let plain = try model.base.compress(Self.pictures())
    #expect(try model.bound(to: RatePosition(4)).compress(Self.pictures()) == plain)
    // Between the points the width of the intervals alone is another one: finer above, coarser below.
    let sizes = try [3.5001, 4, 4.4999].map { try model.bound(to: RatePosition($0)).compress(Self.pictures()).byteCount }
    #expect(sizes[0] < sizes[1] && sizes[1] < sizes[2], "\(sizes)")
  }

  @Test func aMapChangesThePictureWhereItDiffers() throws {
    let model = try Self.model("MeanScaleHyperprior", "{class_path: SpatialFeatureTransform, init_args: {condition_channels: 8}}")
    #expect(model.takesQualityMaps)
    let level = try model.bound(to: RatePosition(7)).analyze(Self.pictures())
    #expect(try largestDifference(level, model.bound(toMap: Tensor.full([1, 1, 64, 128], 1)).analyze(Self.pictures())) == 0)
    // The right half has the lowest quality.
    let map = try Tensor.concatenated([Tensor.full([1, 1, 64, 64], 1), Tensor.zeros([1, 1, 64, 64])], along: 3)
    let bound = try model.bound(toMap: map)
    let mapped = try bound.analyze(Self.pictures())
    #expect(try largestDifference(level.narrowed(3, from: 0, length: 1), mapped.narrowed(3, from: 0, length: 1)) == 0)
    #expect(try largestDifference(level.narrowed(3, from: 7, length: 1), mapped.narrowed(3, from: 7, length: 1)) > 1e-3)
    // Decoding needs no map.
    let coded = try bound.compress(Self.pictures())
    #expect(try largestDifference(bound.decompress(coded), model.bound(to: RatePosition(0)).decompress(coded)) == 0)
    #expect(throws: TorchError.self) { try model.bound(toMap: Tensor.zeros([1, 1, 64, 64])).analyze(Self.pictures()) }
    let other = try Self.model("MeanScaleHyperprior", "GainUnits")
    #expect(!other.takesQualityMaps)
    #expect(throws: RateError.noQualityMap) { try other.bound(toMap: map) }
  }

  @Test func anAxisOfQualitiesIsAGeometricSeries() throws {
    let control = "{class_path: SpatialFeatureTransform, init_args: {lambda_min: 0.001, lambda_max: 0.1, points: 3, condition_channels: 2}}"
    let axis = try Self.model("MeanScaleHyperprior", control).rateAxis
    #expect(axis.isTrainedBetween && axis.lambdas.count == 3)
    #expect(zip(axis.lambdas, [0.001, 0.01, 0.1]).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
  }

  @Test(arguments: [
    (
      "MeanScaleHyperprior", "{channels: 4, expansion_channels: 6, rate_control: QuantizationOffsets}",
      "model.init_args.quantizer: rate_control.QuantizationOffsets learns where rounded numbers are put back, and this quantizer shows the "
        + "decoder none in training; name quantizer.Mixed or quantizer.StraightThrough, or set its offsets to false"
    ),
    (
      "MeanScaleHyperprior",
      "{expansion_channels: 6, encoder: \(TorchScriptNetworkTests.network("encoder.pt")), rate_control: ModulatedAutoencoder, channels: 4}",
      "model.init_args.encoder: rate_control.ModulatedAutoencoder works between the layers of encoder and decoder, and this network does not "
        + "tell its layers"
    ),
    (
      "MeanScaleHyperprior", "{channels: 4, rate_control: {class_path: GainUnits, init_args: {lambdas: [0.1, 0.05]}}}",
      "model.init_args.rate_control.init_args.lambdas: must be positive and rise, found [0.1, 0.05]"
    ),
    (
      "MeanScaleHyperprior", "{channels: 4, rate_control: {class_path: QuantizationOffsets, init_args: {gains: [1]}}, quantizer: Mixed}",
      "must have an element for each of the 8 lambdas, found 1"
    ),
    (
      "Cheng2020Anchor", "{channels: 4, rate_control: {class_path: SpatialFeatureTransform, init_args: {lambda_min: 1, points: 1}}}",
      "must be more than lambda_min"
    ),
  ])
  func whatDoesNotFitIsRefused(name: String, arguments: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try FactorizedPriorPlanTests.plan(arguments, model: "models.\(name)")
    }
    #expect("\(error)".contains(sentence), "\(error)")
  }

  private func largestDifference(_ left: Tensor, _ right: Tensor) throws -> Double {
    #expect(left.shape == right.shape)
    return try withoutGradients { try (left - right).absolute().maximumElement().item() }
  }
}
