import Reporting
import Results

/// A comparison as JSON and as a table.
struct ComparisonReport: Encodable {
  struct Image: Encodable {
    let name: String
    @OrNull var bdRate: Double?
    @OrNull var bdQuality: Double?
    @OrNull var reason: String?

    enum CodingKeys: String, CodingKey {
      case name, reason
      case bdRate = "bd_rate"
      case bdQuality = "bd_quality"
    }
  }

  struct Row: Encodable {
    let name: String
    @OrNull var bdRate: Double?
    @OrNull var bdQuality: Double?
    @OrNull var overlap: Double?
    @OrNull var ci95: [Double]?
    @OrNull var imagesBetter: Int?
    let images: Int
    @OrNull var bdRateMean: Double?
    let rate: String
    @OrNull var secondMethod: String?
    @OrNull var secondBDRate: Double?
    @OrNull var problem: String?
    let warnings: [String]
    let perImage: [Image]?

    enum CodingKeys: String, CodingKey {
      case name, overlap, ci95, images, rate, problem, warnings
      case bdRate = "bd_rate"
      case bdQuality = "bd_quality"
      case imagesBetter = "images_better"
      case bdRateMean = "bd_rate_mean"
      case secondMethod = "second_method"
      case secondBDRate = "second_bd_rate"
      case perImage = "per_image"
    }
  }

  let anchor: String
  let metric: String
  let method: String
  let lowerIsBetter: Bool
  let draws: Int
  let seed: Int
  let rows: [Row]

  enum CodingKeys: String, CodingKey {
    case anchor, metric, method, draws, seed, rows
    case lowerIsBetter = "lower_is_better"
  }

  init(_ rows: [CurveComparison], anchor: MeasuredCurve, _ options: CurveComparison.Options, perImage: Bool) {
    self.anchor = anchor.place.hasPrefix(CurveLibrary.prefix) ? anchor.place : anchor.name
    metric = options.metric.key
    method = options.method.rawValue
    lowerIsBetter = options.metric.lowerIsBetter
    draws = options.draws
    seed = options.seed
    self.rows = rows.map { row in
      Row(
        name: row.name, bdRate: row.rate, bdQuality: row.quality, overlap: row.overlap,
        ci95: row.interval.map { [$0.lowerBound, $0.upperBound] }, imagesBetter: row.imagesBetter, images: row.images.count,
        bdRateMean: row.meanRate, rate: row.rateKey, secondMethod: row.second?.interpolation.rawValue, secondBDRate: row.second?.value,
        problem: row.problem, warnings: row.warnings,
        perImage: perImage ? row.images.map { Image(name: $0.name, bdRate: $0.rate, bdQuality: $0.quality, reason: $0.reason) } : nil)
    }
  }

  /// The rows for people.
  static func table(_ rows: [CurveComparison], _ options: CurveComparison.Options) -> TextTable {
    let unit = options.metric.unit.isEmpty ? "" : " [\(options.metric.unit)]"
    let second = rows.compactMap { $0.second?.interpolation.rawValue }.first
    var table = TextTable(
      [
        .init("codec", .left), .init("BD-rate [%]"), .init("95 % interval"), .init("BD-\(options.metric.key)\(unit)"), .init("overlap [%]"),
        .init("images better"), .init("mean of images [%]"), .init("rate", .left),
      ] + (second.map { [.init("BD-rate \($0) [%]")] } ?? []))
    for row in rows {
      let interval = row.interval.map {
        "\(NumberText.signed($0.lowerBound, decimals: 2)) … \(NumberText.signed($0.upperBound, decimals: 2))"
      }
      table.append(
        [
          row.name, NumberText.signed(row.rate, decimals: 2), interval ?? "–", NumberText.signed(row.quality, decimals: 3),
          NumberText.fixed(row.overlap.map { $0 * 100 }, decimals: 0), row.imagesBetter.map { "\($0) of \(row.images.count)" } ?? "–",
          NumberText.signed(row.meanRate, decimals: 2), row.rateKey,
        ] + (second == nil ? [] : [NumberText.signed(row.second?.value, decimals: 2)]))
    }
    return table
  }

  /// One row for each image of each curve.
  static func imageTable(_ rows: [CurveComparison], _ options: CurveComparison.Options) -> TextTable {
    var table = TextTable([.init("codec", .left), .init("image", .left), .init("BD-rate [%]"), .init("BD-\(options.metric.key)")])
    for row in rows {
      for image in row.images {
        table.append([row.name, image.name, NumberText.signed(image.rate, decimals: 2), NumberText.signed(image.quality, decimals: 3)])
      }
    }
    return table
  }
}
