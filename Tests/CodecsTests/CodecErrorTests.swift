import Codecs
import Testing

struct CodecErrorTests {
  @Test(arguments: [
    (
      CodecError.padMultiple(value: 24, sideMultiple: 16),
      "pad_multiple is 24, and it must be a positive multiple of 16 for this model; leave it out to take 16"
    ),
    (
      .notTileable(model: "m", reason: "it is whole; mend it"), "'m' cannot be run in tiles: it is whole; mend it, or leave tiles off"
    ),
    (
      .tileSide(value: 100, stride: 16, least: 32),
      "the side of tiles is 100, and it must be a multiple of 16 and at least 32 for this model; for example 1024"
    ),
    (
      .tileSide(value: 16, stride: 24, least: 2400),
      "the side of tiles is 16, and it must be a multiple of 24 and at least 2400 for this model; for example 2400"
    ),
    (
      .streamForm(model: "models.Own", form: "interleaved"),
      "'models.Own' does not code in interleaved streams; take the form 'compatible'"
    ),
    (
      .payloadForm(form: "interleaved"),
      "CompressAI does not read interleaved streams, so that payloads for it are written in the form 'compatible' alone; leave out --stream-form"
    ),
    (
      .tileOverlap(value: 8, needed: 32),
      "the overlap of tiles is 8, and the networks of this model see 32 pixels far; leave it out to take that"
    ),
    (
      .tileShape(found: [1, 3, 4, 4], expected: [1, 3, 8, 8]),
      "a network gave [1, 3, 4, 4] for a tile where [1, 3, 8, 8] is needed; leave tiles off for this model"
    ),
    (.quality(0), "quality is 0, and it must be 1 to 100"),
    (
      .differentSizes(width: 1, height: 2, otherWidth: 3, otherHeight: 4),
      "pictures of 1×2 and 3×4 pixels cannot be coded together; set batch_size: 1"
    ),
    (
      .qualityMap(width: 1, height: 2, pictureWidth: 3, pictureHeight: 4),
      "the map of qualities has 1×2 pixels and the picture 3×4; scale the map to the picture"
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
