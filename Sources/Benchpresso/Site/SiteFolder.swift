import SafeFiles
import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The folder of a site on disk.
///
/// `site.json` names its files, so that a folder that holds anything else is not replaced.
struct SiteFolder {
  /// The name and version of the list of files.
  private static let schema = "benchpresso.site/1"
  private static let list = "site.json"

  let path: String

  /// What was written.
  struct Written: Encodable {
    let folder: String
    let index: String
    let pages: Int
    let files: Int
    let bytes: Int
  }

  /// Refuses a folder that is none, or that holds what is no part of a site.
  ///
  /// - Throws: ``UsageError``.
  func check() throws {
    guard Folder.exists(path) else {
      if FileBytes.exists(path) { throw UsageError.needs("-o: '\(path)' is a file; name a folder") }
      return
    }
    let found = try Self.files(in: path)
    guard !found.isEmpty else { return }
    let own = Set(listed() ?? [])
    guard let foreign = found.first(where: { !own.contains($0) }) else { return }
    throw UsageError.needs(
      "-o: '\(path)' holds '\(foreign)', which is no part of a site that was written before; name a new folder, or move it away")
  }

  /// Writes all files of a site and puts the folder in the place of an earlier one in one step.
  ///
  /// - Throws: `FileError`; what was there is then still there.
  func write(_ site: Site, progress: (Int, Int) -> Void) throws -> Written {
    let staged = try StagedFolder(path)
    let paths = site.paths
    var pages = 0
    for (index, path) in paths.enumerated() {
      guard let file = site.file(path) else { preconditionFailure("a path of the site has no file") }
      try staged.write(file.text, to: path)
      pages += file.kind == .page ? 1 : 0
      progress(index + 1, paths.count)
    }
    try staged.write(try JSONOutput.text(List(schema: Self.schema, files: paths.sorted() + [Self.list])) + "\n", to: Self.list)
    try staged.finish()
    return Written(folder: path, index: "\(path)/index.html", pages: pages, files: paths.count + 1, bytes: staged.byteCount)
  }

  private struct List: Codable {
    let schema: String
    let files: [String]
  }

  /// The files that the folder's own list names; nil without one.
  private func listed() -> [String]? {
    guard let bytes = try? FileBytes.read("\(path)/\(Self.list)"), let list = try? JSONDecoder().decode(List.self, from: Data(bytes)),
      list.schema == Self.schema
    else { return nil }
    return list.files
  }

  /// All files and empty folders below a folder, by their paths in it.
  private static func files(in folder: String, below prefix: String = "") throws -> [String] {
    try Folder.names(in: folder).flatMap { name -> [String] in
      let inner = "\(folder)/\(name)"
      guard Folder.exists(inner) else { return [prefix + name] }
      let found = try files(in: inner, below: "\(prefix)\(name)/")
      return found.isEmpty ? ["\(prefix)\(name)/"] : found
    }
  }
}
