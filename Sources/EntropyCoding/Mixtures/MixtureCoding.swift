/// Entropy coding of whole numbers with a mixture for each, whose tables are computed where they are needed.
///
/// The coder is that of ``RANS``; the mixtures are those of ``MixtureShape``. For the same parameters the tables are the same to the last bit on every
/// machine.
public struct MixtureEncoder {
  private let shape: MixtureShape
  /// What each symbol adds, in the order of decoding.
  private var ranges: [(start: UInt32, frequency: UInt32)] = []
  /// The numbers behind sentinels, with the places of those in `ranges`.
  private var escapes: [(place: Int, raw: UInt64)] = []

  /// The symbols between two looks at the room for their words.
  private static let blockSize = 256

  /// Creates a writer of one stream.
  public init(_ shape: MixtureShape) { self.shape = shape }

  /// Adds whole numbers.
  ///
  /// - Parameters:
  ///   - symbols: in the order in which they are decoded.
  ///   - parameters: `[3·K, symbols.count]`: the logits of all, then the means, then the standard deviations, component after component.
  public mutating func append(_ symbols: UnsafeBufferPointer<Int32>, parameters: UnsafePointer<Float>) {
    let count = symbols.count
    ranges.reserveCapacity(ranges.count + count)
    shape.withReference { reference in
      for index in 0..<count {
        reference.set(parameters, index: index, count: count)
        let element = MixtureElement(reference)
        var place = Int(symbols[index]) &- element.first
        if place < 0 || place >= element.count {
          escapes.append((ranges.count, UInt64(place < 0 ? -2 * place - 1 : 2 * (place - element.count))))
          place = element.count
        }
        let start = element.frequency(at: place)
        let end = place == element.count ? 65536 : element.frequency(at: place &+ 1)
        ranges.append((UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: end &- start)))
      }
    }
  }

  /// Returns the stream.
  public func finish() -> [UInt8] {
    var words = WordStack(capacity: ranges.count / 16 + Self.blockSize * RANSState.wordsPerSymbol)
    var state = RANSState.lowerBound
    var (position, escape) = (ranges.count, escapes.count)
    while position > 0 {
      words.reserve(Self.blockSize * RANSState.wordsPerSymbol)
      var coder = RANSState(state: state, top: words.top)
      let end = max(0, position - Self.blockSize)
      while position > end {
        position -= 1
        if escape > 0, escapes[escape - 1].place == position {
          escape -= 1
          coder.put(escape: escapes[escape].raw)
        }
        coder.put(start: UInt64(ranges[position].start), frequency: UInt64(ranges[position].frequency))
      }
      (state, words.top) = (coder.state, coder.top)
    }
    return words.bytes(after: [state])
  }
}

extension MixtureShape {
  /// Calls `body` with the components in memory of their own.
  func withReference<Result, Failure: Error>(_ body: (MixtureReference) throws(Failure) -> Result) throws(Failure) -> Result {
    let tables = components.map(CumulativeTable.table)
    return try withKnots(of: tables[...], []) { (knots) throws(Failure) in
      let memory = UnsafeMutableBufferPointer<MixtureReference.Component>.allocate(capacity: knots.count)
      defer { memory.deallocate() }
      _ = memory.initialize(from: zip(knots, components).map { MixtureReference.Component(knots: $0, reach: Self.reach($1)) })
      return try body(MixtureReference(memory, scaleBound: scaleBound))
    }
  }

  private func withKnots<Result, Failure: Error>(
    of tables: ArraySlice<CumulativeTable>, _ done: [CumulativeTable.Knots], _ body: ([CumulativeTable.Knots]) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let first = tables.first else { return try body(done) }
    return try first.withKnots { (knots) throws(Failure) in try withKnots(of: tables.dropFirst(), done + [knots], body) }
  }
}
