import EntropyCoding
import Testing

private let goldenFrequencies: [([Float], [Int32])] = [
  ([0.1, 0.2, 0.4, 0.2, 0.1, 1e-9], goldenRow),
  ([0.99999, 1e-9, 1e-9, 1e-9], [0, 65533, 65534, 65535, 65536]),
  ([0.5, 0.5, 0, 0, 0], [0, 32765, 65533, 65534, 65535, 65536]),
  ([0.25, 0.25, 0.25, 0.3], [0, 15603, 31206, 46809, 65536]),
  ([1e-9, 0.999999, 1e-9], [0, 1, 65535, 65536]),
  ([0.3], [0, 65536]),
]

@Test(arguments: goldenFrequencies)
func frequenciesAreThoseOfCompressAI(pmf: [Float], cumulative: [Int32]) throws {
  #expect(try QuantizedCDF.make(pmf: pmf) == cumulative)
}

@Test func everySymbolKeepsACount() throws {
  var generator = SeededGenerator(state: 3)
  for _ in 0..<50 {
    let pmf = (0..<Int.random(in: 1...200, using: &generator)).map { _ in
      Bool.random(using: &generator) ? Float.random(in: 0...1, using: &generator) : 0
    }
    guard pmf.contains(where: { $0 > 0.001 }) else { continue }
    try makeTables([QuantizedCDF.make(pmf: pmf)], offsets: [0]).checkInvariants()
  }
  let widest = [1] + [Float](repeating: 0, count: 2000)
  try makeTables([QuantizedCDF.make(pmf: widest)], offsets: [0]).checkInvariants()
}

@Test func everyCountOfSixteenBitsCanBeUsed() throws {
  let row = try QuantizedCDF.make(pmf: repeatElement(1, count: 65536))
  #expect(row == Array(0...65536))
}

@Test func impossibleDistributionsAreRefused() {
  #expect(thrownError { () throws(EntropyCodingError) in try QuantizedCDF.make(pmf: []) } == .probabilityCount(0))
  let tooMany = repeatElement(Float(1), count: 65537)
  #expect(thrownError { () throws(EntropyCodingError) in try QuantizedCDF.make(pmf: tooMany) } == .probabilityCount(65537))
  #expect(thrownError { () throws(EntropyCodingError) in try QuantizedCDF.make(pmf: [0, 1e-9]) } == .probabilitiesVanish)
  for value in [-0.5, -.infinity, .infinity, 65536] as [Float] {
    let error = thrownError { () throws(EntropyCodingError) in try QuantizedCDF.make(pmf: [0.5, value]) }
    #expect(error == .probability(position: 1, value: value))
  }
  // Not a number differs from itself, so that the sentence is compared.
  let error = thrownError { () throws(EntropyCodingError) in try QuantizedCDF.make(pmf: [Float.nan]) }
  #expect(error?.description == "probability 0 is nan and must be a number from 0 to less than 65536")
}
