import Datasets
import Downloads
import Reporting
import SafeFiles

/// What is known of a data set, and whether it is there.
struct DatasetReport: Encodable {
  struct Part: Encodable {
    let name: String
    let addresses: [String]
    let images: Int?
    /// The bytes to fetch, where they are known.
    let bytes: Int?
    /// Whether the contents can be checked against what is known.
    let isVerifiable: Bool
  }

  let name: String
  let title: String
  let component: String
  let folder: String
  let isPresent: Bool
  /// The pictures found; null where there are too many to count in passing.
  let images: Int?
  let expectedImages: Int?
  let parts: [Part]
  let byHand: String?
  let origin: String

  private enum CodingKeys: String, CodingKey {
    case name, title, component, folder, images, parts, origin
    case isPresent = "present"
    case expectedImages = "expected_images"
    case byHand = "by_hand"
  }

  init(_ set: KnownDataset) {
    (name, title, component, folder) = (set.name, set.title, set.classPath, set.folder)
    isPresent = (try? Folder.names(in: set.folder))?.contains { !$0.hasPrefix(".") && $0 != FolderManifest.fileName } ?? false
    images = isPresent && set.imageCount != nil ? (try? ImageFolder(whole: set.folder))?.files.count : nil
    expectedImages = set.imageCount
    parts = set.parts.map { part in
      let sizes = part.files.compactMap(\.size)
      return Part(
        name: part.name, addresses: part.files.map(\.address), images: part.imageCount,
        bytes: sizes.count == part.files.count ? sizes.reduce(0, +) : nil,
        isVerifiable: part.files.allSatisfy { $0.sha256 != nil || set.samples[$0.path] != nil })
    }
    byHand = set.byHand
    origin = set.origin
  }

  /// Whether it is there, in a few words.
  var state: String {
    guard isPresent else { return "missing" }
    guard let images else { return "present" }
    guard let expectedImages, images != expectedImages else { return "\(NumberText.grouped(images)) pictures" }
    return "\(NumberText.grouped(images)) of \(NumberText.grouped(expectedImages)) pictures"
  }

  /// How to get it, in a few words.
  var getting: String { parts.isEmpty ? "by hand: benchpresso data list \(name)" : "benchpresso data download \(name)" }

  /// All of it.
  var text: String {
    var lines = ["\(name): \(title)", "  component  \(component)", "  folder     \(folder), \(state)"]
    if !parts.isEmpty { lines.append("  fetch      benchpresso data download \(name)") }
    for part in parts {
      let size = part.bytes.map { ", \(FileSizeText.of($0))" } ?? ", size not known"
      let count = part.images.map { ", \(NumberText.grouped($0)) pictures" } ?? ""
      let trust = part.isVerifiable ? "" : "; the contents are not known, the first download is trusted"
      let place = part.addresses.count == 1 ? part.addresses[0] : "\(part.addresses.count) files, from \(part.addresses[0]) on"
      lines.append("  part       \(part.name.isEmpty ? "all" : part.name): \(place)\(size)\(count)\(trust)")
    }
    if let byHand { lines.append("  by hand    \(byHand)") }
    lines.append("  origin     \(origin)")
    return lines.joined(separator: "\n")
  }
}
