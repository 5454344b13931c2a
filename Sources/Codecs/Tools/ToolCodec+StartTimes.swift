import Images

extension ToolCodec {
  /// The number of repetitions behind each start time, after one that does not count.
  static let startRepetitions = 5
  /// The side of the grey picture; encoders of video refuse much smaller ones.
  static let startSide = 64

  /// Codes a grey picture of 64×64 pixels six times and returns the medians of the last five.
  ///
  /// That is the start of a process with its libraries and tables, its files, and a little coding; nothing is subtracted from any other time.
  ///
  /// - Throws: ``ToolCodecError``.
  public func startTimes() throws -> StartTimes? {
    let side = Self.startSide
    let picture = Image(width: side, height: side, pixels: [UInt8](repeating: 128, count: 3 * side * side))
    var encoder: [Double] = []
    var decoder: [Double] = []
    for _ in 0...Self.startRepetitions {
      for coded in try encode([picture]) {
        encoder.append(coded.seconds)
        decoder += try decode([coded.file], name: "a grey picture").map(\.seconds)
      }
    }
    return StartTimes(encoder: Self.median(encoder.dropFirst()), decoder: Self.median(decoder.dropFirst()))
  }

  private static func median(_ values: ArraySlice<Double>) -> Double { values.sorted()[values.count / 2] }
}
