extension CurveComparison {
  /// Sets the per-image deltas and the interval.
  mutating func measureImages(_ test: PairedCurve, _ anchor: PairedCurve, _ names: [String], _ options: Options) {
    images = names.indices.map { index in
      do throws(BjontegaardError) {
        let (mine, other) = (try test.single(index), try anchor.single(index))
        let rate = try BjontegaardDelta.rate(of: mine, against: other, interpolation: options.method).value
        let quality = try? BjontegaardDelta.quality(of: mine, against: other, interpolation: options.method).value
        return ImageRow(name: names[index], rate: rate, quality: quality.map { $0 * options.metric.sign }, reason: nil)
      } catch {
        return ImageRow(name: names[index], rate: nil, quality: nil, reason: "\(error)")
      }
    }
    let without = images.filter { $0.rate == nil }
    if !without.isEmpty {
      warnings.append(
        "'\(name)': \(without.count) of \(images.count) images have no BD-rate of their own (\(without.prefix(3).map(\.name).joined(separator: ", ")))"
      )
    }
    guard names.count > 1 else { return }
    if names.count < 5 { warnings.append("'\(name)': the interval rests on \(names.count) images only") }
    interval = resampled(test, anchor, count: names.count, options)
  }

  /// The 2.5 % and 97.5 % quantiles of the BD-rate of curves averaged over images drawn with replacement (Efron, 1979).
  ///
  /// A draw takes the same images for both curves, so that what makes an image hard for both cancels out.
  private mutating func resampled(_ test: PairedCurve, _ anchor: PairedCurve, count: Int, _ options: Options) -> ClosedRange<Double>? {
    var random = SplitMix64(seed: options.seed)
    var values: [Double] = []
    values.reserveCapacity(options.draws)
    var weights = [Double](repeating: 0, count: count)
    for _ in 0..<options.draws {
      for index in weights.indices { weights[index] = 0 }
      for _ in 0..<count { weights[Int.random(in: 0..<count, using: &random)] += 1 }
      if let mine = try? test.averaged(weights, total: Double(count)), let other = try? anchor.averaged(weights, total: Double(count)),
        let delta = try? BjontegaardDelta.rate(of: mine, against: other, interpolation: options.method)
      {
        values.append(delta.value)
      }
    }
    if values.count < options.draws {
      warnings.append("'\(name)': \(options.draws - values.count) of \(options.draws) draws have no BD-rate; the interval is of the others")
    }
    guard values.count > 1 else { return nil }
    values.sort()
    return Self.quantile(values, 0.025)...Self.quantile(values, 0.975)
  }

  /// Linear interpolation between the order statistics.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (place - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
