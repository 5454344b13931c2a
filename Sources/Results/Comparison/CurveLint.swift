#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is implausible about a curve.
///
/// The bounds leave all the curves that CompressAI publishes without a finding; they are rules of thumb, and a finding says "look at this
/// point", not "this is wrong".
public struct CurveLint: Sendable, Equatable {
  /// One thing to look at.
  public struct Finding: Sendable, Equatable, Encodable {
    /// The path or the published curve's name.
    public let file: String
    /// `not_monotonic`, `dent`, `columns`, `wrong_unit`, `too_few_points`, `mixed_chroma`, `bad_value` or `stated_delta`; of a note
    /// `no_file_rate` or `repeated_point`.
    public let kind: String
    /// The label of the rate point; null where the curve as a whole is meant.
    @OrNull public var point: String?
    /// What is implausible and what to do.
    public let message: String
  }

  /// What should be looked at.
  public private(set) var findings: [Finding] = []
  /// What should be known, but is no fault.
  public private(set) var notes: [Finding] = []

  private let curve: MeasuredCurve
  /// The points sorted by rate.
  private let points: [MeasuredCurve.Point]

  /// Looks at a curve.
  ///
  /// - Parameter anchor: Finds the curve that a stated delta is against; nil leaves that check out.
  public init(_ curve: MeasuredCurve, anchor: (String) -> MeasuredCurve? = { (try? CurveLibrary.entry($0))?.curve }) {
    self.curve = curve
    points = curve.points.filter { ($0.values["bpp"] ?? 0) > 0 }.sorted { ($0.values["bpp"] ?? 0) < ($1.values["bpp"] ?? 0) }
    checkValues()
    checkCounts()
    for metric in curve.metrics where Self.isQuality(metric) { checkMonotonic(ComparisonMetric(metric)) }
    checkDents()
    checkColumns()
    if let stated = curve.stated, let anchor = anchor(stated.anchor) { checkStated(stated, anchor) }
  }

  private static func isQuality(_ key: String) -> Bool {
    key == "psnr" || key == "ms_ssim_db" || ComparisonMetric(key).lowerIsBetter
  }

  private mutating func find(_ kind: String, _ point: MeasuredCurve.Point?, _ message: String) {
    findings.append(Finding(file: curve.place, kind: kind, point: point?.label, message: message))
  }

  private mutating func checkValues() {
    for point in curve.points {
      guard let rate = point.values["bpp"], rate > 0, rate.isFinite else {
        find("bad_value", point, "the rate is missing or not above 0; write bits per pixel")
        continue
      }
      if rate > 48 { find("wrong_unit", point, "\(rate) bits per pixel is more than raw pixels take; is it bytes or kilobytes?") }
      if let value = point.values["ms_ssim"], value > 1 || value < 0 {
        find("wrong_unit", point, "ms_ssim is \(value), but it lies between 0 and 1; decibels stand under ms_ssim_db")
      }
      if let value = point.values["ms_ssim_db"], value > 0, value < 1, (point.values["psnr"] ?? 30) > 20 {
        find("wrong_unit", point, "ms_ssim_db is \(value); that looks like the value between 0 and 1, which stands under ms_ssim")
      }
      if let value = point.values["psnr"], value < 5 || value > 100 {
        find("wrong_unit", point, "psnr is \(value) dB; photographs lie between 20 and 60 (is it a value from 0 to 1, or an MSE?)")
      }
    }
    if curve.points.contains(where: { $0.values["bpp_file"] == nil }) {
      notes.append(
        Finding(
          file: curve.place, kind: "no_file_rate", point: nil,
          message: "the rates are not those of whole files, or the file does not say so"))
    }
  }

  private mutating func checkCounts() {
    if points.count < 4 { find("too_few_points", nil, "\(points.count) rate points; Akima and cubic deltas need 4, better 6 or more") }
    let formats = Set(curve.points.compactMap(\.chroma))
    if formats.count > 1 {
      find("mixed_chroma", nil, "the points have different chroma formats (\(formats.sorted().joined(separator: ", "))); split the curve")
    }
    for (first, second) in zip(points, points.dropFirst()) where first.values == second.values {
      notes.append(
        Finding(file: curve.place, kind: "repeated_point", point: second.label, message: "the same values as '\(first.label)'; used once"))
    }
  }

  private mutating func checkMonotonic(_ metric: ComparisonMetric) {
    for (first, second) in zip(points, points.dropFirst()) where first.values != second.values {
      guard let low = first.values[metric.key], let high = second.values[metric.key] else { continue }
      if metric.sign * high <= metric.sign * low, first.values["bpp"] != second.values["bpp"] || low != high {
        find(
          "not_monotonic", second, "\(metric.key) does not improve from \(low) at '\(first.label)' to \(high) with more bits; measure again"
        )
      }
    }
  }

  /// A point far below the line between its neighbours whose curve is much steeper behind it than before it.
  private mutating func checkDents() {
    let known = points.filter { $0.values["psnr"] != nil }
    for index in known.indices.dropFirst().dropLast() {
      let (x, y) = (
        known[(index - 1)...(index + 1)].map { log($0.values["bpp"] ?? 1) }, known[(index - 1)...(index + 1)].map { $0.values["psnr"] ?? 0 }
      )
      guard x[1] > x[0], x[2] > x[1] else { continue }
      let before = (y[1] - y[0]) / (x[1] - x[0])
      let after = (y[2] - y[1]) / (x[2] - x[1])
      let below = y[0] + (x[1] - x[0]) / (x[2] - x[0]) * (y[2] - y[0]) - y[1]
      guard below > 0.35, before <= 0 || after / before > 1.7 else { continue }
      let shown = (below * 100).rounded() / 100
      find(
        "dent", known[index],
        "PSNR is \(shown) dB below the line between the neighbouring points; an under-trained or wrong point? measure it again")
    }
  }

  /// MS-SSIM in dB rises by 0.72 to 2.8 dB with each dB of PSNR on every published curve.
  private mutating func checkColumns() {
    let known = points.filter { $0.values["psnr"] != nil && $0.values["ms_ssim_db"] != nil }
    for (first, second) in zip(known, known.dropFirst()) {
      guard let p0 = first.values["psnr"], let p1 = second.values["psnr"], let m0 = first.values["ms_ssim_db"],
        let m1 = second.values["ms_ssim_db"], p1 - p0 > 0.3
      else { continue }
      let slope = (m1 - m0) / (p1 - p0)
      guard slope < 0.68 || slope > 3 else { continue }
      let shown = (slope * 100).rounded() / 100
      find(
        "columns", second,
        "from '\(first.label)' MS-SSIM changes by \(shown) dB per dB of PSNR, where published curves lie between 0.72 and 2.8: "
          + "one of the columns is not of this codec")
    }
  }

  private mutating func checkStated(_ stated: MeasuredCurve.Stated, _ anchor: MeasuredCurve) {
    let row = CurveComparison(curve, against: anchor)
    guard let rate = row.rate, abs(rate - stated.rate) > 2 else { return }
    let shown = (rate * 100).rounded() / 100
    find(
      "stated_delta", nil,
      "the points give a BD-rate of \(shown) % against \(anchor.name), but \(stated.place) states \(stated.rate) %; one of the two is of another run"
    )
  }
}
