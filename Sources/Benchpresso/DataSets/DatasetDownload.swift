import Configuration
import Datasets
import Downloads
import Reporting
import SafeFiles

/// The download of one data set.
struct DatasetDownload {
  /// What was done.
  struct Report: Encodable {
    let set: String
    let folder: String
    var fetched: [String] = []
    var present: [String] = []
    /// Files whose contents nothing was known of.
    var trusted: [String] = []
    let manifest: String

    /// A sentence.
    var text: String {
      let trust = trusted.isEmpty ? "" : "; the contents of \(trusted.count) were not known, their hashes are kept in \(manifest)"
      return "\(set): \(fetched.count) fetched, \(present.count) there already, in \(folder)\(trust)"
    }
  }

  private let set: KnownDataset
  private let folder: String
  private let files: [RemoteFile]
  var downloader = Downloader()
  var trusts = false
  var keepsArchives = false

  /// Chooses what to fetch.
  ///
  /// - Throws: ``UsageError`` when the set must be fetched by hand or has no such part.
  init(_ set: KnownDataset, folder: String?, parts: [String], mirror: String?) throws(UsageError) {
    self.set = set
    self.folder = folder ?? set.folder
    guard !set.parts.isEmpty else {
      throw .needs("the set \(set.name) must be fetched by hand. \(set.byHand ?? "")")
    }
    func isChosen(_ name: String) -> Bool { parts.isEmpty || parts.contains { name == $0 || name.hasPrefix($0 + "/") } }
    let chosen = set.parts.filter { isChosen($0.name) }
    for part in parts where !set.parts.contains(where: { $0.name == part || $0.name.hasPrefix(part + "/") }) {
      let names = set.parts.map(\.name).filter { !$0.isEmpty }
      guard !names.isEmpty else { throw .needs("the set \(set.name) has no parts; leave --part out") }
      throw .needs(
        "the set \(set.name) has no part '\(part)'\(NearMatch.sentenceEnd(for: part, among: names)) Parts: \(names.joined(separator: ", "))"
      )
    }
    files = chosen.flatMap(\.files).map { file in
      guard let mirror else { return file }
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      return RemoteFile(
        "\(mirror)\(mirror.hasSuffix("/") ? "" : "/")\(name)", path: file.path, size: file.size, sha256: file.sha256,
        unpacksInto: file.unpacksInto)
    }
  }

  /// Fetches, checks and unpacks; the manifest is renewed after every file.
  func run() throws -> Report {
    let manifestPath = "\(folder)/\(FolderManifest.fileName)"
    var report = Report(set: set.name, folder: folder, manifest: manifestPath)
    try Folder.create(folder)
    var manifest = PathText.exists(manifestPath) ? try FolderManifest.read(manifestPath) : FolderManifest()
    try checkSpace()
    for (number, file) in files.enumerated() {
      let label = files.count > 1 ? "\(file.path) (\(number + 1) of \(files.count))" : file.path
      if let target = file.unpacksInto, Folder.exists("\(folder)/\(target)") {
        report.present.append(target)
        continue
      }
      let earlier = manifest.sources.first { $0.path == file.path }
      let source = try fetch(file, earlier: earlier, label: label, &report)
      manifest.sources.removeAll { $0.path == file.path }
      manifest.sources.append(source)
      try manifest.write(to: manifestPath)
      if !source.wasKnown { report.trusted.append(file.path) }
      try unpack(file, label: label)
    }
    if files.allSatisfy({ $0.unpacksInto == nil }) {
      manifest.files = try FolderManifest(of: folder, shouldStop: Self.shouldStop).files
      try manifest.write(to: manifestPath)
    }
    return report
  }

  private static func shouldStop() -> Bool { Interruption.signal != nil }

  /// Refuses before the first byte when the files alone, as far as they are known, do not fit.
  private func checkSpace() throws {
    let needed = files.filter { !PathText.exists("\(folder)/\($0.unpacksInto ?? $0.path)") }.compactMap(\.size).reduce(0, +)
    if let free = DiskSpace.free(at: folder), free < needed { throw DownloadError.space(folder: folder, needed: needed, free: free) }
  }

  private func fetch(
    _ file: RemoteFile, earlier: FolderManifest.Source?, label: String, _ report: inout Report
  ) throws -> FolderManifest.Source {
    let knowsSamples = set.samples[file.path] != nil
    var wanted = file
    if trusts {
      wanted = RemoteFile(file.address, path: file.path, unpacksInto: file.unpacksInto)
    } else if file.sha256 == nil, let earlier, !PathText.exists("\(folder)/\(file.path)") {
      // What the first download brought is what every further one must bring.
      wanted = RemoteFile(file.address, path: file.path, size: earlier.bytes, sha256: earlier.sha256, unpacksInto: file.unpacksInto)
    }
    let progress = TransferProgress(label: label)
    let outcome = try downloader.fetch(
      wanted, into: folder, shouldStop: Self.shouldStop,
      check: { path in
        guard !trusts, let mistake = try set.sampleMistake(path, name: file.path) else { return }
        throw DatasetDownloadError.samples(address: file.address, mistake: mistake)
      }, observe: { progress.show($0) })
    if outcome.wasThere { report.present.append(file.path) } else { report.fetched.append(file.path) }
    if outcome.wasThere, knowsSamples, !trusts, let mistake = try set.sampleMistake("\(folder)/\(file.path)", name: file.path) {
      throw DownloadError.other(path: "\(folder)/\(file.path)", reason: "it \(mistake)")
    }
    return FolderManifest.Source(
      address: file.address, path: file.path, bytes: outcome.digest.size, sha256: outcome.digest.sha256,
      wasKnown: !trusts && (file.sha256 != nil || knowsSamples || earlier != nil && wanted.sha256 != nil))
  }

  private func unpack(_ file: RemoteFile, label: String) throws {
    guard let target = file.unpacksInto else { return }
    let archive = "\(folder)/\(file.path)"
    Console.note("\(label): unpacking")
    let contents = try ZipUnpacker(archive).unpack(into: "\(folder)/\(target)", shouldStop: Self.shouldStop) {
      Console.progress("\(label): \(NumberText.grouped($0)) files unpacked")
    }
    Console.endProgress()
    Console.note("\(label): \(NumberText.grouped(contents.entryCount)) entries, \(FileSizeText.of(contents.size)), in \(folder)/\(target)")
    if !keepsArchives { try FileRemoval.remove(archive) }
  }
}

/// A download that brought something else.
enum DatasetDownloadError: Error, CustomStringConvertible {
  case samples(address: String, mistake: String)

  var description: String {
    switch self {
    case .samples(let address, let mistake):
      "what came from \(address) \(mistake); nothing was kept; try another --mirror, or accept it with --trust"
    }
  }
}
