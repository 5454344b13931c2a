public import Reporting
public import Results

/// Rate points as a table for people: one row for each point of each file.
///
/// The chroma format and the start of processes have columns where a point has them; further measures follow those of MS-SSIM.
public enum RatePointTable {
  /// Returns the table of all points.
  public static func make(_ files: [ResultsFile]) -> TextTable {
    let points = files.flatMap(\.points)
    let hasChroma = points.contains { $0.chromaFormat != nil }
    let hasStart = points.contains { $0.encoderStartTime != nil || $0.decoderStartTime != nil }
    let more = Set(points.flatMap { ($0.metrics ?? [:]).keys }).sorted()
    let columns: [TextTable.Column] =
      [.init("codec", .left), .init("point", .left)] + (hasChroma ? [.init("chroma", .left)] : [])
      + [.init("bpp est."), .init("bpp payload"), .init("bpp file"), .init("PSNR [dB]"), .init("MS-SSIM"), .init("MS-SSIM [dB]")]
      + more.map { .init($0) }
      + [.init("enc. [s]"), .init("dec. [s]")] + (hasStart ? [.init("enc. start [s]"), .init("dec. start [s]")] : [])
    var table = TextTable(columns)
    for file in files {
      for point in file.points {
        let quality = [(point.psnr, 3), (point.msSSIM, 5), (point.msSSIMDecibels, 3)].map { NumberText.fixed($0.0, decimals: $0.1) }
        let rates = [point.bppEstimated, point.bppPayload, point.bppFile].map { NumberText.fixed($0, decimals: 4) }
        let times = [point.encodingTime, point.decodingTime] + (hasStart ? [point.encoderStartTime, point.decoderStartTime] : [])
        let further = more.map { NumberText.fixed(point.metric($0), decimals: 4) }
        let chroma = hasChroma ? [point.chromaFormat ?? "–"] : []
        table.append([file.name, point.label] + chroma + rates + quality + further + times.map { NumberText.fixed($0, decimals: 4) })
      }
    }
    return table
  }
}
