public import Reporting
public import Results

/// Rate points as a table for people: one row for each point of each file; further measures follow those of MS-SSIM.
public enum RatePointTable {
  /// Returns the table of all points.
  public static func make(_ files: [ResultsFile]) -> TextTable {
    let more = Set(files.flatMap(\.points).flatMap { ($0.metrics ?? [:]).keys }).sorted()
    var table = TextTable(
      [
        .init("codec", .left), .init("point", .left), .init("bpp est."), .init("bpp payload"), .init("bpp file"), .init("PSNR [dB]"),
        .init("MS-SSIM"), .init("MS-SSIM [dB]"),
      ] + more.map { .init($0) } + [.init("enc. [s]"), .init("dec. [s]")])
    for file in files {
      for point in file.points {
        let rates = [point.bppEstimated, point.bppPayload, point.bppFile].map { NumberText.fixed($0, decimals: 4) }
        let quality = [
          NumberText.fixed(point.psnr, decimals: 3), NumberText.fixed(point.msSSIM, decimals: 5),
          NumberText.fixed(point.msSSIMDecibels, decimals: 3),
        ]
        let times = [point.encodingTime, point.decodingTime].map { NumberText.fixed($0, decimals: 4) }
        let further = more.map { NumberText.fixed(point.metric($0), decimals: 4) }
        table.append([file.name, point.label] + rates + quality + further + times)
      }
    }
    return table
  }
}
