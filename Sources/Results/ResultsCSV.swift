/// Results as comma-separated values; a null is an empty field, numbers have all their digits.
///
/// Further measures have a column each, in the order of their names, after those of MS-SSIM. The chroma format and the start of processes, which
/// are those of a rate point, stand before the notes.
public enum ResultsCSV {
  /// Returns one row per rate point of each file, under a header row.
  public static func points(of files: [ResultsFile]) -> String {
    let more = names(files.flatMap(\.points).compactMap(\.metrics))
    let header: [String] =
      ["name", "dataset", "label", "lambda", "image_count"] + rates + rates.map { "\($0)_pooled" }
      + ["psnr", "ms_ssim", "ms_ssim_db", "ms_ssim_db_mean"] + more + ["encoding_time", "decoding_time"] + codec + ["notes"]
    let rows = files.flatMap { file in
      file.points.map { point in
        let measures = [point.psnr, point.msSSIM, point.msSSIMDecibels, point.msSSIMDecibelsMean] + more.map { point.metric($0) }
        return [file.name, file.dataset.name, point.label, text(point.lambda), "\(point.images.count)"]
          + [text(point.bppEstimated), text(point.bppPayload), text(point.bppFile)]
          + [text(point.bppEstimatedPooled), text(point.bppPayloadPooled), text(point.bppFilePooled)]
          + measures.map(text)
          + [text(point.encodingTime), text(point.decodingTime)] + values(point) + [point.notes.joined(separator: "; ")]
      }
    }
    return ([header] + rows).map(CSV.line).joined()
  }

  /// Returns one row per image of each rate point of each file, under a header row.
  public static func images(of files: [ResultsFile]) -> String {
    let more = names(files.flatMap(\.points).flatMap(\.images).compactMap(\.metrics))
    let header: [String] =
      ["name", "dataset", "label", "lambda", "image", "width", "height"] + rates
      + ["psnr", "ms_ssim", "ms_ssim_db"] + more + ["encoding_time", "decoding_time"] + codec + ["notes"]
    let rows = files.flatMap { file in
      file.points.flatMap { point in
        point.images.map { image in
          let measures = [image.psnr, image.msSSIM, image.msSSIMDecibels] + more.map { image.metric($0) }
          return [file.name, file.dataset.name, point.label, text(point.lambda), image.name, "\(image.width)", "\(image.height)"]
            + [text(image.bppEstimated), text(image.bppPayload), text(image.bppFile)]
            + measures.map(text)
            + [text(image.encodingTime), text(image.decodingTime)] + values(point) + [image.notes.joined(separator: "; ")]
        }
      }
    }
    return ([header] + rows).map(CSV.line).joined()
  }

  private static let codec = ["chroma_format", "encoder_start_time", "decoder_start_time"]

  private static func values(_ point: RatePoint) -> [String] {
    [point.chromaFormat ?? "", text(point.encoderStartTime), text(point.decoderStartTime)]
  }

  private static let rates = ["bpp_estimated", "bpp_payload", "bpp_file"]

  private static func names(_ metrics: [[String: Double?]]) -> [String] { Set(metrics.flatMap(\.keys)).sorted() }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
