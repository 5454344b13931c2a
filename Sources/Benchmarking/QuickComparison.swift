public import Reporting
public import Results

/// Curves against anchors in BD-rate: the short answer to "which codec needs less".
public struct QuickComparison: Sendable, Equatable {
  /// One curve against one anchor.
  public struct Row: Sendable, Equatable {
    /// The curve's name.
    public let test: String
    /// The anchor's name.
    public let anchor: String
    /// BD-rate at equal PSNR in percent, negative where the curve needs less; nil where it does not exist.
    public let psnr: BjontegaardDelta?
    /// BD-rate at equal MS-SSIM (in dB) in percent; nil where it does not exist.
    public let msSSIM: BjontegaardDelta?
    /// Why a value is nil.
    public let notes: [String]
  }

  /// Each curve against each anchor; a file that is both is not compared with itself.
  public let rows: [Row]
  /// How the curves were interpolated.
  public let interpolation: BjontegaardDelta.Interpolation

  /// Compares curves of payload bits per pixel.
  public init(_ tests: [PublishedCurve], anchors: [PublishedCurve], interpolation: BjontegaardDelta.Interpolation = .pchip) {
    self.interpolation = interpolation
    rows = tests.flatMap { test in
      anchors.filter { $0 != test }.map { anchor in
        var notes: [String] = []
        let psnr = Self.delta(.psnr, test, anchor, interpolation, &notes)
        let msSSIM = Self.delta(.msSSIM, test, anchor, interpolation, &notes)
        return Row(test: test.name, anchor: anchor.name, psnr: psnr, msSSIM: msSSIM, notes: notes)
      }
    }
  }

  /// Compares results files.
  public init(_ tests: [ResultsFile], anchors: [ResultsFile], interpolation: BjontegaardDelta.Interpolation = .pchip) {
    self.init(tests.map(\.publishedCurve), anchors: anchors.map(\.publishedCurve), interpolation: interpolation)
  }

  private static func delta(
    _ quality: PublishedCurve.Quality, _ test: PublishedCurve, _ anchor: PublishedCurve, _ interpolation: BjontegaardDelta.Interpolation,
    _ notes: inout [String]
  ) -> BjontegaardDelta? {
    do throws(BjontegaardError) {
      return try BjontegaardDelta.rate(of: test.curve(quality), against: anchor.curve(quality), interpolation: interpolation)
    } catch {
      notes.append("no BD-rate (\(quality == .psnr ? "PSNR" : "MS-SSIM")): \(error)")
      return nil
    }
  }

  /// The rows as a table: the BD-rates and the ranges of quality they cover.
  public var table: TextTable {
    var table = TextTable([
      .init("codec", .left), .init("anchor", .left), .init("BD-rate PSNR [%]"), .init("range [dB]"), .init("BD-rate MS-SSIM [%]"),
      .init("range [dB]"),
    ])
    for row in rows {
      table.append([
        row.test, row.anchor, NumberText.signed(row.psnr?.value, decimals: 2), Self.range(row.psnr),
        NumberText.signed(row.msSSIM?.value, decimals: 2), Self.range(row.msSSIM),
      ])
    }
    return table
  }

  private static func range(_ delta: BjontegaardDelta?) -> String {
    guard let delta else { return NumberText.fixed(nil, decimals: 2) }
    return [delta.overlap.lowerBound, delta.overlap.upperBound].map { NumberText.fixed($0, decimals: 2) }.joined(separator: "–")
  }

  /// Why values are missing, one sentence each, without repetition.
  public var notes: [String] {
    var seen: Set<String> = []
    return rows.flatMap(\.notes).filter { seen.insert($0).inserted }
  }
}
