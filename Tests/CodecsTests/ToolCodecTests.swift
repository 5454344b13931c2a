import Foundation
import Images
import Testing

@testable import Codecs

/// Codecs that are scripts of these tests.
struct ToolCodecTests {
  /// A folder with programs, removed at the end.
  final class Programs {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("benchpresso-tools-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a shell script and returns its path.
    func add(_ name: String, _ script: String) throws -> String {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(path)/\(name)")
      return "\(path)/\(name)"
    }
  }

  private func command(_ encode: String, _ decode: String = "/bin/cp {input} {output}", timeLimit: Double = 20) throws -> ToolCodec {
    var settings = CommandSettings()
    (settings.encode, settings.decode, settings.timeLimit) = (encode, decode, timeLimit)
    return try settings.codec()
  }

  /// The flags are those of CompressAI's bench.
  @Test func bpgGetsExactlyItsFlags() throws {
    let programs = Programs()
    let encoder = try programs.add(
      "bpgenc", #"[ "$1 $3 $4 $5 $6 $7 $8 $9 ${10} ${11} ${12}" = "-o -q 37 -f 444 -e x265 -c ycbcr -b 8" ] && cp "${13}" "$2""#)
    let decoder = try programs.add("bpgdec", #"[ "$1" = -o ] && cp "$3" "$2""#)
    var settings = ToolSettings<BPG>()
    (settings.encoder, settings.decoder, settings.quality) = (encoder, decoder, 37)
    let image = testImage(20, 12)
    let coded = try BPG.codec(settings).encode(image)
    #expect(try BPG.codec(settings).decode(coded.file, name: "x").image == image)
    #expect(coded.payloadByteCount == coded.file.count)
    #expect(BPG.codec(settings).commandLines[0] == "\(encoder) -o {output} -q 37 -f 444 -e x265 -c ycbcr -b 8 {input}")
  }

  @Test func aMissingProgramIsNamedWithItsSource() {
    var settings = ToolSettings<WebP>()
    settings.encoder = "no-such-cwebp"
    let error = #expect(throws: ToolCodecError.self) { try WebP.codec(settings).encode(testImage(4, 4)) }
    #expect(error?.description.contains("'no-such-cwebp' is not there; install the Debian package webp") == true)
  }

  @Test func aCrashIsToldWithItsLastWords() throws {
    let programs = Programs()
    let crash = try programs.add("crash", "echo it broke >&2; kill -SEGV $$")
    let error = #expect(throws: ToolCodecError.self) { try command("\(crash) {input} {output}").encode(testImage(4, 4)) }
    #expect(error?.description.contains("was ended by signal 11: it broke") == true)
  }

  @Test func whatHangsIsKilledWithWhatItStarted() throws {
    let programs = Programs()
    let hang = try programs.add("hang", "sleep 300 & echo $! > \(programs.path)/child; wait")
    #expect(throws: ToolCodecError.self) { try command("\(hang) {input} {output}", timeLimit: 0.5).encode(testImage(4, 4)) }
    let child = try String(contentsOfFile: "\(programs.path)/child", encoding: .utf8).split(separator: "\n").first.flatMap { Int32($0) }
    let number = try #require(child)
    var isGone = false
    for _ in 0..<100 where !isGone {
      // A process that has ended but was not yet collected is a zombie.
      let state = (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)) ?? ""
      isGone = state.isEmpty || state.contains(") Z ")
      if !isGone { usleep(20_000) }
    }
    #expect(isGone)
  }

  @Test(arguments: ["true {input} {output}", "touch {output} {input}"])
  func noOutputOrAnEmptyOneIsAnError(line: String) throws {
    #expect(throws: ToolCodecError.self) { try command(line).encode(testImage(4, 4)) }
  }

  @Test func nonsenseIsAnError() throws {
    let programs = Programs()
    let nonsense = try programs.add("nonsense", #"echo nonsense > "$2""#)
    let codec = try command("\(nonsense) {input} {output}")
    let coded = try codec.encode(testImage(4, 4))
    #expect(throws: ImageError.self) { try codec.decode(coded.file, name: "x") }
  }

  @Test(arguments: [("", "encode must be a command"), ("cp {input}", "encode lacks {output}"), ("cp {output}", "encode lacks {input}")])
  func commandsNeedTheirWords(line: String, beginning: String) {
    let error = #expect(throws: ToolCodecError.self) { try command(line) }
    #expect(error?.description.hasPrefix(beginning) == true)
  }

  static let real: [any AnchorCodec] = [
    JPEG2000.codec(.init()), WebP.codec(.init()), JPEGXL.codec(.init()), AVIFSettings().codec, HEVC.codec(.init()),
  ]

  /// Skipped for the programs that are not there.
  @Test(arguments: real.indices.filter { (try? real[$0].versions()) != nil })
  func realProgramsCodeRecognizably(index: Int) throws {
    let codec = Self.real[index]
    var pixels: [UInt8] = []
    for y in 0..<64 {
      for x in 0..<96 { pixels += [UInt8(x * 2), UInt8(y * 3), UInt8(100 + x / 2)] }
    }
    let image = Image(width: 96, height: 64, pixels: pixels)
    let coded = try codec.encode(image)
    let decoded = try codec.decode(coded.file, name: codec.identity).image
    try #require(decoded.width == 96 && decoded.height == 64)
    let errors = zip(decoded.pixels, image.pixels).map { abs(Int($0) - Int($1)) }
    let mean = Double(errors.reduce(0, +)) / Double(errors.count)
    #expect(mean < 4, "\(codec.identity)")
    #expect(coded.file.count < image.pixels.count / 4)
  }
}
