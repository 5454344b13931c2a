import ChildProcesses
import SafeFiles

/// Fetches files over HTTP, whatever happens on the way.
///
/// `curl` does the talking. The bytes go to `NAME.part`, which a later try goes on with if the server still has the same file (Range with If-Range);
/// size and SHA-256 are checked where they are known; then the file is synced and gets its name. A file under its own name is therefore whole.
public struct Downloader: Sendable {
  /// What happens, for whoever shows it.
  public enum Event: Sendable, Equatable {
    /// So many bytes are there.
    case received(bytes: Int, total: Int?)
    /// A try failed for this reason, and another begins after so many bytes.
    case retrying(reason: String, bytes: Int)
    /// The hash of what came is being computed.
    case checking
  }

  /// How a file came to be there.
  public struct Outcome: Sendable, Equatable {
    /// Its size and hash.
    public let digest: FileDigest
    /// Whether it was there before.
    public let wasThere: Bool
  }

  /// The seconds without a byte after which a connection is given up.
  public var stallLimit = 30
  /// The seconds that making a connection may take.
  public var connectLimit = 30
  /// How many tries in a row may bring nothing new before it is given up.
  public var tries = 5
  /// The seconds before the second try; doubled for each further one.
  public var firstPause = 1.0

  /// Creates a downloader with the usual limits.
  public init() {}

  /// Fetches a file into `folder`.
  ///
  /// - Parameters:
  ///   - file: what to fetch.
  ///   - folder: where `file.path` begins; made where it is missing.
  ///   - shouldStop: asked often; true ends it with ``DownloadError/stopped(part:)``.
  ///   - check: looks at the whole file, before it gets its name; what it throws means that the file is not kept.
  ///   - observe: told what happens.
  /// - Throws: ``DownloadError``, and what `check` throws.
  public func fetch(
    _ file: RemoteFile, into folder: String, shouldStop: () -> Bool = { false }, check: (_ path: String) throws -> Void = { _ in },
    observe: @escaping (Event) -> Void = { _ in }
  ) throws -> Outcome {
    let target = "\(folder)/\(file.path)"
    if let digest = try present(target, file, shouldStop: shouldStop, observe: observe) {
      return Outcome(digest: digest, wasThere: true)
    }
    try Self.converting { () throws(FileError) in try Folder.create(target.lastIndex(of: "/").map { String(target[..<$0]) } ?? ".") }
    let part = try PartialFile(target: target, address: file.address)
    var wasResumed = part.size > 0
    while true {
      try complete(part, file, shouldStop: shouldStop, observe: observe)
      observe(.checking)
      guard let digest = try Self.digest(part.path, shouldStop) else { throw DownloadError.stopped(part: part.path) }
      do {
        try Self.verify(digest, file)
        try check(part.path)
      } catch {
        // A part of an earlier day may be what is wrong; the whole file gets one chance.
        part.discard()
        guard wasResumed else { throw error }
        wasResumed = false
        return try fetch(file, into: folder, shouldStop: shouldStop, check: check, observe: observe)
      }
      try part.finish()
      return Outcome(digest: digest, wasThere: false)
    }
  }

  /// The digest of the file that is there already; nil when none is.
  private func present(
    _ target: String, _ file: RemoteFile, shouldStop: () -> Bool, observe: @escaping (Event) -> Void
  ) throws(DownloadError) -> FileDigest? {
    guard FilePresence.isThere(target) else { return nil }
    observe(.checking)
    guard let digest = try Self.digest(target, shouldStop) else { throw DownloadError.stopped(part: target) }
    if let size = file.size, size != digest.size {
      throw DownloadError.other(path: target, reason: "it has \(digest.size) bytes instead of \(size)")
    }
    if let hash = file.sha256, hash != digest.sha256 {
      throw DownloadError.other(path: target, reason: "its SHA-256 is \(digest.sha256) instead of \(hash)")
    }
    return digest
  }

  /// Fetches what is missing, with as many tries as bring something.
  private func complete(
    _ part: PartialFile, _ file: RemoteFile, shouldStop: () -> Bool, observe: @escaping (Event) -> Void
  ) throws {
    var failures = 0
    var pause = firstPause
    while true {
      let before = part.size
      var transfer = Transfer(part: part, file: file, observe: observe)
      let failure = try transfer.run(self, shouldStop: shouldStop)
      guard let failure else { return }
      if part.size > before { (failures, pause) = (0, firstPause) }
      failures += 1
      guard failures < tries else {
        let error = DownloadError.incomplete(
          address: file.address, part: part.path, received: part.size, total: transfer.total ?? file.size, reason: failure)
        if part.size == 0 { part.discard() }
        throw error
      }
      observe(.retrying(reason: failure, bytes: part.size))
      try Self.wait(pause, part, shouldStop)
      pause *= 2
    }
  }

  private static func wait(_ seconds: Double, _ part: PartialFile, _ shouldStop: () -> Bool) throws(DownloadError) {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      if shouldStop() { throw DownloadError.stopped(part: part.path) }
      FilePresence.sleep(milliseconds: 20)
    }
  }

  private static func digest(_ path: String, _ shouldStop: () -> Bool) throws(DownloadError) -> FileDigest? {
    do {
      return try FileDigest(of: path, shouldStop: shouldStop)
    } catch {
      throw DownloadError.file(error)
    }
  }

  private static func verify(_ digest: FileDigest, _ file: RemoteFile) throws(DownloadError) {
    if let size = file.size, size != digest.size {
      throw DownloadError.size(address: file.address, expected: size, received: digest.size)
    }
    if let hash = file.sha256, hash != digest.sha256 {
      throw DownloadError.hash(address: file.address, expected: hash, found: digest.sha256)
    }
  }

  private static func converting(_ body: () throws(FileError) -> Void) throws(DownloadError) {
    do {
      try body()
    } catch {
      throw DownloadError.file(error)
    }
  }
}
