public import Reporting
public import Results

/// Rate points as a table for people: one row for each point of each file.
public enum RatePointTable {
  /// Returns the table of all points.
  public static func make(_ files: [ResultsFile]) -> TextTable {
    var table = TextTable([
      .init("codec", .left), .init("point", .left), .init("bpp est."), .init("bpp payload"), .init("bpp file"), .init("PSNR [dB]"),
      .init("MS-SSIM"), .init("MS-SSIM [dB]"), .init("enc. [s]"), .init("dec. [s]"),
    ])
    for file in files {
      for point in file.points {
        table.append([
          file.name, point.label, NumberText.fixed(point.bppEstimated, decimals: 4), NumberText.fixed(point.bppPayload, decimals: 4),
          NumberText.fixed(point.bppFile, decimals: 4), NumberText.fixed(point.psnr, decimals: 3),
          NumberText.fixed(point.msSSIM, decimals: 5), NumberText.fixed(point.msSSIMDecibels, decimals: 3),
          NumberText.fixed(point.encodingTime, decimals: 4), NumberText.fixed(point.decodingTime, decimals: 4),
        ])
      }
    }
    return table
  }
}
