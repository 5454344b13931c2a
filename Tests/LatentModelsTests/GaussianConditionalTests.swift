import EntropyCoding
import LatentModels
import Testing
import Torch
import Weights

/// The golden values come from CompressAI 1.2.8.
struct GaussianConditionalTests {
  private static let scales: [Float] = [0.05, 0.11, 0.2, 1, 3.3, 300]
  private static let latent: [Float] = [0, 1, -2, 3, -40, 1000]
  private static let payload: [UInt8] = [0x73, 0xBB, 0x7C, 0x3E, 0x51, 0x2A, 0, 0, 0, 0, 0xD0, 0xFF, 0x32, 0x02, 0xD9, 0x0F]

  private static func model() throws -> GaussianConditional {
    let model = try GaussianConditional()
    try model.updateTables()
    return model
  }

  /// `[1, 1, 2, 3]`.
  private static func tensor(_ values: [Float]) throws -> Tensor { try Tensor(values, shape: [1, 1, 2, 3]) }

  private static func parameters(mean: Float? = nil) throws -> GaussianParameters {
    GaussianParameters(scales: try tensor(scales), means: try mean.map { try tensor([Float](repeating: $0, count: 6)) })
  }

  @Test func likelihoods() throws {
    let (values, likelihoods) = try Self.model().forward(Self.tensor(Self.latent), parameters: Self.parameters(), noise: nil)
    #expect(try values.elements() == Self.latent)
    let expected: [Float] = [0.99999452, 2.7408e-06, 1e-9, 5.9770e-03, 1e-9, 5.1409e-06]
    for (value, wanted) in zip(try likelihoods.elements(), expected) { #expect(abs(value - wanted) <= 3e-5 * wanted) }
  }

  @Test func indexes() throws {
    #expect(try Self.model().indexes(of: Self.tensor(Self.scales)).elements(Int32.self) == [0, 0, 5, 18, 28, 63])
  }

  /// The scales of the table, their neighbours in 32 bits, and what is no scale: as the search in the tables finds them.
  @Test func indexesAreThoseOfTheTables() throws {
    let tables = try GaussianTables()
    let scales = tables.scales.flatMap { [$0.nextDown, $0, $0.nextUp] } + [-1, 0, 1e30, .infinity, .nan, -.infinity]
    let found = try Self.model().indexes(of: Tensor(scales, shape: [1, 1, 1, scales.count])).elements(Int32.self)
    #expect(found == scales.map { tables.index(ofScale: $0) })
  }

  @Test func payload() throws {
    let model = try Self.model()
    let payloads = try model.compress(Self.tensor(Self.latent), parameters: Self.parameters())
    #expect(payloads == [Self.payload])
    #expect(try model.decompress([Self.payload], parameters: Self.parameters()).elements() == Self.latent)
  }

  /// Moved by a mean, the symbols and so the bytes stay the same.
  @Test func payloadWithMeans() throws {
    let model = try Self.model()
    let latent = try Self.tensor(Self.latent.map { $0 + 0.4 })
    #expect(try model.compress(latent, parameters: Self.parameters(mean: 0.4)) == [Self.payload])
    let decoded = try model.decompress([Self.payload], parameters: Self.parameters(mean: 0.4))
    #expect(try decoded.elements() == Self.latent.map { $0 + 0.4 })
    let (values, likelihoods) = try model.forward(latent, parameters: Self.parameters(mean: 0.4), noise: nil)
    #expect(try values.elements() == Self.latent.map { $0 + 0.4 })
    #expect(try abs(likelihoods.elements()[3] - 5.9770e-03) < 1e-6)
  }

  @Test func noiseIsAddedInPlaceOfRounding() throws {
    let noise = try Tensor.full([1, 1, 2, 3], 0.25)
    let (values, _) = try Self.model().forward(Self.tensor(Self.latent), parameters: Self.parameters(mean: 0.4), noise: noise)
    #expect(try values.elements() == Self.latent.map { $0 + 0.25 })
  }

  @Test func eachSampleOfABatchHasItsOwnPayload() throws {
    let model = try Self.model()
    let latent = try Tensor(Self.latent + Self.latent.reversed(), shape: [2, 1, 2, 3])
    let parameters = GaussianParameters(scales: try Tensor(Self.scales + Self.scales.reversed(), shape: [2, 1, 2, 3]))
    let payloads = try model.compress(latent, parameters: parameters)
    #expect(payloads.count == 2 && payloads[0] == Self.payload && payloads[1] != Self.payload)
    #expect(try model.decompress(payloads, parameters: parameters).elements() == latent.elements())
    #expect(throws: LatentModelError.self) { try model.decompress([payloads[0]], parameters: parameters) }
  }

  /// What lies otherwise in memory is coded in the order C, H, W.
  @Test func otherLayoutsGiveTheSamePayload() throws {
    let model = try Self.model()
    func shaped(_ values: [Float]) throws -> Tensor { try Tensor(values, shape: [1, 3, 1, 2]) }
    let plain = try model.compress(shaped(Self.latent), parameters: GaussianParameters(scales: shaped(Self.scales)))
    let scales = try shaped(Self.scales).contiguous(.channelsLast)
    let other = try model.compress(shaped(Self.latent).contiguous(.channelsLast), parameters: GaussianParameters(scales: scales))
    #expect(plain == [Self.payload] && other == plain)
    #expect(try model.decompress(plain, parameters: GaussianParameters(scales: scales)).elements() == Self.latent)
  }

  /// Against central differences of the likelihoods themselves, in 32 bits and so with wide steps.
  @Test func gradients() throws {
    let model = try Self.model()
    let (latent, scales, means): ([Float], [Float], [Float]) = ([0.3, -1, 2], [0.5, 1, 4], [0.1, 0.2, -0.5])
    func sum(_ latent: [Float], _ scales: [Float], _ means: [Float]) throws -> (Tensor, [Tensor]) {
      let inputs = try [latent, scales, means].map { try Tensor($0, shape: [1, 3, 1, 1]) }
      for input in inputs { try input.setRequiresGradient() }
      let zero = try Tensor.zeros([1, 3, 1, 1])
      let parameters = GaussianParameters(scales: inputs[1], means: inputs[2])
      return (try model.forward(inputs[0], parameters: parameters, noise: zero).likelihoods.logarithm().sum(), inputs)
    }
    let (output, inputs) = try sum(latent, scales, means)
    try output.backward()
    for (which, input) in inputs.enumerated() {
      let found = try #require(try input.gradient()).elements()
      for index in 0..<3 {
        func moved(_ step: Float) throws -> Double {
          var values = [latent, scales, means]
          values[which][index] += step
          return try sum(values[0], values[1], values[2]).0.detached().item()
        }
        let quotient = (try moved(0.01) - moved(-0.01)) / 0.02
        #expect(abs(Double(found[index]) - quotient) < 1e-3 * max(1, abs(quotient)), "input \(which), \(index)")
      }
    }
  }

  /// Below the bound a scale learns only to grow.
  @Test func theScaleBoundLetsGradientsPassThatRaiseTheScale() throws {
    let model = try Self.model()
    for (value, isHeld) in [(Float(0), true), (3, false)] {
      let scales = try Tensor([Float(0.05)], shape: [1, 1, 1, 1])
      try scales.setRequiresGradient()
      let parameters = GaussianParameters(scales: scales)
      let likelihoods = try model.forward(Tensor([value], shape: [1, 1, 1, 1]), parameters: parameters, noise: nil).likelihoods
      try (-likelihoods.logarithm()).sum().backward()
      let gradient = try #require(try scales.gradient()).item()
      #expect(isHeld ? gradient == 0 : gradient <= 0)
    }
  }

  @Test func statesWithoutScalesGetTheDefaultOnes() throws {
    let model = try GaussianConditional()
    try model.load(StoredTensors([("scale_table", Tensor.empty([0]).stored())]))
    try model.updateTables()
    #expect(try model.tables() == GaussianTables().tables)
  }

  @Test func otherScales() throws {
    let model = try GaussianConditional(scales: [0.5, 2], scaleBound: 0.5)
    try model.updateTables()
    #expect(try model.indexes(of: Self.tensor(Self.scales)).elements(Int32.self) == [0, 0, 0, 1, 1, 1])
    #expect(try model.tables() == GaussianTables(scales: [0.5, 2]).tables)
    let payloads = try model.compress(Self.tensor(Self.latent), parameters: Self.parameters())
    #expect(try model.decompress(payloads, parameters: Self.parameters()).elements() == Self.latent)
  }

  @Test func withoutTablesThereIsAnError() throws {
    let model = try GaussianConditional()
    #expect(throws: LatentModelError.tablesMissing) { try model.compress(Self.tensor(Self.latent), parameters: Self.parameters()) }
    let short = try Self.model()
    try short.load(StoredTensors([("scale_table", Tensor([Float(1), 2], shape: [2]).stored())]))
    #expect(throws: LatentModelError.tablesOfAnotherModel(rows: 64, expected: 2, unit: "scales")) { try short.tables() }
  }

  @Test(arguments: [Float.nan, .infinity, 1e12])
  func latentsThatCannotBeCodedAreErrors(value: Float) throws {
    let latent = try Self.tensor([value, 0, 0, 0, 0, 0])
    #expect(throws: LatentModelError.self) { try Self.model().compress(latent, parameters: Self.parameters()) }
  }

  @Test func cutPayloadsAreRefused() throws {
    let model = try Self.model()
    for count in 0..<Self.payload.count {
      #expect(throws: EntropyCodingError.self) {
        try model.decompress([Array(Self.payload.prefix(count))], parameters: Self.parameters())
      }
    }
  }

  @Test func scalesOfAnotherShapeAreRefused() throws {
    let parameters = GaussianParameters(scales: try Tensor.full([1, 1, 1, 3], 1))
    #expect(throws: LatentModelError.self) { try Self.model().compress(Self.tensor(Self.latent), parameters: parameters) }
  }
}
