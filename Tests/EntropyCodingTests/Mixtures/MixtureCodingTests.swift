import Testing

@testable import EntropyCoding

@Suite struct MixtureCodingTests {
  static let shapes: [MixtureShape] = [
    MixtureShape([.gaussian, .gaussian, .gaussian]), MixtureShape([.gaussian, .laplacian, .logistic]), MixtureShape([.laplacian]),
    MixtureShape([.logistic, .logistic], scaleBound: 0.5),
  ]

  /// Numbers that are drawn from a seed.
  private struct Draw {
    var state: UInt64

    mutating func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 0x1p53
    }
  }

  private func parameters(_ shape: MixtureShape, count: Int, seed: UInt64, spread: Double = 6) -> [Float] {
    var draw = Draw(state: seed)
    let components = shape.components.count
    return (0..<3 * components * count).map { place in
      let kind = place / (components * count)
      let number = draw.uniform()
      return Float(kind == 0 ? 4 * number - 2 : kind == 1 ? spread * (2 * number - 1) : 0.05 + 4 * number * number)
    }
  }

  private func encode(_ symbols: [Int32], _ parameters: [Float], _ shape: MixtureShape) -> [UInt8] {
    var encoder = MixtureEncoder(shape)
    symbols.withUnsafeBufferPointer { symbols in
      parameters.withUnsafeBufferPointer { if let start = $0.baseAddress { encoder.append(symbols, parameters: start) } }
    }
    return encoder.finish()
  }

  private func decode(_ stream: [UInt8], _ parameters: [Float], _ shape: MixtureShape) throws(EntropyCodingError) -> [Int32] {
    var decoder = try MixtureDecoder(stream, shape: shape)
    var symbols = [Int32](repeating: 0, count: parameters.count / shape.parametersPerElement)
    try symbols.withUnsafeMutableBufferPointer { (symbols) throws(EntropyCodingError) in
      try parameters.withUnsafeBufferPointer { (parameters) throws(EntropyCodingError) in
        if let start = parameters.baseAddress { try decoder.decode(into: symbols, parameters: start) }
      }
    }
    try decoder.finish()
    return symbols
  }

  @Test(arguments: shapes, [0, 1, 7, 3000]) func decodingIsTheWayBack(shape: MixtureShape, count: Int) throws {
    let parameters = parameters(shape, count: count, seed: UInt64(count) + 1)
    var draw = Draw(state: 9)
    // One in fifty lies far outside and needs an escape.
    let symbols = (0..<count).map { Int32(($0 % 50 == 49 ? 1e5 : 9) * (2 * draw.uniform() - 1)) }
    let stream = encode(symbols, parameters, shape)
    #expect(try decode(stream, parameters, shape) == symbols)
    if count == 0 { #expect(stream.count == 8) }
  }

  /// In several calls with parts of the symbols, as a context model's groups are coded.
  @Test func callsCanBeSplit() throws {
    let shape = Self.shapes[1]
    let (first, second) = (parameters(shape, count: 40, seed: 3), parameters(shape, count: 25, seed: 4))
    let symbols = (0..<65).map { Int32($0 % 11 - 5) }
    var encoder = MixtureEncoder(shape)
    for (parameters, part) in [(first, symbols[..<40]), (second, symbols[40...])] {
      Array(part).withUnsafeBufferPointer { part in
        parameters.withUnsafeBufferPointer { if let start = $0.baseAddress { encoder.append(part, parameters: start) } }
      }
    }
    var decoder = try MixtureDecoder(encoder.finish(), shape: shape)
    var found: [Int32] = []
    for (parameters, count) in [(first, 40), (second, 25)] {
      var part = [Int32](repeating: 0, count: count)
      try part.withUnsafeMutableBufferPointer { (part) throws(EntropyCodingError) in
        try parameters.withUnsafeBufferPointer { (parameters) throws(EntropyCodingError) in
          if let start = parameters.baseAddress { try decoder.decode(into: part, parameters: start) }
        }
      }
      found += part
    }
    try decoder.finish()
    #expect(found == symbols)
  }

  /// The table of an element: every symbol has a frequency, together they fill 16 bits, and they are the exact probabilities to within a few units.
  @Test(arguments: shapes) func tablesAreThoseOfTheMixture(shape: MixtureShape) {
    let parameters = parameters(shape, count: 50, seed: 11)
    let components = shape.components.count
    shape.withReference { reference in
      for index in 0..<50 {
        parameters.withUnsafeBufferPointer { if let start = $0.baseAddress { reference.set(start, index: index, count: 50) } }
        let element = MixtureElement(reference)
        let edges = (0...element.count).map { element.frequency(at: $0) } + [65536]
        #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
        #expect(edges[0] == 0)
        let logits = (0..<components).map { Double(parameters[$0 * 50 + index]) }
        let weights = logits.map { exponential($0) }
        for symbol in 0..<element.count {
          var exact = 0.0
          for component in 0..<components {
            let mean = Double(parameters[(components + component) * 50 + index])
            let scale = Double(max(parameters[(2 * components + component) * 50 + index], shape.scaleBound))
            let value = Double(element.first + symbol)
            let own = shape.components[component]
            exact +=
              weights[component] / weights.reduce(0, +)
              * (own.cumulative((value + 0.5 - mean) / scale) - own.cumulative((value - 0.5 - mean) / scale))
          }
          let found = Double(edges[symbol + 1] - edges[symbol]) / 65536
          #expect(abs(found - exact) < 4 / 65536 + exact * Double(element.count + 2) / 65536, "\(found), not \(exact)")
        }
        // Each frequency belongs to the symbol whose range holds it.
        for target in stride(from: UInt64(0), to: 65536, by: 997) {
          let found = element.symbol(holding: target)
          #expect(found.start <= target && target < found.start + found.frequency && found.start == edges[found.index])
        }
      }
    }
  }

  private func exponential(_ x: Double) -> Double { x <= 0 ? Exponential.ofNegative(x) : 1 / Exponential.ofNegative(-x) }

  @Test func exponentialsAreExactToTheLastBits() {
    #expect(Exponential.ofNegative(0) == 1)
    #expect(abs(Exponential.ofNegative(-1) - 0.367879441171442321595) < 1e-16)
    #expect(abs(Exponential.ofNegative(-20) / 2.06115362243855782797e-9 - 1) < 1e-15)
    #expect(Exponential.ofNegative(-1000) == 0 && Exponential.ofNegative(.nan) == 0)
  }

  /// Parameters that no training should give, but a damaged file may.
  @Test(arguments: shapes) func strangeParametersAreCoded(shape: MixtureShape) throws {
    let strange: [Float] = [.nan, .infinity, -.infinity, 1e30, -1e30, 0, -5, 1e7]
    let numbers = shape.parametersPerElement
    let count = 200
    let parameters = (0..<numbers * count).map { strange[($0 * 7 + $0 / count) % strange.count] }
    let symbols = (0..<count).map { Int32($0 - 100) }
    let stream = encode(symbols, parameters, shape)
    #expect(try decode(stream, parameters, shape) == symbols)
  }

  @Test(arguments: shapes) func damagedStreamsAreRefusedOrDecoded(shape: MixtureShape) {
    let parameters = parameters(shape, count: 300, seed: 5)
    let stream = encode((0..<300).map { Int32($0 % 13 - 6) }, parameters, shape)
    var refused = 0
    for place in stream.indices {
      var damaged = stream
      damaged[place] ^= UInt8(truncatingIfNeeded: 1 << (place % 8))
      do throws(EntropyCodingError) {
        let found = try decode(damaged, parameters, shape)
        #expect(encode(found, parameters, shape) == damaged)
      } catch { refused += 1 }
    }
    #expect(refused > stream.count / 2)
    for length in 0..<stream.count {
      #expect(throws: EntropyCodingError.self) { try decode(Array(stream.prefix(length)), parameters, shape) }
    }
    #expect(throws: EntropyCodingError.streamRest(words: 1)) { try decode(stream + [0, 0, 0, 0], parameters, shape) }
  }
}
