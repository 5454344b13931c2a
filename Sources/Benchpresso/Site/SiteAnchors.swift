import Results
import Site

/// The published curves that results of a site are compared with.
enum SiteAnchors {
  /// The names of published curves that are anchors unless others are named.
  private static let standard = ["kodak/bpg_444", "clic2020-mobile/bpg_444_x265_ycbcr"]

  /// Returns the curves, one for each data set: those that are named, and the usual ones for other data sets.
  ///
  /// - Throws: ``UsageError`` for a name that no published curve has, and for two of one data set.
  static func curves(_ names: [String]) throws -> [SiteAnchor] {
    let entries = try CurveLibrary.entries()
    var anchors: [SiteAnchor] = []
    for name in names {
      guard let entry = try CurveLibrary.entry(name) else {
        throw UsageError.badValue(option: "anchor", value: name, valid: entries.map { CurveLibrary.prefix + $0.id })
      }
      if let other = anchors.first(where: { $0.dataset == entry.dataset }) {
        throw UsageError.needs("--anchor: '\(name)' and '\(other.name)' are both of \(entry.dataset); a data set has one anchor")
      }
      anchors.append(anchor(entry))
    }
    for entry in entries where standard.contains(entry.id) && !anchors.contains(where: { $0.dataset == entry.dataset }) {
      anchors.append(anchor(entry))
    }
    return anchors
  }

  private static func anchor(_ entry: CurveLibrary.Entry) -> SiteAnchor {
    SiteAnchor(name: entry.curve.name, dataset: entry.dataset, points: entry.curve.points.map { .init(label: $0.label, values: $0.values) })
  }
}
