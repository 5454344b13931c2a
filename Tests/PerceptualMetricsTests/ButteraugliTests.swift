import ChildProcesses
import Foundation
import Images
import Metrics
import PerceptualMetrics
import Testing

struct ButteraugliTests {
  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/metrics"
  private static let isThere = ProgramSearch.path(of: Butteraugli.program) != nil

  private static func pair(_ quality: Int) throws -> (original: Image, copy: Image) {
    (try ImageFile.read("\(folder)/kodim23-crop.png"), try ImageFile.read("\(folder)/kodim23-crop-q\(quality).jpg"))
  }

  /// Values of `butteraugli_main` of libjxl 0.7.0 (Debian 12) given the pictures as PNG files; those of another version may differ.
  @Test(
    .enabled(if: isThere, "butteraugli_main is not installed"),
    arguments: [(10, 7.5829, 3.9755), (50, 2.5375, 1.3947), (90, 1.4154, 0.6808)])
  func theProgramIsUnderstood(quality: Int, maximum: Double, norm: Double) throws {
    let (original, copy) = try Self.pair(quality)
    let values = try [Butteraugli.Norm.maximum, .three].map { try #require(try Butteraugli($0).value(of: copy, original: original)) }
    #expect(abs(values[0] / maximum - 1) < 0.001, "\(values)")
    #expect(abs(values[1] / norm - 1) < 0.001, "\(values)")
    #expect(try Butteraugli(.maximum).value(of: original, original: original) == 0)
  }

  /// A script in the program's place.
  private func standIn(_ text: String) throws -> String {
    let folder = NSTemporaryDirectory() + "butteraugli-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/program"
    try Data("#!/bin/sh\n\(text)\n".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  private let image = Image(width: 9, height: 8, pixels: [UInt8](repeating: 7, count: 216))

  @Test func theProgramGetsBothPictures() throws {
    // The sizes of the two files, and the arguments behind them.
    let program = try standIn("[ \"$3 $4\" = '--pnorm 3' ] || exit 9; wc -c < \"$1\"; echo \"3-norm: $(wc -c < \"$2\")\"")
    #expect(try Butteraugli(.maximum, program: program).value(of: image, original: image) == 227)
    #expect(try Butteraugli(.three, program: program).value(of: image, original: image) == 227)
  }

  @Test(arguments: [
    ("echo broken >&2; exit 3", "'butteraugli_main' ended with status 3: broken"),
    ("kill -9 $$", "'butteraugli_main' was ended by signal 9"),
    ("echo nonsense", "'butteraugli_main' printed no distance: 'nonsense\n'"), ("exec sleep 60", "did not end in time and was killed"),
  ])
  func whatGoesWrongIsTold(script: String, says: String) throws {
    let metric = try Butteraugli(.maximum, program: try standIn(script), timeLimit: .milliseconds(500))
    #expect {
      _ = try metric.value(of: image, original: image)
    } throws: {
      "\($0)".contains(says)
    }
  }

  @Test func aMissingProgramIsNamedWithItsPackage() {
    #expect {
      _ = try Butteraugli(.maximum, program: "no-such-program")
    } throws: {
      "\($0)" == "the program 'no-such-program' is not there; install the Debian package libjxl-devtools, or add its folder to PATH"
    }
  }

  @Test func smallPicturesHaveNoValue() throws {
    let small = Image(width: 7, height: 30, pixels: [UInt8](repeating: 7, count: 630))
    #expect(try Butteraugli(.three, program: "/bin/sh").value(of: small, original: small) == nil)
    #expect(throws: MetricError.self) { try Butteraugli(.three, program: "/bin/sh").value(of: small, original: image) }
  }
}
