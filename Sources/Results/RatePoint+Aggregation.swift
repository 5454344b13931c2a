extension RatePoint {
  /// Says which images lack a value; a value that no image has was not measured on purpose, unless a note on it, or on the value it is made
  /// from, says otherwise.
  mutating func note(missing key: String, from source: String, _ value: (ImageResult) -> Double?) {
    let missing = images.filter { value($0) == nil }
    let explained = missing.contains { image in
      image.notes.contains { $0.hasPrefix("\(source) is null") || $0.hasPrefix("\(source)_db is null") }
    }
    guard explained || (1..<images.count).contains(missing.count) else { return }
    let names = missing.prefix(3).map { "'\($0.name)'" }.joined(separator: ", ") + (missing.count > 3 ? ", …" : "")
    notes.append("\(key) is null: \(missing.count) of \(images.count) images have no value (\(names)); see their notes")
  }

  /// The mean of each further measure that any image has.
  static func metrics(of images: [ImageResult]) -> [String: Double?]? {
    let names = Set(images.flatMap { ($0.metrics ?? [:]).keys })
    guard !names.isEmpty else { return nil }
    let means = names.map { name in (name, complete(images.map { $0.metrics?[name] ?? nil }).map(mean)) }
    return Dictionary(uniqueKeysWithValues: means)
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The values if all are there, else nil.
  static func complete(_ values: [Double?]) -> [Double]? {
    let present = values.compactMap { $0 }
    return present.count == values.count ? present : nil
  }
}
