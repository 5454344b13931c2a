import SafeFiles

extension MeasuredCurve {
  /// Reads a results file of Benchpresso or of CompressAI.
  ///
  /// - Throws: ``ResultsError`` where the file cannot be read or is neither.
  public static func read(_ path: String) throws(ResultsError) -> MeasuredCurve {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path) } catch { throw .file(error) }
    return try MeasuredCurve(json: bytes, place: path)
  }

  /// Parses a file's bytes; `place` is its name for messages.
  public init(json bytes: [UInt8], place: String) throws(ResultsError) {
    let value: JSONValue = try JSONReading.decode(bytes, name: place)
    if value["schema"] != nil {
      _ = try ResultsFile(json: bytes, name: place)
      self.init(benchpresso: value, place: place)
    } else {
      try self.init(lists: value, place: place)
    }
  }

  /// Takes the points of results that are in memory.
  ///
  /// - Throws: ``ResultsError`` where a number is not finite, which measuring never leaves.
  public init(_ file: ResultsFile) throws(ResultsError) {
    try self.init(json: file.json(name: file.name), place: file.name)
  }

  /// The points of our own file form, which has been checked before.
  private init(benchpresso file: JSONValue, place: String) {
    name = file["name"]?.text ?? place
    description = file["description"]?.text ?? ""
    self.place = place
    rateKind = .payload
    stated = nil
    points = (file["points"]?.list ?? []).enumerated().map { index, point in
      Point(
        label: point["label"]?.text ?? "\(index + 1)", values: Self.measures(point),
        images: (point["images"]?.list ?? []).map { Image(name: Self.stem($0["name"]?.text ?? ""), values: Self.measures($0)) },
        chroma: Self.chroma(point) ?? Self.chroma(point["model"]?["settings"]) ?? Self.chroma(file["model"]?["settings"]))
    }
  }

  /// The lists of CompressAI's form, with the additions of the published curves.
  init(lists file: JSONValue, place: String) throws(ResultsError) {
    guard let lists = file["results"]?.object else { throw .missingKey(file: place, key: "results") }
    guard let rates = lists["bpp"]?.list else { throw .missingKey(file: place, key: "results.bpp") }
    guard !rates.isEmpty else { throw .inconsistent(file: place, reason: "it has no rate points") }
    let kind = file["rate"]?.text.flatMap(RateKind.init) ?? .unknown
    var columns: [String: [JSONValue]] = [:]
    for (key, list) in lists {
      guard let list = list.list else { continue }
      guard list.count == rates.count else {
        throw .inconsistent(file: place, reason: "'results.bpp' has \(rates.count) entries and 'results.\(key)' \(list.count)")
      }
      columns[Self.measure(key)] = list
      if key == "bpp", kind == .file { columns["bpp_file"] = list }
    }
    let images = (file["images"]?.list ?? []).map { Self.stem($0.text ?? "") }
    let details = file["points"]?.list ?? []
    let pixels = file["pixels"]?.double
    let chroma = Self.chroma(file)
    name = file["name"]?.text ?? place
    description = file["description"]?.text ?? ""
    self.place = place
    rateKind = kind
    points = rates.indices.map { index in
      let detail = details.indices.contains(index) ? details[index] : .null
      return Point(
        label: detail["label"]?.text ?? "\(index + 1)", values: Self.completed(columns.compactMapValues { $0[index].double }),
        images: images.indices.map { Image(name: images[$0], values: Self.measures(of: $0, in: detail, pixels: pixels)) },
        chroma: Self.chroma(detail) ?? chroma)
    }
    stated = file["stated"].flatMap { stated in
      guard let anchor = stated["anchor"]?.text, let rate = stated["bd_rate"]?.double else { return nil }
      return Stated(anchor: anchor, rate: rate, quality: stated["bd_quality"]?.double, place: stated["where"]?.text ?? place)
    }
  }

  /// The measures of one image of a point whose lists run over the images.
  private static func measures(of image: Int, in detail: JSONValue, pixels: Double?) -> [String: Double] {
    var values: [String: Double] = [:]
    for (key, list) in detail.object ?? [:] {
      guard let list = list.list, list.indices.contains(image), let value = list[image].double else { continue }
      if key == "bytes", let pixels {
        values["bpp"] = value * 8 / pixels
        values["bpp_file"] = value * 8 / pixels
      } else {
        values[measure(key)] = value
      }
    }
    return completed(values)
  }

  private static func measures(_ row: JSONValue) -> [String: Double] {
    let further = (row["metrics"]?.object ?? [:]).compactMapValues(\.double)
    var values = (row.object ?? [:]).compactMapValues(\.double).merging(further) { own, _ in own }
    for key in ["lambda", "width", "height"] { values[key] = nil }
    values["bpp"] = values["bpp_payload"]
    return completed(values)
  }

  /// CompressAI's names without the colour space, with our separators.
  private static func measure(_ key: String) -> String {
    let name = key.hasSuffix("-rgb") ? String(key.dropLast(4)) : key
    return String(name.map { $0 == "-" ? "_" : $0 })
  }

  private static func completed(_ values: [String: Double]) -> [String: Double] {
    guard values["ms_ssim_db"] == nil, let value = values["ms_ssim"], let decibels = Decibels.msSSIM(value) else { return values }
    return values.merging(["ms_ssim_db": decibels]) { old, _ in old }
  }

  private static func chroma(_ value: JSONValue?) -> String? {
    value?.object?.sorted { $0.key < $1.key }.first { $0.key.hasPrefix("chroma") || $0.key == "subsampling" }?.value.text
  }

  /// The file name's path without its ending.
  static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/"), name.distance(from: dot, to: name.endIndex) <= 5 else {
      return name
    }
    return String(name[..<dot])
  }
}

extension JSONValue {
  subscript(key: String) -> JSONValue? { object?[key] }

  var object: [String: JSONValue]? { if case .object(let values) = self { values } else { nil } }
  var list: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
  var text: String? { if case .string(let value) = self { value } else { nil } }
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
