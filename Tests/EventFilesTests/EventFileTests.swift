import Foundation
import SafeFiles
import Testing

@testable import EventFiles

struct EventFileTests {
  /// The data of the whole records of a file, with their checks compared.
  private func records(_ path: String) throws -> [WireFields] {
    var rest = try FileBytes.read(path)[...]
    var records: [WireFields] = []
    func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }
    while rest.count >= 12 {
      let length = rest.prefix(8)
      #expect(number(rest.dropFirst(8).prefix(4)) == Int(CRC32C.masked(Array(length))))
      rest = rest.dropFirst(12)
      let data = rest.prefix(number(length))
      rest = rest.dropFirst(data.count)
      #expect(number(rest.prefix(4)) == Int(CRC32C.masked(Array(data))))
      rest = rest.dropFirst(4)
      records.append(try WireFields(Array(data)))
    }
    #expect(rest.isEmpty)
    return records
  }

  // The examples of RFC 3720, appendix B.4.
  static let checks: [([UInt8], UInt32)] = [
    ([UInt8](repeating: 0, count: 32), 0x8A91_36AA), ([UInt8](repeating: 0xff, count: 32), 0x62A8_AB43),
    (Array(0..<32), 0x46DD_794E), (Array((0..<32).reversed()), 0x113F_DB5C), (Array("123456789".utf8), 0xE306_9283),
  ]

  @Test(arguments: checks)
  func check(bytes: [UInt8], value: UInt32) {
    #expect(CRC32C.of(bytes) == value)
  }

  // The examples of the description of Protocol Buffers' encoding: 150, -2, a text, a message in a message.
  @Test func wireFormat() {
    var message = ProtobufMessage()
    message.add(1, 150)
    #expect(message.bytes == [0x08, 0x96, 0x01])
    message = ProtobufMessage()
    message.add(1, -2)
    #expect(message.bytes == [0x08, 0xfe] + [UInt8](repeating: 0xff, count: 8) + [0x01])
    message = ProtobufMessage()
    message.add(2, "testing")
    #expect(message.bytes == [0x12, 0x07] + Array("testing".utf8))
    message = ProtobufMessage()
    message.add(3) { $0.add(1, 150) }
    #expect(message.bytes == [0x1a, 0x03, 0x08, 0x96, 0x01])
  }

  @Test func whatIsWrittenCanBeRead() throws {
    let folder = try TestFolder()
    let file = try EventFile(folder: folder.path, host: "a.b/c", time: 1000.5)
    #expect(file.path.hasPrefix("\(folder.path)/events.out.tfevents.1000.abc.\(ProcessInfo.processInfo.processIdentifier)."))
    file.append(.start(step: 7, time: 1001))
    file.append(.scalars([("train/loss", 1.5), ("train/bpp", .nan)], step: 1 << 40, time: 1002))
    file.append(.image(tag: "rd", png: [1, 2, 3], width: 4, height: 5, step: 8, time: 1003))
    #expect(try records(file.path).count == 1)
    try file.flush()
    let events = try records(file.path)
    #expect(events.count == 4)
    #expect(events[0].text(3) == "brain.Event:2" && events[0].double(1) == 1000.5)
    #expect(try events[1].int(2) == 7 && events[1].message(7)?.int(1) == 1)
    #expect(events[2].int(2) == 1 << 40)
    let values = try #require(try events[2].message(5)).all(1).map { value -> WireFields in
      guard case .bytes(let bytes) = value else { throw WireFields.Damage() }
      return try WireFields(bytes)
    }
    #expect(values.map { $0.text(1) } == ["train/loss", "train/bpp"])
    #expect(values[0].float(2) == 1.5 && values[1].float(2)?.isNaN == true)
    let image = try #require(try events[3].message(5)?.message(1)?.message(4))
    #expect(image.int(1) == 5 && image.int(2) == 4 && image.int(3) == 3 && image[4] == .bytes([1, 2, 3]))
  }

  @Test func aLaterFileSortsBehindTheOthers() throws {
    let folder = try TestFolder()
    let names = try (0..<3).map { _ in try EventFile(folder: folder.path, host: "z", time: 1_700_000_000).path }
    #expect(names == names.sorted() && Set(names).count == 3)
  }

  @Test func aMissingFolderIsAnError() {
    #expect(throws: FileError.self) { try EventFile(folder: "/no-such-folder", host: "z", time: 0) }
  }

  @Test func whatWaitsForADiskIsBounded() throws {
    let folder = try TestFolder()
    let file = try EventFile(opening: "\(folder.path)/events", flags: O_WRONLY | O_CREAT, pendingLimit: 1000)
    for step in 1...10 { file.append(.image(tag: "a", png: [UInt8](repeating: 7, count: 300), width: 1, height: 1, step: step, time: 1)) }
    try file.flush()
    // Two records fit; the third drops them, and so on.
    #expect(try records(file.path).map { $0.int(2) } == [9, 10])
  }

  /// `/dev/full` refuses every write as a full disk does.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func whatCannotBeWrittenWaits() throws {
    let file = try EventFile(opening: "/dev/full", flags: O_WRONLY)
    file.append(.start(step: 1, time: 1))
    let error = #expect(throws: FileError.self) { try file.flush() }
    #expect(error?.code == ENOSPC)
    #expect(throws: FileError.self) { try file.flush() }
  }
}
