import Results

extension TimingPoint {
  /// Adds a repetition.
  ///
  /// - Parameter pixels: those of the batch.
  mutating func add(_ repetition: Repetition, round: Int, session: Int, pixels: Int) {
    let count = Double(rounds.count)
    rounds.append(round)
    sessions.append(session)
    encoding = Self.series(encoding, repetition.encoding, repetition.encodingStages)
    decoding = Self.series(decoding, repetition.decoding, repetition.decodingStages)
    if let seconds = repetition.encodingStart { encodingStart = Self.series(encodingStart, seconds, []) }
    if let seconds = repetition.decodingStart { decodingStart = Self.series(decodingStart, seconds, []) }
    if let bits = repetition.payloadBits {
      bitsPerPixel = ((bitsPerPixel ?? 0) * count + Double(bits) / Double(pixels)) / (count + 1)
    }
    peakMemoryBytes = max(peakMemoryBytes ?? 0, repetition.peakMemoryBytes)
  }

  private static func series(_ series: TimingSeries?, _ seconds: Double, _ stages: [Repetition.Stage]) -> TimingSeries? {
    guard let series else { return TimingSeries(samples: [seconds], stages: stages.map { ($0.stage, [$0.seconds]) }) }
    return series.appending(seconds, stages: stages.map { ($0.stage, $0.seconds) })
  }
}
