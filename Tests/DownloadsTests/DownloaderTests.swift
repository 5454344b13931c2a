import Downloads
import Foundation
import HTTPTestServer
import Testing

/// Every test has a server of its own that does one thing wrong.
@Suite(.enabled(if: Programs.areThere, "needs curl and unzip")) struct DownloaderTests {
  private let folder: TestFolder
  private let whole = content(300_000)

  init() throws { folder = try TestFolder() }

  private func file(_ server: MisbehavingServer, size: Int? = nil, sha256: String? = nil) -> RemoteFile {
    RemoteFile(server.address("a.bin"), path: "a.bin", size: size, sha256: sha256)
  }

  private func fetch(
    _ file: RemoteFile, shouldStop: () -> Bool = { false }, check: (String) throws -> Void = { _ in },
    observe: @escaping (Downloader.Event) -> Void = { _ in }
  ) throws -> Downloader.Outcome {
    try Downloader.impatient.fetch(file, into: folder.path, shouldStop: shouldStop, check: check, observe: observe)
  }

  /// A server that sends the file as it should, in parts where it is asked for parts.
  private static func honest(_ whole: [UInt8], tag: String = "\"1\"") -> MisbehavingServer.Script {
    { request, _ in
      guard let start = request.rangeStart, request.headers["if-range"].map({ $0 == tag }) ?? true else {
        return .init("200 OK", ["ETag: \(tag)"], body: whole)
      }
      return .init(
        "206 Partial Content", ["ETag: \(tag)", "Content-Range: bytes \(start)-\(whole.count - 1)/\(whole.count)"],
        body: Array(whole[start...]))
    }
  }

  @Test func fetchesOnce() throws {
    let server = try MisbehavingServer(Self.honest(whole))
    let sha256 = FileDigest.sha256(whole)
    let remote = file(server, size: whole.count, sha256: sha256)
    let first = try fetch(remote)
    #expect(!first.wasThere && first.digest.sha256 == sha256 && first.digest.size == whole.count)
    #expect(folder.bytes("a.bin") == whole && folder.names == ["a.bin"])
    #expect(try fetch(remote).wasThere)
    #expect(server.requests.count == 1)
  }

  @Test func makesFoldersOnTheWay() throws {
    let server = try MisbehavingServer(Self.honest(whole))
    _ = try fetch(RemoteFile(server.address("a.bin"), path: "x/y/a.bin"))
    #expect(folder.bytes("x/y/a.bin") == whole)
  }

  @Test func goesOnAfterTheConnectionIsCut() throws {
    let (whole, honest) = (whole, Self.honest(whole))
    let server = try MisbehavingServer { request, number in
      if number == 0 { return .init("200 OK", ["ETag: \"1\""], body: Array(whole[..<100_000]), length: whole.count) }
      if number == 1 {
        return .init(
          "206 Partial Content", ["Content-Range: bytes 100000-\(whole.count - 1)/\(whole.count)"], body: Array(whole[100_000..<200_000]),
          length: 200_000)
      }
      return honest(request, number)
    }
    var retries: [Int] = []
    let outcome = try fetch(file(server), observe: { if case .retrying(_, let bytes) = $0 { retries.append(bytes) } })
    #expect(outcome.digest.sha256 == FileDigest.sha256(whole))
    #expect(retries == [100_000, 200_000])
    #expect(server.requests.map(\.rangeStart) == [nil, 100_000, 200_000])
    #expect(server.requests[1].headers["if-range"] == "\"1\"")
  }

  @Test func goesOnAfterAStall() throws {
    let (whole, honest) = (whole, Self.honest(whole))
    let server = try MisbehavingServer { request, number in
      number > 0
        ? honest(request, number)
        : .init("200 OK", ["ETag: \"1\""], body: Array(whole[..<50_000]), length: whole.count, silence: 4000)
    }
    var reasons: [String] = []
    _ = try fetch(file(server), observe: { if case .retrying(let reason, _) = $0 { reasons.append(reason) } })
    #expect(folder.bytes("a.bin") == whole)
    #expect(reasons == ["nothing came any more"])
  }

  @Test func goesOnInAnotherRun() throws {
    let (whole, honest) = (whole, Self.honest(whole))
    let server = try MisbehavingServer { request, number in
      number < 3
        ? .init("200 OK", ["ETag: \"1\""], body: number == 0 ? Array(whole[..<70_000]) : [], length: whole.count) : honest(request, number)
    }
    let error = try #require(throws: DownloadError.self) {
      var downloader = Downloader.impatient
      downloader.tries = 1
      _ = try downloader.fetch(file(server), into: folder.path)
    }
    #expect("\(error)".contains("goes on from") && "\(error)".contains("70000 of 300000 bytes"), "\(error)")
    #expect(folder.bytes("a.bin") == nil && folder.bytes("a.bin.part")?.count == 70_000)
  }

  @Test func startsAnewWhenTheFileChanged() throws {
    let other = content(250_000, seed: 9)
    let (whole, honest) = (whole, Self.honest(other, tag: "\"2\""))
    let server = try MisbehavingServer { request, number in
      number > 0 ? honest(request, number) : .init("200 OK", ["ETag: \"1\""], body: Array(whole[..<100_000]), length: whole.count)
    }
    _ = try fetch(file(server))
    #expect(folder.bytes("a.bin") == other)
  }

  @Test func startsAnewWhereTheServerGivesNoParts() throws {
    let whole = whole
    let server = try MisbehavingServer { _, number in
      .init("200 OK", ["ETag: \"1\""], body: number > 0 ? whole : Array(whole[..<100_000]), length: whole.count)
    }
    _ = try fetch(file(server))
    #expect(folder.bytes("a.bin") == whole)
  }

  @Test func startsAnewWithoutAMarkToCompare() throws {
    let whole = whole
    let server = try MisbehavingServer { _, number in
      .init("200 OK", body: number > 0 ? whole : Array(whole[..<100_000]), length: whole.count)
    }
    _ = try fetch(file(server))
    #expect(server.requests.map(\.rangeStart) == [nil, nil])
    #expect(folder.bytes("a.bin") == whole)
  }

  @Test func doesNotTakeAnotherPart() throws {
    let whole = whole
    let server = try MisbehavingServer { request, number in
      if number == 0 { return .init("200 OK", ["ETag: \"1\""], body: Array(whole[..<100_000]), length: whole.count) }
      if request.rangeStart == nil { return .init("200 OK", ["ETag: \"1\""], body: whole) }
      return .init("206 Partial Content", ["Content-Range: bytes 5-\(whole.count - 1)/\(whole.count)"], body: Array(whole[5...]))
    }
    _ = try fetch(file(server))
    #expect(folder.bytes("a.bin") == whole)
  }

  @Test func takesThePartThatIsWholeAlready() throws {
    let whole = whole
    try folder.add("a.bin.part", whole)
    let server = try MisbehavingServer { _, _ in .init("416 Range Not Satisfiable", ["Content-Range: bytes */\(whole.count)"]) }
    try folder.add("a.bin.part.from", [UInt8]("\(server.address("a.bin"))\n\"1\"\n".utf8))
    _ = try fetch(file(server))
    #expect(folder.bytes("a.bin") == whole && folder.names == ["a.bin"])
  }

  @Test func discardsAPartOfAnotherAddress() throws {
    let server = try MisbehavingServer(Self.honest(whole))
    try folder.add("a.bin.part", content(1000, seed: 4))
    try folder.add("a.bin.part.from", [UInt8]("http://elsewhere/a.bin\n\"1\"\n".utf8))
    _ = try fetch(file(server))
    #expect(folder.bytes("a.bin") == whole)
  }

  /// A part that was damaged on the disk is noticed by the hash, and the file is fetched anew once.
  @Test func doesNotTrustAnOldPart() throws {
    let server = try MisbehavingServer(Self.honest(whole))
    try folder.add("a.bin.part", content(1000, seed: 4))
    try folder.add("a.bin.part.from", [UInt8]("\(server.address("a.bin"))\n\"1\"\n".utf8))
    _ = try fetch(file(server, sha256: FileDigest.sha256(whole)))
    #expect(folder.bytes("a.bin") == whole)
    #expect(server.requests.map(\.rangeStart) == [1000, nil])
  }

  @Test func refusesOtherContents() throws {
    let server = try MisbehavingServer(Self.honest(whole))
    let expected = String(repeating: "0", count: 64)
    let error = DownloadError.hash(address: server.address("a.bin"), expected: expected, found: FileDigest.sha256(whole))
    #expect(throws: error) { try fetch(file(server, sha256: expected)) }
    #expect(folder.names == [])
  }

  @Test func refusesOtherSizes() throws {
    let server = try MisbehavingServer(Self.honest(whole))
    #expect(throws: DownloadError.announcedSize(address: server.address("a.bin"), expected: 5, announced: 300_000)) {
      try fetch(file(server, size: 5))
    }
    let whole = whole
    let silent = try MisbehavingServer { _, _ in .init("200 OK", body: whole, length: -1) }
    #expect(throws: DownloadError.self) { try fetch(file(silent, size: 5)) }
    #expect(folder.names == [])
    // Without an announced length an end that comes too early looks like a cut.
    let error = try #require(throws: DownloadError.self) { try fetch(file(silent, size: 400_000)) }
    #expect("\(error)".contains("after 300000 of 400000 bytes"), "\(error)")
    #expect(folder.bytes("a.bin") == nil)
  }

  @Test func refusesWhatTheCheckRefuses() throws {
    struct Refusal: Error {}
    let server = try MisbehavingServer(Self.honest(whole))
    #expect(throws: Refusal.self) { try fetch(file(server), check: { _ in throw Refusal() }) }
    #expect(folder.names == [])
  }

  @Test func refusesToWriteOverAnotherFile() throws {
    try folder.add("a.bin", [1, 2, 3])
    let server = try MisbehavingServer(Self.honest(whole))
    let error = try #require(throws: DownloadError.self) { try fetch(file(server, size: whole.count)) }
    #expect("\(error)".contains("it has 3 bytes instead of 300000"), "\(error)")
    #expect(folder.bytes("a.bin") == [1, 2, 3] && server.requests.isEmpty)
  }

  @Test(arguments: [404, 403, 410])
  func givesUpAtOnce(status: Int) throws {
    let server = try MisbehavingServer { _, _ in .init("\(status) No", body: [1, 2, 3]) }
    #expect(throws: DownloadError.status(address: server.address("a.bin"), status: status)) { try fetch(file(server)) }
    #expect(server.requests.count == 1 && folder.names == [])
  }

  @Test(arguments: [500, 503, 429])
  func triesAgain(status: Int) throws {
    let honest = Self.honest(whole)
    let server = try MisbehavingServer { request, number in number < 2 ? .init("\(status) Later") : honest(request, number) }
    _ = try fetch(file(server))
    #expect(folder.bytes("a.bin") == whole)
  }

  @Test func givesUpAfterAsManyTriesAsAreAllowed() throws {
    let server = try MisbehavingServer { _, _ in .init("503 Later") }
    let error = try #require(throws: DownloadError.self) { try fetch(file(server)) }
    #expect("\(error)".contains("the server answers with status 503"), "\(error)")
    #expect(server.requests.count == 3)
  }

  @Test func followsToAnotherPlace() throws {
    let (whole, honest) = (whole, Self.honest(whole))
    let server = try MisbehavingServer { request, number in
      if request.path == "a.bin" { return .init("302 Found", ["Location: /b.bin"], body: [UInt8]("moved".utf8)) }
      if number < 2 { return .init("200 OK", ["ETag: \"1\""], body: Array(whole[..<1000]), length: whole.count) }
      return honest(request, number)
    }
    _ = try fetch(file(server))
    #expect(folder.bytes("a.bin") == whole)
    #expect(server.requests.map(\.rangeStart) == [nil, nil, 1000, 1000])
  }

  @Test func refusesToFollowToOtherProtocols() throws {
    let server = try MisbehavingServer { _, _ in .init("302 Found", ["Location: file:///etc/passwd"]) }
    #expect(throws: DownloadError.self) { try fetch(file(server)) }
    #expect(folder.bytes("a.bin") == nil)
  }

  @Test func saysWhatIsNoHTTP() throws {
    let server = try MisbehavingServer { _, _ in
      var answer = MisbehavingServer.Answer("200 OK")
      answer.bytes = [UInt8]("hello\n\n".utf8)
      return answer
    }
    #expect(throws: DownloadError.self) { try fetch(file(server)) }
    #expect(folder.names == [])
  }

  @Test func stopsWhenAsked() throws {
    let whole = whole
    let server = try MisbehavingServer { _, _ in
      .init("200 OK", ["ETag: \"1\""], body: Array(whole[..<100_000]), length: whole.count, silence: 3000)
    }
    var received = 0
    let error = try #require(throws: DownloadError.self) {
      try fetch(file(server), shouldStop: { received > 0 }, observe: { if case .received(let bytes, _) = $0 { received = bytes } })
    }
    #expect("\(error)".hasPrefix("stopped; run the same command again"), "\(error)")
    #expect(folder.bytes("a.bin.part")?.isEmpty == false && folder.bytes("a.bin") == nil)
  }

  @Test func saysThatNobodyListens() throws {
    let remote = RemoteFile("http://127.0.0.1:1/a.bin", path: "a.bin")
    let error = try #require(throws: DownloadError.self) { try fetch(remote) }
    #expect("\(error)".contains("did not come whole"), "\(error)")
    #expect(throws: DownloadError.self) { try fetch(RemoteFile("ftp://127.0.0.1/a.bin", path: "a.bin")) }
    #expect(folder.names == [])
  }
}
