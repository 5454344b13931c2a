import CPublishedCurves

/// The published curves that are compiled into the program.
public enum CurveLibrary {
  /// One published curve.
  public struct Entry: Sendable, Equatable {
    /// The name after `published:`, for example `kodak/bpg_444`.
    public let id: String
    /// The images.
    public let dataset: String
    /// Who measured it and where it was published.
    public let source: String
    /// The source's address, empty where there is none.
    public let address: String
    /// The licence of the numbers.
    public let licence: String
    /// The text that the licence wants to be passed on.
    public let notice: String
    /// The points.
    public let curve: MeasuredCurve
  }

  /// What stands before a published curve's name where a file could stand.
  public static let prefix = "published:"

  /// Parses the curves that are compiled in.
  ///
  /// - Throws: ``ResultsError`` never for a program that passes its tests.
  public static func entries() throws(ResultsError) -> [Entry] {
    let bytes = Array(UnsafeBufferPointer(start: bp_published_curves(), count: bp_published_curves_size()))
    let file: JSONValue = try JSONReading.decode(bytes, name: "curves.json")
    var entries: [Entry] = []
    for curve in file["curves"]?.list ?? [] {
      guard let id = curve["id"]?.text else { throw .missingKey(file: "curves.json", key: "id") }
      let source = curve["source"]?.text.flatMap { file["sources"]?[$0] } ?? .null
      entries.append(
        Entry(
          id: id, dataset: curve["dataset"]?.text ?? "", source: source["by"]?.text ?? "", address: source["url"]?.text ?? "",
          licence: source["licence"]?.text ?? "", notice: source["notice"]?.text ?? "",
          curve: try MeasuredCurve(lists: curve, place: prefix + id)))
    }
    return entries
  }

  /// Returns a curve by its name, with or without the prefix; nil where there is none.
  public static func entry(_ name: String) throws(ResultsError) -> Entry? {
    let id = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    return try entries().first { $0.id == id }
  }
}
