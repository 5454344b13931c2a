import Testing

@testable import ChildProcesses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ConversationTests {
  private func shell(_ script: String) throws -> Conversation { try Conversation(ChildProcess("/bin/sh", ["-c", script])) }

  private func text(_ reply: Conversation.Reply) -> String? {
    guard case .line(let bytes) = reply else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func everyLineIsAnswered() throws {
    let conversation = try shell("while read line; do echo \"<$line>\"; done")
    for line in ["a", "", String(repeating: "x", count: 100_000)] {
      #expect(text(try conversation.ask([UInt8](line.utf8))) == "<\(line)>")
    }
  }

  @Test func anEndTellsItsStatusAndMessages() throws {
    let conversation = try shell("read line; echo gone >&2; exit 3")
    let expected = Conversation.Reply.ended(
      ChildProcessResult(ending: .exit(status: 3), output: [], messages: [UInt8]("gone\n".utf8)))
    #expect(try conversation.ask([65]) == expected)
    #expect(try conversation.ask([65]) == expected)
  }

  @Test func aSignalIsTold() throws {
    guard case .ended(let result) = try shell("read line; kill -9 $$").ask([65]) else { throw Mistaken() }
    #expect(result.ending == .signal(9))
  }

  @Test func whatDoesNotAnswerIsKilled() throws {
    let conversation = try shell("read line; sleep 100")
    let start = ContinuousClock.now
    #expect(try conversation.ask([65], timeLimit: .milliseconds(200)) == .timeLimit)
    #expect(ContinuousClock.now - start < .seconds(50))
    guard case .ended(let result) = try conversation.ask([65]) else { throw Mistaken() }
    #expect(result.ending == .signal(9))
  }

  @Test func theWatchCanEndIt() throws {
    let conversation = try shell("read line; sleep 100")
    var calls = 0
    #expect(throws: Mistaken.self) {
      _ = try conversation.ask([65], interval: .milliseconds(5)) {
        calls += 1
        if calls == 3 { throw Mistaken() }
      }
    }
    #expect(calls == 3)
    #expect(kill(conversation.processIdentifier, 0) != 0)
  }

  @Test func nothingIsLeftBehind() throws {
    var conversation: Conversation? = try shell("while read line; do echo; done; sleep 100")
    let process = try #require(conversation?.processIdentifier)
    _ = try conversation?.ask([65])
    conversation = nil
    #expect(kill(process, 0) != 0)
  }

  @Test func aMissingProgramIsNamed() {
    #expect(throws: ChildProcessError.missing(program: "no-such-program")) { _ = try Conversation(ChildProcess("no-such-program")) }
  }

  private struct Mistaken: Error {}
}
