public import Reporting
public import Results

/// A table of Bjøntegaard deltas of the thesis, as printed, as it comes out of the points that the thesis prints, and as measured here.
///
/// D. Ferrari, A Registry and Benchmarking Tool for Lossy Neural Image Compression, TU Wien, 2025, tables 7.1 and 7.6.
public struct ThesisTable: Sendable, Equatable {
  /// A BD-rate in percent and a BD-PSNR in dB.
  public struct Deltas: Sendable, Equatable {
    /// The BD-rate in percent.
    public let rate: Double
    /// The BD-PSNR in dB; nil where it is not stated.
    public let quality: Double?

    /// Creates a pair of deltas.
    public init(rate: Double, quality: Double?) { (self.rate, self.quality) = (rate, quality) }
  }

  /// One variant.
  public struct Row: Sendable, Equatable {
    /// The name in the thesis, for example `fp_gdn`.
    public let variant: String
    /// As printed.
    public let printed: Deltas
    /// Computed from the points of the thesis' tables 7.2 to 7.5 and 7.7 to 7.10; nil where there is none.
    public let recomputed: Deltas?
    /// The curve of this report; nil where it has none.
    public let measured: CurveComparison?

    /// Creates a row.
    public init(variant: String, printed: Deltas, recomputed: Deltas?, measured: CurveComparison?) {
      (self.variant, self.printed, self.recomputed, self.measured) = (variant, printed, recomputed, measured)
    }
  }

  /// `Table 7.1`.
  public let title: String
  /// What the points of the thesis are compared with.
  public let anchor: String
  /// What the curves of this report are compared with; nil without any.
  public let measuredAnchor: String?
  /// The variants in the order of the thesis.
  public let rows: [Row]

  /// Creates a table.
  public init(title: String, anchor: String, measuredAnchor: String?, rows: [Row]) {
    (self.title, self.anchor, self.measuredAnchor, self.rows) = (title, anchor, measuredAnchor, rows)
  }

  /// The name that the thesis has for a curve: `mshp_onedn` is its `msh_1dn`; nil for other curves.
  public static func variant(_ name: String) -> String? {
    let parts = name.lowercased().split(separator: "_").map(String.init)
    guard parts.count >= 2 else { return nil }
    let models = ["fp": "fp", "msh": "msh", "mshp": "msh"]
    let units = ["gdn": "gdn", "1dn": "1dn", "onedn": "1dn", "gsdn": "gsdn", "relu": "relu"]
    guard let model = models[parts[0]], let unit = units[parts[1]] else { return nil }
    // What follows may be the seed; otherwise it says of which size or training, and those are other networks.
    let isOfSeed = parts.count == 3 && parts[2].first == "s" && Int(parts[2].dropFirst()) != nil
    return parts.count == 2 || isOfSeed ? "\(model)_\(unit)" : nil
  }

  /// The tables of which `comparisons` has variants; the first one of a data set called Kodak in PSNR is taken.
  ///
  /// - Throws: `ResultsError` never for a program that passes its tests.
  public static func tables(beside comparisons: [ReportComparison]) throws(ResultsError) -> [ThesisTable] {
    let here = comparisons.first { $0.metric.key == "psnr" && $0.dataset.lowercased().contains("kodak") }
    let measured = Dictionary(
      (here?.rows ?? []).compactMap { row in variant(row.name).map { ($0, row) } }, uniquingKeysWith: { first, _ in first })
    guard !measured.isEmpty else { return [] }
    var tables: [(title: String, anchor: String, rows: [Row])] = []
    let entries = try CurveLibrary.entries()
    for entry in entries {
      guard let stated = entry.curve.stated, let anchor = entries.first(where: { $0.id == stated.anchor }) else { continue }
      let row = CurveComparison(entry.curve, against: anchor.curve)
      let own = Row(
        variant: entry.curve.name, printed: Deltas(rate: stated.rate, quality: stated.quality),
        recomputed: row.rate.map { Deltas(rate: $0, quality: row.quality) }, measured: measured[entry.curve.name])
      if let index = tables.firstIndex(where: { $0.title == stated.place }) {
        tables[index].rows.append(own)
      } else {
        tables.append((stated.place, CurveLibrary.prefix + stated.anchor, [own]))
      }
    }
    return tables.filter { $0.rows.contains { $0.measured != nil } }.map {
      ThesisTable(title: $0.title, anchor: $0.anchor, measuredAnchor: here?.anchor, rows: $0.rows)
    }
  }

  /// The table for people.
  public var table: TextTable {
    var table = TextTable([
      .init("variant", .left), .init("BD-rate, printed [%]"), .init("from its points [%]"), .init("here [%]"), .init("95 % interval"),
      .init("BD-PSNR, printed [dB]"), .init("from its points [dB]"), .init("here [dB]"),
    ])
    for row in rows {
      let interval = row.measured?.interval.map {
        "\(NumberText.signed($0.lowerBound, decimals: 2)) … \(NumberText.signed($0.upperBound, decimals: 2))"
      }
      table.append([
        row.variant, NumberText.signed(row.printed.rate, decimals: 2), NumberText.signed(row.recomputed?.rate, decimals: 2),
        NumberText.signed(row.measured?.rate, decimals: 2), interval ?? "–", NumberText.signed(row.printed.quality, decimals: 2),
        NumberText.signed(row.recomputed?.quality, decimals: 2), NumberText.signed(row.measured?.quality, decimals: 2),
      ])
    }
    return table
  }
}
