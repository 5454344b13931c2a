import Configuration
import Layers
import Registry
import Testing
import Torch

/// The octave and deformable blocks.
struct OctaveDeformableBlockTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let make: @Sendable (Int) throws -> any Layer
  }

  static let cases: [Case] = [
    Case(description: "octave") { channels in
      try OctaveResidualBlock(
        channels: channels, ratio: 0.5, activation: { try GeneralizedDivisiveNormalization(channels: $0) }, seeds: SeedSequence(2))
    },
    Case(description: "deformable") { try DeformableBlock(channels: $0, groups: $0 > 1 ? 2 : 1, seeds: SeedSequence(2)) },
    Case(description: "unmodulated") { try DeformableBlock(channels: $0, kernel: 5, isModulated: false, seeds: SeedSequence(2)) },
    Case(description: "residual") { try DeformableResidualBlock(channels: $0, isModulated: true, seeds: SeedSequence(2)) },
    Case(description: "lite") { try LiteDeformableBlock(channels: $0, groups: $0 > 1 ? 2 : 1, seeds: SeedSequence(2)) },
  ]

  /// Moves the weights that start as zeros away from there, so that offsets differ.
  private func shake(_ layer: any Layer) throws {
    for (index, (name, parameter)) in layer.namedParameters().enumerated() where name.contains("conv_offset") {
      try parameter.tensor.detached().assign(Tensor.uniform(parameter.tensor.shape, in: -0.4...0.4, seed: UInt64(index)))
    }
  }

  @Test(arguments: cases, [[1, 1, 1, 1], [1, 4, 1, 5], [2, 6, 7, 9], [1, 8, 16, 8]])
  func shapesAreKept(example: Case, shape: [Int]) throws {
    let layer = try example.make(shape[1])
    try shake(layer)
    let input = try Tensor.uniform(shape, in: -1...1, seed: 3)
    let output = try withoutGradients { try layer.forward(input) }
    #expect(try output.shape == shape && output.isFinite())
  }

  /// The kernels against libtorch's operators, whose gradients are its own.
  @Test(arguments: cases, [MemoryFormat.contiguous, .channelsLast])
  func kernelsAreTheOperators(example: Case, format: MemoryFormat) throws {
    let layer = try example.make(6)
    try shake(layer)
    let input = try Tensor.uniform([2, 6, 9, 7], in: -1...1, seed: 3).contiguous(format)
    let found = try NormalizationKernelTests.results(layer, input, kernels: true)
    for (one, other) in zip(found, try NormalizationKernelTests.results(layer, input, kernels: false)) {
      let scale = other.values.map(abs).max() ?? 0
      let difference = zip(one.values, other.values).map { abs($0 - $1) }.max() ?? 0
      #expect(one.values.count == other.values.count && difference <= 1e-4 * scale + 1e-6, "\(one.name): \(difference) of \(scale)")
    }
  }

  /// Offsets start as zeros: an ordinary convolution, with masks of ½.
  @Test func deformableStartsAsAConvolution() throws {
    let layer = try DeformableBlock(channels: 4, seeds: SeedSequence(2))
    let input = try Tensor.uniform([1, 4, 6, 5], in: -1...1, seed: 3)
    let parameters = Dictionary(uniqueKeysWithValues: layer.namedParameters().map { ($0.name, $0.parameter.tensor) })
    let weight = try #require(parameters["weight"])
    let expected = try withoutGradients { try (input * 0.5).convolved(weight: weight, bias: parameters["bias"], padding: 1) }
    let difference = try withoutGradients { try (layer.forward(input) - expected).absolute().maximumElement().item() }
    #expect(difference < 1e-6)
  }

  /// The light one starts as the mean of the points, of which those outside are zeros, before its projection.
  @Test func liteStartsAsAMean() throws {
    let layer = try LiteDeformableBlock(channels: 4, groups: 2, seeds: SeedSequence(2))
    let input = try Tensor.uniform([1, 4, 6, 5], in: -1...1, seed: 3)
    let parameters = Dictionary(uniqueKeysWithValues: layer.namedParameters().map { ($0.name, $0.parameter.tensor) })
    let mean = try input.convolved(weight: Tensor.full([4, 1, 3, 3], 1 / 9), bias: nil, padding: 1, groups: 4)
    let weight = try #require(parameters["proj.weight"])
    let expected = try withoutGradients { try mean.convolved(weight: weight, bias: parameters["proj.bias"]) }
    let difference = try withoutGradients { try (layer.forward(input) - expected).absolute().maximumElement().item() }
    #expect(difference < 1e-6)
  }

  /// C² products for a place, and those of the convolution of the offsets.
  @Test func theLightOneIsLight() throws {
    let layer = try LiteDeformableBlock(channels: 8, groups: 2, seeds: SeedSequence(2))
    let trace = try LayerTrace.recording { _ = try withoutGradients { try layer.forward(Tensor.zeros([1, 8, 4, 4])) } }
    #expect(trace.multiplyAccumulates == 16 * (8 * 8 + 9 * 8 * 3 * 2 * 9))
  }

  @Test func namesOfTheState() throws {
    func names(_ layer: any Layer) -> [String] { layer.namedParameters().map(\.name) }
    #expect(
      names(try DeformableBlock(channels: 4, seeds: SeedSequence(2))) == ["weight", "bias", "conv_offset.weight", "conv_offset.bias"])
    #expect(
      names(try OctaveResidualBlock(channels: 4, activation: { _ in Identity() }, seeds: SeedSequence(2))).prefix(6) == [
        "conv1.h2l.0.weight", "conv1.h2l.0.bias", "conv1.h2h.0.weight", "conv1.h2h.0.bias", "conv2.l2l.0.weight", "conv2.l2l.0.bias",
      ])
  }

  /// Every entry is built with its defaults, and what does not fit is told with its place.
  @Test(arguments: ["OctaveResidual", "Deformable", "DeformableResidual", "LiteDeformable"])
  func entriesAreBuilt(name: String) throws {
    let catalogue = try Catalogue(BlockEntries.all + LayerEntries.all)
    let plan: BlockPlan = try catalogue.build(Component<BlockKind>("blocks.\(name)"), suggesting: ["channels": Node(.int(8))])
    let input = try Tensor.uniform([1, 8, 5, 6], in: -1...1, seed: 3)
    #expect(try withoutGradients { try plan.build(seeds: SeedSequence(1)).forward(input).shape } == [1, 8, 5, 6])
    guard name != "OctaveResidual" else { return }
    let wrong = Component<BlockKind>("blocks.\(name)", Node.map([("groups", Node(.int(3)))]))
    #expect(throws: ConfigurationError.self) {
      let _: BlockPlan = try catalogue.build(wrong, suggesting: ["channels": Node(.int(8))])
    }
  }

  @Test func problemsAreTold() {
    var octave = OctaveBlockSettings()
    octave.ratio = 1
    #expect(octave.problems().map(\.sentence) == ["must be more than 0 and less than 1, found 1.0"])
    var deformable = DeformableBlockSettings()
    (deformable.kernel, deformable.groups) = (4, 0)
    #expect(deformable.problems().map(\.sentence) == ["must be an odd number in 1 ... 15, found 4", "must be in 1 ... 4096, found 0"])
  }
}
