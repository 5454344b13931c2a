import Datasets
import Images
import Metrics
import Results
import SafeFiles

/// Pictures against their originals, measured.
struct MetricComparison {
  struct Row {
    let name: String
    /// In the order of the measures; nil where one is undefined or infinite.
    let values: [Double?]
  }

  let keys: [String]
  let rows: [Row]
  /// The mean of each measure; nil where a picture lacks it.
  var means: [Double?] {
    keys.indices.map { index in
      let values = rows.compactMap { $0.values[index] }
      return values.count == rows.count ? values.reduce(0, +) / Double(values.count) : nil
    }
  }

  /// Measures two pictures, or the pictures of two folders that have the same names.
  ///
  /// - Parameter isStrict: whether a measure that is undefined for a picture is an error.
  init(reference: String, distorted: String, metrics: [any ImageMetric], isStrict: Bool) throws {
    keys = metrics.map(\.key)
    rows = try Self.pairs(reference, distorted).map { name, original, copy in
      let (original, copy) = (try ImageFile.read(original), try ImageFile.read(copy))
      return try Row(
        name: name,
        values: metrics.map { metric in
          let value: Double?
          do { value = try metric.value(of: copy, original: original) } catch let error as MetricError {
            throw UsageError.needs("'\(name)': \(error)")
          }
          if value == nil, isStrict {
            throw UsageError.needs(
              "\(metric.key) needs \(metric.requirement), and '\(name)' has \(original.width)×\(original.height); leave the metric out")
          }
          return value.flatMap { $0.isFinite ? $0 : nil }
        })
    }
  }

  private static func pairs(_ reference: String, _ distorted: String) throws -> [(name: String, original: String, copy: String)] {
    guard Folder.exists(reference) || Folder.exists(distorted) else { return [(distorted, reference, distorted)] }
    guard Folder.exists(reference), Folder.exists(distorted) else {
      throw UsageError.needs("'\(reference)' and '\(distorted)' must be two pictures or two folders, found one of each")
    }
    let (originals, copies) = (try stems(reference), try stems(distorted))
    let missing = Set(originals.keys).symmetricDifference(copies.keys).sorted()
    guard missing.isEmpty else {
      throw UsageError.needs(
        "the folders hold different pictures; only one of them has \(missing.prefix(3).map { "'\($0)'" }.joined(separator: ", "))"
          + (missing.count > 3 ? " and \(missing.count - 3) more" : ""))
    }
    return originals.keys.sorted().compactMap { name in
      guard let original = originals[name], let copy = copies[name] else { return nil }
      return (name, original, copy)
    }
  }

  /// The pictures of a folder by their paths inside it, without suffix.
  private static func stems(_ folder: String) throws -> [String: String] {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    var result: [String: String] = [:]
    for file in try ImageFolder(whole: folder).files {
      var name = file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file
      if let point = name.lastIndex(of: ".") { name = String(name[..<point]) }
      guard result[name] == nil else { throw UsageError.needs("'\(folder)' has two pictures called '\(name)'; rename one") }
      result[name] = file
    }
    return result
  }
}
