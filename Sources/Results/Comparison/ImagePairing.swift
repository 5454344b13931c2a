/// The images that two curves have in common, and what to say about the others.
struct ImagePairing {
  /// The names, in the order of the tested curve.
  private(set) var names: [String] = []
  /// Both curves over those images; nil without per-image data on both sides.
  private(set) var pair: (test: PairedCurve, anchor: PairedCurve)?
  /// The mean curves where not all images are common, so that the means in the files do not serve; nil where they do.
  private(set) var curves: (RateQualityCurve, RateQualityCurve)?
  private(set) var warnings: [String] = []

  init(_ test: MeasuredCurve, _ anchor: MeasuredCurve, rate: String, metric: ComparisonMetric) {
    let (mine, others) = (Self.images(test), Self.images(anchor))
    guard !mine.isEmpty, !others.isEmpty else { return }
    names = mine.filter(Set(others).contains)
    let alone = [(test.name, mine.filter { !names.contains($0) }), (anchor.name, others.filter { !names.contains($0) })]
    guard !names.isEmpty else {
      warnings.append(
        "'\(test.name)' and '\(anchor.name)' have no image in common (\(mine[0]), \(others[0])): the means are of different images")
      return
    }
    for (name, images) in alone where !images.isEmpty {
      let shown = images.prefix(5).joined(separator: ", ") + (images.count > 5 ? ", …" : "")
      warnings.append("only '\(name)' has \(images.count) of the images (\(shown)); compared on the \(names.count) common ones")
    }
    guard let tested = PairedCurve(test, images: names, rate: rate, metric: metric),
      let other = PairedCurve(anchor, images: names, rate: rate, metric: metric)
    else {
      warnings.append("no interval for '\(test.name)': an image lacks \(rate) or \(metric.key) at a point")
      names = []
      return
    }
    pair = (tested, other)
    if alone.contains(where: { !$0.1.isEmpty }) {
      let weights = [Double](repeating: 1, count: names.count)
      let total = Double(names.count)
      if let first = try? tested.averaged(weights, total: total), let second = try? other.averaged(weights, total: total) {
        curves = (first, second)
      }
    }
  }

  /// The images that every point of the curve has.
  private static func images(_ curve: MeasuredCurve) -> [String] {
    guard let first = curve.points.first else { return [] }
    let common = curve.points.dropFirst().reduce(Set(first.images.map(\.name))) { $0.intersection($1.images.map(\.name)) }
    return first.images.map(\.name).filter(common.contains)
  }
}
