import Configuration
import Datasets
import SafeFiles

/// A set or a folder, as a command line names it.
struct DataTarget {
  /// What is known of the set; nil for a folder of one's own.
  let set: KnownDataset?
  let folder: String

  /// Takes `word` as the name of a set, unless a folder has this name.
  ///
  /// - Parameter folder: where the set lies, in place of its usual folder.
  init(_ word: String, folder: String?) throws {
    let isPath = word.contains("/") || Folder.exists(word)
    set = isPath ? nil : try Self.set(word)
    if isPath, folder != nil { throw UsageError.needs("--folder belongs to the name of a set, and '\(word)' is a folder") }
    self.folder = folder ?? set?.folder ?? word
    guard Folder.exists(self.folder) else { throw DatasetError.noFolder(path: self.folder, set: set?.name) }
  }

  /// Returns the set called `name`.
  static func set(_ name: String) throws(UsageError) -> KnownDataset {
    if let set = KnownDataset.named(name) { return set }
    let names = KnownDataset.all.map(\.name)
    throw .needs(
      "there is no data set '\(name)'\(NearMatch.sentenceEnd(for: name, among: names)) Known sets: \(names.joined(separator: ", "))")
  }
}
