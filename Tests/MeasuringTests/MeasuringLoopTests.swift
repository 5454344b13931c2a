import Codecs
import Images
import Results
import Testing

@testable import Measuring

@Suite struct MeasuringLoopTests {
  private static let cell =
    #"{"what":"codec","width":24,"height":16,"batchSize":2,"pictures":{"random":{"seed":3}},"countsOperations":true}"#

  private func answers(_ lines: [String], open: @escaping (SubjectDescription, Int?) throws -> any MeasuringSubject) -> [String] {
    var rest = lines[...]
    var answers: [String] = []
    var loop = MeasuringLoop(open: open)
    loop.run(reading: { rest.popFirst() }, writing: { answers.append($0) })
    return answers
  }

  private static let opening = #"{"open":{"_0":{"kind":"null","configuration":"","seed":0,"device":"cpu"}}}"#

  @Test func aCodecIsMeasured() throws {
    let lines = [Self.opening, #"{"prepare":{"_0":\#(Self.cell)}}"#, #"{"measure":{"round":0}}"#]
    let answers = answers(lines) { _, _ in try CodecSubject(JPEGCodec(quality: 75)) }
    #expect(answers.count == 3)
    #expect(answers[0].contains("libjpeg") && answers[1].hasPrefix(#"{"prepared""#))
    #expect(answers[2].hasPrefix(#"{"measured""#) && answers[2].contains("payloadBits") && answers[2].contains("peakMemoryBytes"))
  }

  @Test func nothingIsMeasuredLikeACodec() throws {
    let answers = answers([Self.opening, #"{"prepare":{"_0":\#(Self.cell)}}"#, #"{"measure":{"round":4}}"#]) { _, _ in NullSubject() }
    #expect(answers[2].contains(#""encoding":"#) && !answers[2].contains("payloadBits"))
  }

  @Test func errorsAreAnswersAndTheLoopGoesOn() {
    struct Failed: Error, CustomStringConvertible { let description: String }
    let answers = answers([#"{"measure":{"round":0}}"#, "nonsense", Self.opening, Self.opening]) { description, _ in
      throw Failed(description: "DefaultCPUAllocator: can't allocate memory: you tried to allocate 7 bytes\nframe 0")
    }
    #expect(answers.count == 4)
    #expect(answers[0].contains("nothing is ready to be measured") && answers[1].hasPrefix(#"{"failed""#))
    #expect(answers[2] == answers[3] && answers[2].hasPrefix(#"{"outOfMemory""#) && !answers[2].contains("frame"))
  }

  @Test func codecsHaveNoTransforms() throws {
    let cell = Self.cell.replacing("codec", with: "transform")
    let answers = answers([Self.opening, #"{"prepare":{"_0":\#(cell)}}"#]) { _, _ in try CodecSubject(JPEGCodec(quality: 75)) }
    #expect(answers[1].contains("no networks that could be timed alone"))
  }
}
