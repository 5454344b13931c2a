/// What makes times untrustworthy.
enum TimingWarnings {
  /// The share of busy processors from which a machine counts as busy.
  static let busyShare = 0.15
  /// p95 over the median from which the spread counts as large.
  static let spread = 1.25
  /// How far the sum of the stages may be from the whole.
  static let stageTolerance = 0.03

  static func of(sessions: [TimingSession], points: [TimingPoint]) -> [String] {
    sessions.enumerated().compactMap { index, session in busy(session, number: index) } + points.flatMap(of)
  }

  private static func busy(_ session: TimingSession, number: Int) -> String? {
    guard let share = session.busyBefore, share > busyShare else { return nil }
    return "session \(number): the machine was busy before measuring began (\(percent(share)) of its processors); its times are too long"
  }

  private static func of(_ point: TimingPoint) -> [String] {
    let place = "\(point.variant), \(point.width)×\(point.height), batch \(point.batchSize)"
    return TimingDirection.allCases.flatMap { direction -> [String] in
      guard let series = point[direction] else { return [] }
      var sentences: [String] = []
      let ratio = series.summary.p95 / series.summary.median
      if series.summary.count >= 5, ratio > spread {
        sentences.append("\(place): \(direction.rawValue) spreads widely: p95 is \(percent(ratio - 1)) above the median")
      }
      if let share = series.stageShare, abs(share - 1) > stageTolerance {
        sentences.append("\(place): the stages of \(direction.rawValue) add up to \(percent(share)) of the whole")
      }
      return sentences
    }
  }

  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
