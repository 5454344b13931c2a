public import ChildProcesses
public import SafeFiles

/// A download that did not succeed.
public enum DownloadError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The program that fetches or unpacks cannot be started.
  case program(ChildProcessError)
  /// A file or folder could not be read or written.
  case file(FileError)
  /// The server answered with a status that will not change by asking again.
  case status(address: String, status: Int)
  /// The address cannot be used or the connection cannot be made safe; `reason` is what curl says.
  case refused(address: String, reason: String)
  /// The file did not come whole, however often it was tried.
  case incomplete(address: String, part: String, received: Int, total: Int?, reason: String)
  /// The server announces another size than the one that is known.
  case announcedSize(address: String, expected: Int, announced: Int)
  /// What came has another size than it should.
  case size(address: String, expected: Int, received: Int)
  /// What came has another SHA-256 than it should.
  case hash(address: String, expected: String, found: String)
  /// A file of this name is there, and it is another one.
  case other(path: String, reason: String)
  /// Another process fetches the same file.
  case busy(path: String)
  /// The disk has too little room.
  case space(folder: String, needed: Int, free: Int)
  /// The archive holds an entry that would be written outside its folder, or a link.
  case unsafeEntry(archive: String, entry: String)
  /// The archive cannot be unpacked.
  case archive(path: String, reason: String)
  /// The user stopped it.
  case stopped(part: String)

  /// One sentence with the place, the cause and the remedy.
  public var description: String {
    switch self {
    case .program(let error): return error.description
    case .file(let error): return error.description
    case .status(let address, let status):
      let cause = [401: "asks for a password", 403: "forbids it", 404: "does not have it", 410: "has it no longer"][status]
      return "the server \(cause ?? "refuses it") (status \(status)): \(address); look for another source, and see 'benchpresso data list'"
    case .refused(let address, let reason):
      return "\(address) cannot be fetched: \(reason); check the address, the network and the proxy settings"
    case .incomplete(let address, let part, let received, let total, let reason):
      let amount = total.map { "\(received) of \($0) bytes" } ?? "\(received) bytes"
      return "\(address) did not come whole: \(reason), after \(amount); run the same command again, it goes on from '\(part)'"
    case .announcedSize(let address, let expected, let announced):
      return "the server announces \(announced) bytes for \(address) instead of \(expected): it is another file; nothing was kept"
    case .size(let address, let expected, let received):
      return "\(address) came with \(received) bytes instead of \(expected); nothing was kept; run the command again"
    case .hash(let address, let expected, let found):
      return "\(address) came with the SHA-256 \(found) instead of \(expected): it was changed or damaged; nothing was kept; run the "
        + "command again, and do not trust the source if that does not help"
    case .other(let path, let reason):
      return "'\(path)' is there already and is another file: \(reason); move it away and run the command again"
    case .busy(let path): return "'\(path)' is being fetched by another process; wait for it, or end it"
    case .space(let folder, let needed, let free):
      return "the disk of '\(folder)' has \(FileSizeText.of(free)) free, and \(FileSizeText.of(needed)) are needed; free some space"
    case .unsafeEntry(let archive, let entry):
      return
        "the archive '\(archive)' holds '\(entry)', which would lie outside its folder or is a link; it was not unpacked; do not trust its source"
    case .archive(let path, let reason):
      return "the archive '\(path)' cannot be unpacked: \(reason); remove it and run the command again to fetch it anew"
    case .stopped(let part): return "stopped; run the same command again, it goes on from '\(part)'"
    }
  }
}
