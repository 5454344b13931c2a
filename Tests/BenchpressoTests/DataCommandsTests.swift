import ChildProcesses
import Datasets
import Foundation
import HTTPTestServer
import Images
import Testing

/// `data list`, `download`, `verify`, `manifest` and `pack`; none of them needs libtorch.
struct DataCommandsTests {
  private func data(_ words: [String], in folder: TestFolder) throws -> Command.Result {
    var command = Command(["data"] + words, in: folder)
    command.program = try folder.lonelyProgram()
    return try command.run()
  }

  private static var hasPrograms: Bool { ProgramSearch.path(of: "curl") != nil && ProgramSearch.path(of: "unzip") != nil }

  @Test func setsAreListed() throws {
    let folder = try TestFolder()
    let list = try data(["list"], in: folder)
    #expect(list.status == 0 && list.output.contains("kodak") && list.output.contains("missing"), "\(list)")
    try folder.addPictures("data/kodak", count: 2)
    #expect(try data(["list"], in: folder).output.contains("2 of 24 pictures"))
    let flickr = try data(["list", "flickr2w"], in: folder)
    #expect(flickr.output.contains("by hand") && flickr.output.contains("data/flicker_2W_images"), "\(flickr)")
    let json = try data(["list", "clic", "--format", "json"], in: folder)
    #expect(json.output.contains("\"2020/professional/valid\"") && json.output.contains("\"bytes\" : 134834429"), "\(json)")
    let wrong = try data(["list", "kodac"], in: folder)
    #expect(wrong.status == 2 && wrong.messages.contains("kodak"), "\(wrong)")
  }

  @Test func whatMustBeFetchedByHandSaysFromWhereAndWhereTo() throws {
    let folder = try TestFolder()
    let result = try data(["download", "flickr2w"], in: folder)
    #expect(result.status == 2, "\(result)")
    #expect(result.messages.contains("https://github.com/liujiaheng/CompressionData") && result.messages.contains("data/flicker_2W_images"))
  }

  @Test(arguments: [
    (["download", "clic", "--part", "2020/pro"], "has no part '2020/pro'"), (["download", "kodak", "--part", "x"], "leave --part out"),
    (["download", "kodak", "clic", "--folder", "x"], "belong to a single set"), (["verify", "kodak"], "does not exist"),
    (["verify", "no/folder"], "the data set folder 'no/folder' does not exist"),
    (["pack", "no", "-o", "x", "--crop", "0"], "--crop must be positive"),
    (["pack", "no", "-o", "x"], "'no' does not exist"),
  ])
  func mistakesAreTold(words: [String], sentence: String) throws {
    let folder = try TestFolder()
    let result = try data(words, in: folder)
    #expect(result.status != 0 && result.output.isEmpty && result.messages.contains(sentence), "\(result)")
  }

  /// A server with 24 pictures that are not those of Kodak.
  private func server(_ pictures: @escaping @Sendable (String) -> [UInt8]?) throws -> MisbehavingServer {
    try MisbehavingServer { request, _ in
      guard let bytes = pictures(request.path) else { return .init("404 Not Found") }
      return .init("200 OK", ["ETag: \"1\""], body: bytes)
    }
  }

  @Test(.enabled(if: hasPrograms, "needs curl and unzip"))
  func picturesOfAnotherSetAreRefused() throws {
    let folder = try TestFolder()
    let server = try server { try? TestFolder.picture(side: 20, number: Int($0.filter(\.isNumber)) ?? 0) }
    let refused = try data(["download", "kodak", "--mirror", server.address("")], in: folder)
    #expect(refused.status == 1 && refused.messages.contains("has other samples"), "\(refused)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/data/kodak/kodim01.png"))
    let trusted = try data(["download", "kodak", "--mirror", server.address(""), "--trust"], in: folder)
    #expect(trusted.status == 0 && trusted.output.contains("24 fetched"), "\(trusted)")
    #expect(try data(["verify", "kodak"], in: folder).status == 0)
    let again = try data(["download", "kodak", "--mirror", server.address(""), "--trust", "--format", "json"], in: folder)
    #expect(again.output.contains("\"fetched\" : [\n\n    ]") || again.output.contains("\"fetched\" : []"), "\(again)")
    try folder.add("data/kodak/kodim07.png", "damaged")
    let damaged = try data(["verify", "kodak"], in: folder)
    #expect(damaged.status == 1 && damaged.output.contains("kodim07.png has 7 bytes instead of"), "\(damaged)")
  }

  @Test(.enabled(if: hasPrograms, "needs curl and unzip"))
  func whatIsMissingIsTold() throws {
    let folder = try TestFolder()
    let server = try server { _ in nil }
    let result = try data(["download", "kodak", "--mirror", server.address("x")], in: folder)
    #expect(result.status == 1 && result.messages.contains("the server does not have it (status 404)"), "\(result)")
    #expect(server.requests.map(\.path) == ["x/kodim01.png"])
  }

  @Test func aManifestFindsWhatChanged() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 3)
    let made = try data(["manifest", "pictures"], in: folder)
    #expect(made.status == 0 && made.output.contains("3 pictures"), "\(made)")
    #expect(try data(["verify", "./pictures", "--decode"], in: folder).status == 0)
    try FileManager.default.removeItem(atPath: "\(folder.path)/pictures/1.png")
    try folder.add("pictures/new.png", "no picture")
    let missing = try data(["verify", "./pictures", "--format", "json"], in: folder)
    #expect(missing.status == 1 && missing.output.contains("is missing") && missing.output.contains("new.png"), "\(missing)")
    let broken = try data(["verify", "./pictures", "--decode"], in: folder)
    #expect(broken.output.contains("cannot be decoded"), "\(broken)")
    let none = try data(["verify", "./pictures", "--manifest", "x.json"], in: folder)
    #expect(none.status == 1 && none.messages.contains("x.json"), "\(none)")
  }

  @Test func packsHoldTilesAndPictures() throws {
    let folder = try TestFolder()
    try folder.addPictures("pictures", count: 3, side: 40)
    try folder.addPictures("pictures/small", count: 1, side: 10)
    let whole = try data(["pack", "pictures", "-o", "whole.pack"], in: folder)
    #expect(whole.status == 0 && whole.output.contains("4 pictures of 4 files"), "\(whole)")
    let pack = try Pack("\(folder.path)/whole.pack")
    #expect(pack.count == 4 && pack.groupSizes == [3, 1] && pack.name(3) == "small/0.png")
    #expect(try pack.image(0) == ImageFile.read("\(folder.path)/pictures/0.png"))
    let tiles = try data(["pack", "pictures", "-o", "tiles.pack", "--crop", "16", "--format", "json"], in: folder)
    #expect(tiles.output.contains("\"pictures\" : 12") && tiles.output.contains("\"passed_over\" : 1"), "\(tiles)")
    #expect(try Pack("\(folder.path)/tiles.pack").groupSizes == [12])
    let none = try data(["pack", "pictures", "-o", "none.pack", "--crop", "99"], in: folder)
    #expect(none.status == 2 && !FileManager.default.fileExists(atPath: "\(folder.path)/none.pack"), "\(none)")
  }
}
