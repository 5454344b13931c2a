import Codecs
import Testing

struct CodecErrorTests {
  @Test(arguments: [
    (
      CodecError.padMultiple(value: 24, sideMultiple: 16),
      "pad_multiple is 24, and it must be a positive multiple of 16 for this model; leave it out to take 16"
    ),
    (.quality(0), "quality is 0, and it must be 1 to 100"),
    (
      .differentSizes(width: 1, height: 2, otherWidth: 3, otherHeight: 4),
      "pictures of 1×2 and 3×4 pixels cannot be coded together; set batch_size: 1"
    ),
    (
      .otherModel(name: "a.bps", found: "m", expected: "n"),
      "'a.bps' was written by the model 'm', and this is 'n'; decode it with the configuration it was written with"
    ),
    (
      .otherWeights(name: "a.bps", model: "m", found: "00", expected: "ff"),
      "'a.bps' was written by 'm' with other weights (00, and these are ff); decode it with the weights it was written with"
    ),
    (
      .sizes(name: "a.bps", reason: "it has no payload"),
      "'a.bps' does not fit the model: it has no payload; it is damaged or was written by another program"
    ),
    (.damaged(name: "a.bps", reason: "it is cut"), "'a.bps' cannot be decoded: it is cut"),
    (
      .otherArithmetic(name: "a.bps", written: "1/A", here: "1/B", remedy: "on a processor with A"),
      "'a.bps' was written with 1/A and cannot be decoded with 1/B, where the last bits of predicted scales differ; decode it on a processor with A"
    ),
    (.count(codec: "c", expected: 2, found: 1), "the codec 'c' gave 1 results for 2 pictures; this is a mistake in the codec"),
  ])
  func sentence(error: CodecError, sentence: String) {
    #expect(error.description == sentence)
  }
}
