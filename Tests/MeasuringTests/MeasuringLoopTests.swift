import Codecs
import Foundation
import Images
import Results
import Testing

@testable import Measuring

@Suite struct MeasuringLoopTests {
  private func answers(_ lines: [String], open: @escaping (SubjectDescription, Int?) throws -> any MeasuringSubject) -> [String] {
    var rest = lines[...]
    var answers: [String] = []
    var loop = MeasuringLoop(open: open)
    loop.run(reading: { rest.popFirst() }, writing: { answers.append($0) })
    return answers
  }

  /// The line that a parent writes for a request.
  private func line(_ request: MeasuringRequest) throws -> String { String(decoding: try JSONEncoder().encode(request), as: UTF8.self) }

  private func opening() throws -> String { try line(.open(SubjectDescription(kind: .null, configuration: ""), threads: nil)) }

  private func prepare(_ what: MeasuringTarget = .codec) throws -> String {
    try line(.prepare(MeasuringCell(what: what, width: 24, height: 16, batchSize: 2, pictures: .random(seed: 3))))
  }

  @Test func aCodecIsMeasured() throws {
    let answers = answers([try opening(), try prepare(), try line(.measure(round: 0))]) { _, _ in try CodecSubject(JPEGCodec(quality: 75)) }
    #expect(answers.count == 3)
    #expect(answers[0].contains("libjpeg") && answers[1].hasPrefix(#"{"prepared""#))
    #expect(answers[2].hasPrefix(#"{"measured""#) && answers[2].contains("payloadBits") && answers[2].contains("peakMemoryBytes"))
  }

  @Test func nothingIsMeasuredLikeACodec() throws {
    let answers = answers([try opening(), try prepare(), try line(.measure(round: 4))]) { _, _ in NullSubject() }
    #expect(answers[2].contains(#""encoding":"#) && !answers[2].contains("payloadBits"))
  }

  @Test func errorsAreAnswersAndTheLoopGoesOn() throws {
    struct Failed: Error, CustomStringConvertible { let description: String }
    let answers = answers([try line(.measure(round: 0)), "nonsense", try opening(), try opening()]) { _, _ in
      throw Failed(description: "DefaultCPUAllocator: can't allocate memory: you tried to allocate 7 bytes\nframe 0")
    }
    #expect(answers.count == 4)
    #expect(answers[0].contains("nothing is ready to be measured") && answers[1].hasPrefix(#"{"failed""#))
    #expect(answers[2] == answers[3] && answers[2].hasPrefix(#"{"outOfMemory""#) && !answers[2].contains("frame"))
  }

  @Test func codecsHaveNoTransforms() throws {
    let answers = answers([try opening(), try prepare(.transform)]) { _, _ in try CodecSubject(JPEGCodec(quality: 75)) }
    #expect(answers[1].contains("no networks that could be timed alone"))
  }
}
