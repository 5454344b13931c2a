import Results

/// The BD-rate of results against the anchor of their data set, in PSNR.
struct RateSaving: Sendable, Equatable {
  /// The anchor's name.
  let anchor: String
  /// Percent, negative where fewer bits are needed; nil where it does not exist.
  let rate: Double?
  /// Why it does not exist.
  let problem: String?
  /// The number of points that another point beats in both, and that were left out.
  let dropped: Int

  /// Compares results with the anchor of their data set; nil where it has none.
  init?(_ record: SiteRecord, anchors: [SiteAnchor]) {
    guard record.kind == .results, let dataset = record.dataset.map(Self.plain),
      let anchor = anchors.first(where: { Self.plain($0.dataset) == dataset })
    else { return nil }
    self.anchor = anchor.name
    // Whole files are compared with whole files where both have them.
    let key = [record.points, anchor.points].allSatisfy { $0.allSatisfy { $0.values["bpp_file"] != nil } } ? "bpp_file" : "bpp"
    do throws(BjontegaardError) {
      let (test, dropped) = try Self.curve(record.name, record.points, rate: key).withoutDominatedPoints()
      let (other, _) = try Self.curve(anchor.name, anchor.points, rate: key).withoutDominatedPoints()
      (rate, problem, self.dropped) = (try BjontegaardDelta.rate(of: test, against: other).value, nil, dropped.count)
    } catch {
      (rate, problem, dropped) = (nil, "\(error)", 0)
    }
  }

  private static func curve(_ name: String, _ points: [SiteRecord.Point], rate: String) throws(BjontegaardError) -> RateQualityCurve {
    let pairs = points.compactMap { point in point.values[rate].flatMap { rate in point.values["psnr"].map { (rate, $0) } } }
    return try RateQualityCurve(name: name, rates: pairs.map { $0.0 }, qualities: pairs.map { $0.1 })
  }

  /// Names of data sets differ in capitals and hyphens.
  static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
}
