import Foundation
import Testing

/// What `benchpresso doctor` says about a machine whose programs are known.
struct DoctorTests {
  private struct Report: Decodable {
    struct Check: Decodable {
      let name: String
      let status: String
      let detail: String
      let remedy: String?
    }

    let ready: Bool
    let checks: [Check]

    subscript(name: String) -> Check? { checks.first { $0.name == name } }
  }

  /// A folder whose `stubs` are all that PATH leads to.
  private func stubs() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.addScript("stubs/cjxl", "[ \"$*\" = --version ] && echo 'cjxl v0.7.0 [AVX2]' && echo 'Copyright'")
    try folder.addScript("stubs/bpgenc", "echo 'BPG Image Encoder version 0.9.8'; exit 1")
    try folder.addScript("stubs/x265", "echo 'x265 [info]: HEVC encoder version 3.5+1' >&2")
    try folder.addScript("stubs/avifenc", "echo started; /bin/sleep 60")
    try folder.addScript("stubs/git", "echo 'version 1.2 of a program that fails'; exit 3")
    try folder.addScript("stubs/djxl", "kill -9 $$")
    try folder.addScript(
      "stubs/ffmpeg", "case \"$*\" in -version) echo 'ffmpeg version 5.1';; *) echo \"Codec 'libvvenc' is not recognized\";; esac")
    try folder.addScript("stubs/TAppEncoderStatic", "echo 'HM software: Encoder Version [16.20]'; exit 1")
    try folder.addScript("stubs/cwebp", "echo no number")
    try folder.add("stubs/dwebp", "not a program, as it may not be run")
    return folder
  }

  private func run(_ arguments: [String], in folder: TestFolder, program: String = Command.program) throws -> Command.Result {
    var command = Command(["doctor"] + arguments, in: folder)
    command.program = program
    command.environment = ["PATH": "\(folder.path)/stubs"]
    return try command.run()
  }

  @Test func whatProgramsSayIsReported() throws {
    let folder = try stubs()
    let start = ContinuousClock.now
    let result = try run(["--format", "json"], in: folder, program: try folder.lonelyProgram())
    #expect(ContinuousClock.now - start < .seconds(40), "what hangs is given up")
    #expect(result.messages.isEmpty)
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    let expected = [
      ("cjxl", "ok", "cjxl v0.7.0 [AVX2] at "), ("bpgenc", "ok", "BPG Image Encoder version 0.9.8 at "),
      ("x265", "ok", "x265 [info]: HEVC encoder version 3.5+1 at "), ("avifenc", "warning", "gave no version within 2"),
      ("git", "warning", "ended with status 3"), ("djxl", "warning", "was ended by signal 9"), ("cwebp", "ok", "of unknown version at "),
      ("dwebp", "missing", "not found"), ("bpgdec", "missing", "not found"), ("benchpresso", "ok", folder.path),
      ("libpng", "ok", "libpng 1."), ("ffmpeg", "ok", "ffmpeg version 5.1 at "), ("libvvenc", "missing", "not in "),
      ("TAppEncoderStatic", "ok", "HM software: Encoder Version [16.20] at "), ("EncoderAppStatic", "missing", "not found"),
      ("cjpeg", "missing", "not found"), ("djpeg", "missing", "not found"), ("opj_decompress", "missing", "not found"),
      ("tar", "missing", "not found"),
    ]
    for (name, status, detail) in expected {
      let check = try #require(report[name])
      #expect(check.status == status && check.detail.contains(detail), "\(check)")
      #expect((check.remedy == nil) == (status == "ok"), "\(check)")
    }
    #expect(report["libvvenc"]?.remedy?.contains("make codecs") == true)
    #expect(report["bpgdec"]?.remedy?.contains("bellard.org/bpg") == true)
    #expect(report["djxl"]?.remedy?.contains("'djxl --version'") == true)
    #expect(report["vvencapp"]?.status == "missing" && report["memory"] != nil && report["disk here"] != nil)
    #expect(result.output.contains("\"remedy\" : null"), "every check has the same keys")
  }

  @Test func withoutLibtorchTheMachineIsNotReady() throws {
    let folder = try stubs()
    let program = try folder.lonelyProgram()
    let json = try run(["--format", "json"], in: folder, program: program)
    let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
    #expect(json.status == 1 && !report.ready)
    #expect(report["libtorch"]?.status == "missing" && report["libtorch"]?.detail.contains("libCTorchDoor") == true)
    #expect(report["libtorch"]?.remedy?.contains("make setup") == true)
    let text = try run([], in: folder, program: program)
    #expect(text.status == 1 && text.output.contains("\nmissing  libtorch ") && text.output.contains("-> run 'make setup"))
    #expect(text.output.contains("\nok       cjxl ") && text.output.contains("\nwarning  avifenc "))
    #expect(text.output.hasSuffix("\nNot ready. Required and missing: libtorch.\n"), "\(text.output)")
  }

  @Test func withLibtorchTheMachineIsReady() throws {
    let folder = try stubs()
    let result = try run([], in: folder)
    #expect(result.status == 0 && result.output.contains("\nReady: everything required is there."), "\(result)")
    #expect(result.output.contains(" loaded in ") && result.output.contains("libCTorchDoor"), "\(result)")
  }
}
