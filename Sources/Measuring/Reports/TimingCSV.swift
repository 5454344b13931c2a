public import Results

/// Times as comma-separated values; numbers have all their digits, what is missing is empty.
public enum TimingCSV {
  /// Returns a row for each repetition of each point and direction, under a header row.
  public static func samples(_ file: TimingFile) -> String {
    let stages = stages(of: file)
    let header: [String] = ["variant", "what", "width", "height", "batch_size", "threads", "round", "session", "direction", "seconds"]
    let rows = file.points.flatMap { point in
      TimingDirection.allCases.flatMap { direction -> [[String]] in
        guard let series = point[direction] else { return [] }
        return series.samples.indices.map { index in
          [
            point.variant, point.what, "\(point.width)", "\(point.height)", "\(point.batchSize)", "\(point.threads)",
            "\(point.rounds[index])", "\(point.sessions[index])", direction.rawValue, "\(series.samples[index])",
          ] + stages.map { name in series.stages.first { $0.stage == name }.map { "\($0.samples[index])" } ?? "" }
        }
      }
    }
    return ([header + stages] + rows).map(CSV.line).joined()
  }

  /// Returns a row for each point and direction, under a header row.
  public static func points(_ file: TimingFile) -> String {
    let stages = stages(of: file)
    let header: [String] =
      [
        "variant", "class_path", "group", "weights", "parameters", "what", "width", "height", "batch_size", "threads", "outcome",
        "direction",
      ]
      + ["count", "median", "mean", "standard_deviation", "p5", "p95", "minimum", "maximum", "median_lower", "median_upper", "coverage"]
      + ["images_per_second", "program_start", "multiply_accumulates", "bits_per_pixel", "peak_memory_bytes", "stage_share"]
    let rows = file.points.flatMap { point in TimingDirection.allCases.map { row(file, point, $0, stages) } }
    return ([header + stages.map { "\($0)_median" }] + rows).map(CSV.line).joined()
  }

  private static func row(_ file: TimingFile, _ point: TimingPoint, _ direction: TimingDirection, _ stages: [String]) -> [String] {
    let variant = file.variants.first { $0.name == point.variant }
    let (series, isEncoding) = (point[direction], direction == .encoding)
    let summary = series?.summary
    let start = isEncoding ? point.encodingStart : point.decodingStart
    let count = isEncoding ? point.encodingMultiplyAccumulates : point.decodingMultiplyAccumulates
    let head: [String] = [
      point.variant, variant?.classPath ?? "", variant?.group ?? "", variant?.weights ?? "", text(variant?.parameterCount), point.what,
      "\(point.width)", "\(point.height)", "\(point.batchSize)", "\(point.threads)", point.outcome.rawValue, direction.rawValue,
    ]
    let numbers: [String] = [
      text(summary?.count), text(summary?.median), text(summary?.mean), text(summary?.standardDeviation), text(summary?.p5),
      text(summary?.p95), text(summary?.minimum), text(summary?.maximum), text(summary?.medianInterval?.lower),
      text(summary?.medianInterval?.upper), text(summary?.medianInterval?.coverage),
    ]
    let rest: [String] = [
      text(point.imagesPerSecond(direction)), text(start?.summary.median), text(count), text(point.bitsPerPixel),
      text(point.peakMemoryBytes), text(series?.stageShare),
    ]
    return head + numbers + rest + stages.map { name in text(series?.stages.first { $0.stage == name }?.median) }
  }

  /// The stages that any point has, in the order in which they first occur.
  private static func stages(of file: TimingFile) -> [String] {
    var seen: Set<String> = []
    return file.points.flatMap { [$0.encoding, $0.decoding].compactMap { $0 } }.flatMap(\.stages).map(\.stage)
      .filter { seen.insert($0).inserted }
  }

  private static func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "" }
}
