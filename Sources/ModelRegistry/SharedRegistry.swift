import Downloads
import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A registry that several people share: a folder, or the same folder behind a web server that serves files.
public struct SharedRegistry: Sendable {
  /// The folder or the HTTP address.
  public let place: String

  /// Names a shared registry.
  public init(_ place: String) { self.place = place.hasSuffix("/") && place.count > 1 ? String(place.dropLast()) : place }

  /// Whether it is reached over HTTP, and can only be read.
  public var isRemote: Bool { place.hasPrefix("http://") || place.hasPrefix("https://") }

  /// What was moved.
  public struct Outcome: Sendable, Equatable {
    /// The records that are new there.
    public var new: [String] = []
    /// The number of those that were there.
    public var known = 0
    /// The records whose file could not be had, with the reason.
    public var failures: [String] = []
  }

  /// Writes records with their files into the folder, which is made where it is missing.
  ///
  /// Files come first and the index last, in one step: who reads meanwhile sees the earlier state. Two that write at once take turns.
  /// - Throws: ``RegistryError``.
  public func push(_ records: [StoredRecord], from store: RegistryStore, observe: (Int) -> Void = { _ in }) throws -> Outcome {
    guard !isRemote else {
      throw RegistryError.noRegistry(place, reason: "only a folder can be written to; push into the folder that the web server serves")
    }
    do {
      try Folder.create(place)
      return try locked {
        var index = try ScratchFolder.holds("\(place)/\(SharedIndex.fileName)") ? read() : SharedIndex()
        let known = Set(index.entries.map(\.hash))
        var outcome = Outcome()
        var entries: [SharedIndex.Entry] = []
        for (number, stored) in records.enumerated() {
          observe(number)
          guard let entry = try give(stored, from: store) else {
            let record = "'\(stored.record.name)' (\(stored.record.hash.prefix(12)))"
            outcome.failures.append("\(record): its file is gone or has changed; 'registry verify' says which")
            continue
          }
          entries.append(entry)
          if known.contains(entry.hash) { outcome.known += 1 } else { outcome.new.append(entry.hash) }
        }
        index.merge(entries)
        try AtomicFile.write(try index.json(), to: "\(place)/\(SharedIndex.fileName)")
        return outcome
      }
    } catch let error as FileError { throw RegistryError.file(error) }
  }

  private func give(_ stored: StoredRecord, from store: RegistryStore) throws -> SharedIndex.Entry? {
    let record = stored.record
    let name = record.details["file_name"] ?? Self.fileName(record)
    let entry = SharedIndex.Entry(
      hash: record.hash, kind: record.kind, name: record.name, file: name, size: record.size, tags: stored.tags)
    let target = "\(place)/\(entry.path)"
    if ScratchFolder.holds(target) { return entry }
    guard let source = store.contents(of: stored) else { return nil }
    let bytes = try FileBytes.read(source)
    // A damaged copy is not passed on.
    guard FileDigest.sha256(bytes) == record.hash else { return nil }
    try Folder.create("\(place)/objects/\(record.hash.prefix(2))")
    try AtomicFile.write(bytes, to: target)
    return entry
  }

  private static func fileName(_ record: Record) -> String {
    switch record.kind {
    case .results: "results.json"
    case .timing: "timing.json"
    case .configuration: "config.yaml"
    case .card: "card.md"
    case .weights: "weights.safetensors"
    }
  }

  /// Runs `body` while no other process on this machine writes here.
  private func locked<Value>(_ body: () throws -> Value) throws -> Value {
    let path = "\(place)/.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(operation: "write", path: path, code: errno) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw FileError(operation: "lock", path: path, code: errno) }
    }
    return try body()
  }

  /// Reads the index of a folder.
  private func read() throws -> SharedIndex {
    try SharedIndex(json: try FileBytes.read("\(place)/\(SharedIndex.fileName)"), place: place)
  }

  /// Takes what is new into a registry.
  ///
  /// Every file is read again and has to have its hash.
  ///
  /// - Parameters:
  ///   - wanted: Which entries are taken.
  ///   - reader: Who understands the files.
  /// - Throws: ``RegistryError``, `DownloadError`.
  public func pull(
    into store: RegistryStore, reader: RecordReader, wanted: (SharedIndex.Entry) -> Bool = { _ in true },
    shouldStop: () -> Bool = { false }, observe: (SharedIndex.Entry) -> Void = { _ in }
  ) throws -> Outcome {
    do {
      let scratch = try ScratchFolder()
      let index = try isRemote ? fetchIndex(scratch, shouldStop) : read()
      var outcome = Outcome()
      for entry in index.entries where wanted(entry) {
        observe(entry)
        if let there = try? store.record(entry.hash), store.contents(of: there) != nil {
          outcome.known += 1
          try store.tag(there, adding: entry.tags)
          continue
        }
        do {
          let file = try take(entry, into: store, scratch, shouldStop)
          let record = try reader.read(file, as: entry.kind, name: entry.file)
          try store.add(record, path: file, copies: true, remembersPath: false, tags: entry.tags)
          outcome.new.append(entry.hash)
        } catch DownloadError.stopped(let part) {
          throw DownloadError.stopped(part: part)
        } catch {
          outcome.failures.append("'\(entry.name)' (\(entry.hash.prefix(12))): \(error)")
        }
      }
      return outcome
    } catch let error as FileError { throw RegistryError.file(error) }
  }

  private func fetchIndex(_ scratch: ScratchFolder, _ shouldStop: () -> Bool) throws -> SharedIndex {
    let file = RemoteFile("\(place)/\(SharedIndex.fileName)", path: SharedIndex.fileName)
    _ = try Downloader().fetch(file, into: scratch.path, shouldStop: shouldStop)
    return try SharedIndex(json: try FileBytes.read("\(scratch.path)/\(SharedIndex.fileName)"), place: place)
  }

  /// Brings the contents of an entry to a place where they can be read; their hash is right.
  private func take(
    _ entry: SharedIndex.Entry, into store: RegistryStore, _ scratch: ScratchFolder, _ shouldStop: () -> Bool
  ) throws -> String {
    if isRemote {
      let file = RemoteFile("\(place)/\(entry.path)", path: entry.hash, size: entry.size, sha256: entry.hash)
      _ = try Downloader().fetch(file, into: "\(store.folder)/objects/\(entry.hash.prefix(2))", shouldStop: shouldStop)
      return store.object(entry.hash)
    }
    let path = "\(place)/\(entry.path)"
    guard let digest = try FileDigest(of: path, shouldStop: shouldStop) else { throw DownloadError.stopped(part: path) }
    guard digest.sha256 == entry.hash else { throw RegistryError.damaged(path: path, reason: "its SHA-256 is \(digest.sha256)") }
    return path
  }
}
