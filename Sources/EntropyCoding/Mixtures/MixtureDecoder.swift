/// A reader of streams of ``MixtureEncoder``, in one call or in several.
///
/// It reads nothing outside the stream and accepts exactly the streams that the encoder writes for the same parameters. A call that throws leaves the
/// decoder as it was.
public struct MixtureDecoder: Sendable {
  private let shape: MixtureShape
  private let bytes: [UInt8]
  private var position: RANSReader.Position
  private var symbolsDone = 0

  /// Creates a decoder at the beginning of a stream.
  ///
  /// - Throws: ``EntropyCodingError`` when the length or the first state cannot be that of a stream.
  public init(_ bytes: [UInt8], shape: MixtureShape) throws(EntropyCodingError) {
    guard bytes.count >= 8, bytes.count.isMultiple(of: 4) else { throw .streamLength(bytes.count, least: 8) }
    let state = bytes[0..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    guard state >= RANSState.lowerBound, state < RANSState.lowerBound << 32 else { throw .streamStart }
    self.bytes = bytes
    self.shape = shape
    position = RANSReader.Position(state: state, place: 8)
  }

  /// The numbers that describe one element.
  public var parametersPerElement: Int { shape.parametersPerElement }

  /// Fills `symbols` with the next whole numbers.
  ///
  /// - Parameter parameters: `[3·K, symbols.count]`, as the encoder got them.
  /// - Throws: ``EntropyCodingError`` when the stream is cut or damaged.
  public mutating func decode(
    into symbols: UnsafeMutableBufferPointer<Int32>, parameters: UnsafePointer<Float>
  ) throws(EntropyCodingError) {
    var position = position
    let (done, count) = (symbolsDone, symbols.count)
    try bytes.withUnsafeBufferPointer { (bytes) throws(EntropyCodingError) in
      let reader = RANSReader(bytes: UnsafeRawBufferPointer(bytes))
      try shape.withReference { (reference) throws(EntropyCodingError) in
        for index in 0..<count {
          reference.set(parameters, index: index, count: count)
          symbols[index] = try reader.next(&position, element: MixtureElement(reference), number: done &+ index)
        }
      }
    }
    self.position = position
    symbolsDone += count
  }

  /// Checks that the whole stream was read and that the coder is back in the encoder's first state.
  ///
  /// - Throws: ``EntropyCodingError`` when words are left or the state differs.
  public func finish() throws(EntropyCodingError) {
    guard position.place == bytes.count else { throw .streamRest(words: (bytes.count - position.place) / 4) }
    guard position.state == RANSState.lowerBound else { throw .streamState }
  }
}

extension RANSReader {
  /// Reads one whole number.
  ///
  /// - Parameter number: the number of the symbol, for errors.
  @inline(__always)
  func next(_ position: inout Position, element: MixtureElement, number: Int) throws(EntropyCodingError) -> Int32 {
    let target = position.state & 0xFFFF
    let (index, start, frequency) = element.symbol(holding: target)
    position.state = frequency &* (position.state &>> 16) &+ (target &- start)
    try refill(&position, number: number)
    if index != element.count { return Int32(truncatingIfNeeded: element.first &+ index) }
    let (symbol, end) = try escape(from: position, offset: element.first, sentinel: element.count, number: number)
    position = end
    return symbol
  }
}
