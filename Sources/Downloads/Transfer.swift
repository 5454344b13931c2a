import ChildProcesses

/// One try to fetch what is missing of a file.
struct Transfer {
  private let part: PartialFile
  private let file: RemoteFile
  private let observe: (Downloader.Event) -> Void
  private var reader = ResponseReader()
  private var writesBody = false
  /// The size of the whole file, as the server says.
  private(set) var total: Int?

  init(part: PartialFile, file: RemoteFile, observe: @escaping (Downloader.Event) -> Void) {
    (self.part, self.file, self.observe) = (part, file, observe)
  }

  /// Why a try ended before the file was whole, where another one may help.
  private struct Again: Error { let reason: String }

  /// Runs it.
  ///
  /// - Returns: nil when the file is whole, otherwise why it is not.
  /// - Throws: ``DownloadError`` when another try would not help.
  mutating func run(_ limits: Downloader, shouldStop: () -> Bool) throws -> String? {
    if part.size > 0, part.size == file.size { return nil }
    // Without a mark of the server's to compare, only a known hash would notice that two halves do not belong together.
    if part.size > 0, part.validator == nil, file.sha256 == nil { try part.empty() }
    let offset = part.size
    var lastSign = ContinuousClock.now
    do {
      let result = try ChildProcess("curl", arguments(limits, offset: offset)).run { bytes in
        if shouldStop() { throw DownloadError.stopped(part: part.path) }
        if !bytes.isEmpty {
          try take(bytes, offset: offset)
          lastSign = .now
        } else if lastSign.duration(to: .now) > .seconds(reader.head == nil ? limits.connectLimit + limits.stallLimit : limits.stallLimit) {
          throw Again(reason: reader.head == nil ? "the server does not answer" : "nothing came any more")
        }
      }
      return try ending(result)
    } catch let again as Again {
      return again.reason
    } catch let error as ChildProcessError {
      throw DownloadError.program(error)
    } catch is ResponseReader.NoHead {
      return "the server does not answer in HTTP"
    }
  }

  private func arguments(_ limits: Downloader, offset: Int) -> [String] {
    var arguments = [
      "-q", "--silent", "--show-error", "--include", "--location", "--suppress-connect-headers", "--max-redirs", "10", "--proto",
      "=http,https",
      "--proto-redir", "=http,https", "--connect-timeout", "\(limits.connectLimit)", "--user-agent", "benchpresso", "--no-buffer",
    ]
    if offset > 0 {
      arguments += ["--range", "\(offset)-"]
      if let validator = part.validator { arguments += ["--header", "If-Range: \(validator)"] }
    }
    return arguments + ["--", file.address]
  }

  private mutating func take(_ bytes: [UInt8], offset: Int) throws {
    let hadHead = reader.head != nil
    let body = try reader.body(bytes)
    if !hadHead, let head = reader.head { try begin(head, offset: offset) }
    guard writesBody, !body.isEmpty else { return }
    if let limit = file.size ?? total, part.size + body.count > limit {
      part.discard()
      throw DownloadError.size(address: file.address, expected: limit, received: part.size + body.count)
    }
    try part.append(body)
    observe(.received(bytes: part.size, total: total ?? file.size))
  }

  /// Decides by the head of the answer what its body is for.
  private mutating func begin(_ head: ResponseHead, offset: Int) throws {
    switch head.status {
    case 200:
      total = head.contentLength
      try expect(total)
      try part.begin(address: file.address, validator: head.validator)
    case 206:
      guard let range = head.contentRange, range.start == offset else {
        try part.empty()
        throw Again(reason: "the server sent another part than the one asked for")
      }
      total = range.total
      try expect(total)
    case 416:
      // There is nothing after the end: the part is the whole file, or one of another file.
      if head.contentRange?.total == offset { return }
      try part.empty()
      throw Again(reason: "the server's file is shorter than the part of it that is here")
    case 408, 425, 429, 500...599: throw Again(reason: "the server answers with status \(head.status)")
    default:
      if part.size == 0 { part.discard() }
      throw DownloadError.status(address: file.address, status: head.status)
    }
    writesBody = true
    if let whole = total ?? file.size { try DiskSpace.check(whole - part.size, in: folder) }
  }

  private func expect(_ announced: Int?) throws(DownloadError) {
    guard let size = file.size, let announced, announced != size else { return }
    part.discard()
    throw DownloadError.announcedSize(address: file.address, expected: size, announced: announced)
  }

  private var folder: String { part.path.lastIndex(of: "/").map { String(part.path[..<$0]) } ?? "." }

  /// Judges by how curl ended; its statuses are those of its manual.
  private func ending(_ result: ChildProcessResult) throws -> String? {
    let whole = total ?? file.size
    switch result.ending {
    case .exit(status: 0):
      guard reader.head != nil else { return "the server sent nothing" }
      if let whole, part.size < whole { return "the connection ended early" }
      return nil
    case .exit(status: 28): return reader.head == nil ? "the server does not answer" : "nothing came any more"
    case .exit(status: 18): return "the connection ended early"
    case .exit(let status) where [1, 2, 3, 4, 5, 6, 35, 47, 51, 58, 59, 60, 77, 83, 90, 91].contains(status):
      if part.size == 0 { part.discard() }
      throw DownloadError.refused(address: file.address, reason: Self.message(result) ?? "curl \(result.ending)")
    default: return Self.message(result) ?? "curl \(result.ending)"
    }
  }

  /// What curl said, without its own name and number: `curl: (7) Failed to connect …`.
  private static func message(_ result: ChildProcessResult) -> String? {
    guard let line = result.messagesText.split(whereSeparator: \.isNewline).first(where: { $0.hasPrefix("curl: ") }) else { return nil }
    let words = line.dropFirst(6)
    guard words.hasPrefix("("), let end = words.firstIndex(of: ")") else { return String(words) }
    return String(words[words.index(after: end)...].drop { $0 == " " })
  }
}
