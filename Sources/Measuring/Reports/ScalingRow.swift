import Results

/// One measured point in numbers for each megapixel.
struct ScalingRow: Equatable {
  let point: TimingPoint
  /// The memory that came with the pictures and their coding, in bytes for each pixel: the most that the process had, less what it had before them.
  let memoryPerPixel: Double?
  /// By how many bytes that memory grew for each pixel more than the next smaller point of the same variant and number of threads had.
  let growthPerPixel: Double?

  /// 10⁶ pixels.
  var megapixels: Double { Double(point.pixelCount) * 1e-6 }

  /// The median of a direction for each megapixel, in seconds.
  func secondsPerMegapixel(_ direction: TimingDirection) -> Double? { point[direction].map { $0.summary.median / megapixels } }

  /// The rows of all points, in their order.
  static func all(_ points: [TimingPoint]) -> [ScalingRow] {
    points.map { point in
      let smaller = points.filter {
        $0.variant == point.variant && $0.threads == point.threads && $0.pixelCount < point.pixelCount && memory($0) != nil
      }.max { $0.pixelCount < $1.pixelCount }
      var growth: Double?
      if let smaller, let own = memory(point), let other = memory(smaller) {
        growth = Double(own - other) / Double(point.pixelCount - smaller.pixelCount)
      }
      return ScalingRow(point: point, memoryPerPixel: memory(point).map { Double($0) / Double(point.pixelCount) }, growthPerPixel: growth)
    }
  }

  private static func memory(_ point: TimingPoint) -> Int? {
    guard let peak = point.peakMemoryBytes, let before = point.memoryBeforeBytes, point.outcome == .measured else { return nil }
    return peak - before
  }
}
