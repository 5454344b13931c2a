import EntropyCoding
import Testing
import Torch
import Weights

@testable import LatentModels

/// Symbols, rows of tables and restored values of the kernel against the operators, bit for bit.
struct QuantizationKernelTests {
  /// Halves, what rounds to zero from below, whole numbers that fill 32 bits of floating point, and the ends of what is codable.
  static let edges: [Float] = [
    0.5, 1.5, 2.5, -0.5, -1.5, -0.3, -0.0, 0.0, 0.49999997, 8_388_607.5, 8_388_608, -16_777_215, 4_194_304.5, 0x1.fffffep29, -0x1.fffffep29,
    0x1p-140, 3, -7.25, 0.50000006, 100.5,
  ]

  private static func gaussian() throws -> GaussianConditional {
    let model = try GaussianConditional()
    try model.updateTables()
    return model
  }

  private static func bits(_ tensor: Tensor) throws -> [UInt32] { try tensor.elements().map(\.bitPattern) }

  /// Expects the same of `body` with and without kernels.
  private func expectSame<Result: Equatable>(_ what: String, _ body: () throws -> Result) throws {
    let found = try Kernels.$areOn.withValue(true, operation: body)
    let expected = try Kernels.$areOn.withValue(false, operation: body)
    #expect(found == expected, "\(what)")
  }

  private func expectSame(_ latent: Tensor, means: Tensor?, scales: Tensor) throws {
    let (model, parameters) = (try Self.gaussian(), GaussianParameters(scales: scales, means: means))
    try expectSame("symbols") { try model.symbols(of: latent, means: means).elements(Int32.self) }
    try expectSame("rows") { try model.indexes(of: scales).elements(Int32.self) }
    try expectSame("payloads") { try model.compress(latent, parameters: parameters) }
    let payloads = try model.compress(latent, parameters: parameters)
    try expectSame("values") { try Self.bits(model.decompress(payloads, parameters: parameters)) }
  }

  @Test(arguments: KernelCase.all, [true, false])
  func gaussians(example: KernelCase, hasMeans: Bool) throws {
    let means = try hasMeans ? example.numbers(in: -3...3, seed: 2) : nil
    try expectSame(example.numbers(in: -50...50, seed: 1), means: means, scales: example.numbers(in: -1...300, seed: 3))
  }

  @Test(arguments: KernelCase.all)
  func bottlenecks(example: KernelCase) throws {
    let bottleneck = try EntropyBottleneck(channels: example.shape[1], seeds: SeedSequence(5))
    let medians = try Tensor.uniform([example.shape[1], 1, 1], in: -1...1, seed: 6)
    try withoutGradients { try bottleneck.quantiles.tensor.assign(bottleneck.quantiles.tensor + medians) }
    try bottleneck.updateTables()
    let latent = try example.numbers(in: -20...20, seed: 1)
    try expectSame("symbols") { try bottleneck.symbols(of: latent).elements(Int32.self) }
    try expectSame("quantised") { try Self.bits(bottleneck.quantized(latent)) }
    try expectSame("payloads") { try bottleneck.compress(latent) }
    let (payloads, shape) = (try bottleneck.compress(latent), example.shape)
    try expectSame("values") { try Self.bits(bottleneck.decompress(payloads, height: shape[2], width: shape[3])) }
    #expect(try Self.bits(bottleneck.decompress(payloads, height: shape[2], width: shape[3])) == Self.bits(bottleneck.quantized(latent)))
  }

  /// Parts of larger tensors: some channels, some rows, some columns.
  @Test func gaps() throws {
    for order in [MemoryFormat.contiguous, .channelsLast] {
      let tensors = try (1...3).map { try Tensor.uniform([2, 21, 9, 8], in: -9...20, seed: $0).contiguous(order) }
      for (dimension, start, length) in [(1, 3, 17), (2, 1, 5), (3, 2, 4), (0, 1, 1), (2, 4, 1), (3, 4, 1)] {
        let parts = try tensors.map { try $0.narrowed(dimension, from: start, length: length) }
        try expectSame(parts[0], means: parts[1], scales: parts[2])
      }
      try expectSame(
        tensors[0].permuted([0, 1, 3, 2]), means: tensors[1].permuted([0, 1, 3, 2]), scales: tensors[2].permuted([0, 1, 3, 2]))
    }
  }

  @Test(arguments: [0, 0.25, -0.5, 0.333] as [Float])
  func ties(mean: Float) throws {
    let shape = [1, 2, 2, 5]
    let latent = try Tensor(Self.edges, shape: shape)
    let means = try Tensor.full(shape, Double(mean))
    try expectSame(latent, means: means, scales: Tensor.full(shape, 3))
    try expectSame(latent, means: nil, scales: Tensor.full(shape, 3))
    let bottleneck = try EntropyBottleneck(channels: 2, seeds: SeedSequence(5))
    try expectSame("quantised") { try Self.bits(bottleneck.quantized(latent)) }
  }

  /// The entries of the table, their neighbours and what is no scale, among the scales of the default and of a single one.
  @Test(arguments: [GaussianTables.defaultScales, [0.5, 2, 7], [4], []])
  func rowsOfScales(table: [Float]) throws {
    let scales =
      GaussianTables.defaultScales.flatMap { [$0.nextDown, $0, $0.nextUp] } + [-1, 0, -0.0, 0x1p-140, 1e30, .infinity, .nan, -.infinity]
    let model = try GaussianConditional(scales: table)
    try expectSame("rows") { try model.indexes(of: Tensor(scales, shape: [1, 4, 5, 10])).elements(Int32.self) }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, 0x1p30, -0x1p30, 1e12])
  func whatIsNotCodable(value: Float) throws {
    let example = KernelCase(shape: [2, 20, 3, 3], order: .channelsLast)
    for place in [0, 100, 359] {
      var numbers = [Float](repeating: 1, count: 360)
      numbers[place] = value
      let latent = try Tensor(numbers, shape: example.shape).contiguous(example.order)
      let (model, scales) = (try Self.gaussian(), try Tensor.full(example.shape, 1))
      let bottleneck = try EntropyBottleneck(channels: 20, seeds: SeedSequence(5))
      try bottleneck.updateTables()
      for areOn in [true, false] {
        Kernels.$areOn.withValue(areOn) {
          #expect(throws: Symbols.notCodable) { try model.symbols(of: latent, means: nil) }
          #expect(throws: Symbols.notCodable) { try model.compress(latent, parameters: GaussianParameters(scales: scales)) }
          #expect(throws: Symbols.notCodable) { try bottleneck.quantized(latent) }
          #expect(throws: Symbols.notCodable) { try bottleneck.compress(latent) }
        }
      }
    }
  }
}
