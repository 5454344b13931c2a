import ChildProcesses
import Foundation
import Testing

struct ChildProcessTests {
  private func shell(_ script: String, timeLimit: Duration? = .seconds(60), outputLimit: Int = 65536) throws -> ChildProcessResult {
    try ChildProcess("sh", ["-c", script], timeLimit: timeLimit, outputLimit: outputLimit).run()
  }

  @Test func bothOutputsAreKept() throws {
    let result = try shell("echo one; echo two >&2; cat")
    #expect(result.isSuccess && result.outputText == "one\n" && result.messagesText == "two\n")
  }

  @Test func argumentsArriveAsTheyAre() throws {
    let result = try ChildProcess("printf", ["%s|", "a b", "", "$HOME", "ä"]).run()
    #expect(result.outputText == "a b||$HOME|ä|")
  }

  @Test(arguments: [
    ("exit 3", ChildProcessResult.Ending.exit(status: 3)), ("kill -9 $$", .signal(9)), ("exit 0", .exit(status: 0)),
  ])
  func theEndingIsReported(script: String, ending: ChildProcessResult.Ending) throws {
    #expect(try shell(script).ending == ending)
  }

  @Test(arguments: ["sleep 100", "sleep 100 & wait", "exec >&- 2>&-; sleep 100", "while :; do echo yes; done", "trap '' TERM; sleep 100"])
  func theTimeLimitEndsWhatHangs(script: String) throws {
    #expect(try shell("echo first; \(script)", timeLimit: .milliseconds(300)).ending == .timeLimit)
  }

  @Test func whatIsLeftBehindIsNotWaitedFor() throws {
    let result = try shell("sleep 100 & echo $!", timeLimit: nil)
    let number = result.outputText.filter(\.isNumber)
    #expect(result.isSuccess && !number.isEmpty)
    let end = try shell("kill \(number)")
    #expect(end.isSuccess, "\(end.messagesText)")
  }

  /// The threads that run tests hold most signals back.
  @Test func signalsReachTheProgram() throws {
    #expect(try shell("kill -TERM $$; sleep 100").ending == .signal(15))
  }

  @Test func outputIsCutAtTheLimitAndTheProgramStillEnds() throws {
    let result = try shell("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2", outputLimit: 1000)
    #expect(result.isSuccess && result.output.count == 1000 && result.messages.count == 1000)
    #expect(try shell("head -c 3000000 /dev/zero", outputLimit: 4_000_000).output.count == 3_000_000)
  }

  /// The file of a program stays open for writing while another thread of the one who wrote it starts a child.
  @Test func aProgramThatIsStillBeingWrittenIsWaitedFor() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("benchpresso-busy-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("#!/bin/sh\necho started\n".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let writer = try #require(FileHandle(forWritingAtPath: path))
    Thread.detachNewThread {
      usleep(200_000)
      try? writer.close()
    }
    #expect(try ChildProcess(path).run().outputText == "started\n")
  }

  @Test func whatCannotBeStartedIsSaid() {
    #expect(throws: ChildProcessError.missing(program: "no-such-program")) { try ChildProcess("no-such-program").run() }
    #expect(throws: ChildProcessError.self) { try ChildProcess("/").run() }
  }

  @Test(arguments: [
    (ChildProcessError.missing(program: "x"), "the program 'x' is not there; install it, or add its folder to PATH"),
    (.notStarted(program: "x", code: 13), "the program 'x' cannot be started: Permission denied"),
  ])
  func errorsAreSentences(error: ChildProcessError, sentence: String) {
    #expect(error.description == sentence)
  }

  @Test func programsAreFoundInPATH() {
    #expect(ProgramSearch.path(of: "sh")?.hasSuffix("/sh") == true)
    #expect(ProgramSearch.path(of: "/bin/sh") == "/bin/sh")
    for name in ["no-such-program", "", "/bin", "/etc/passwd"] { #expect(ProgramSearch.path(of: name) == nil) }
  }
}
