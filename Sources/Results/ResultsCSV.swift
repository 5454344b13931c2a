/// Results as comma-separated values; a null is an empty field, numbers have all their digits.
public enum ResultsCSV {
  /// Returns one row per rate point of each file, under a header row.
  public static func points(of files: [ResultsFile]) -> String {
    let header =
      ["name", "dataset", "label", "lambda", "image_count"] + rates + rates.map { "\($0)_pooled" }
      + ["psnr", "ms_ssim", "ms_ssim_db", "ms_ssim_db_mean", "encoding_time", "decoding_time", "notes"]
    let rows = files.flatMap { file in
      file.points.map { point in
        [file.name, file.dataset.name, point.label, text(point.lambda), "\(point.images.count)"]
          + [text(point.bppEstimated), text(point.bppPayload), text(point.bppFile)]
          + [text(point.bppEstimatedPooled), text(point.bppPayloadPooled), text(point.bppFilePooled)]
          + [text(point.psnr), text(point.msSSIM), text(point.msSSIMDecibels), text(point.msSSIMDecibelsMean)]
          + [text(point.encodingTime), text(point.decodingTime), point.notes.joined(separator: "; ")]
      }
    }
    return ([header] + rows).map(CSV.line).joined()
  }

  /// Returns one row per image of each rate point of each file, under a header row.
  public static func images(of files: [ResultsFile]) -> String {
    let header =
      ["name", "dataset", "label", "lambda", "image", "width", "height"] + rates
      + ["psnr", "ms_ssim", "ms_ssim_db", "encoding_time", "decoding_time", "notes"]
    let rows = files.flatMap { file in
      file.points.flatMap { point in
        point.images.map { image in
          [file.name, file.dataset.name, point.label, text(point.lambda), image.name, "\(image.width)", "\(image.height)"]
            + [text(image.bppEstimated), text(image.bppPayload), text(image.bppFile)]
            + [text(image.psnr), text(image.msSSIM), text(image.msSSIMDecibels)]
            + [text(image.encodingTime), text(image.decodingTime), image.notes.joined(separator: "; ")]
        }
      }
    }
    return ([header] + rows).map(CSV.line).joined()
  }

  private static let rates = ["bpp_estimated", "bpp_payload", "bpp_file"]

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
