/// A codec that cannot be used as asked, or a file that does not belong to it.
public enum CodecError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The sides are to be padded to multiples of a number that does not suit the model.
  case padMultiple(value: Int, sideMultiple: Int)
  /// A model does not code in the form of streams that is asked for.
  case streamForm(model: String, form: String)
  /// Payloads for CompressAI are asked for in a form that it does not read.
  case payloadForm(form: String)
  /// A model cannot be run part by part.
  case notTileable(model: String, reason: String)
  /// The side of tiles does not suit the model.
  case tileSide(value: Int, stride: Int, least: Int)
  /// A stated overlap is less than what the networks see.
  case tileOverlap(value: Int, needed: Int)
  /// A network gave another shape for a part of a picture than its strides say.
  case tileShape(found: [Int], expected: [Int])
  /// The quality of a JPEG is out of range.
  case quality(Int)
  /// The pictures of one call differ in size.
  case differentSizes(width: Int, height: Int, otherWidth: Int, otherHeight: Int)
  /// A map of qualities has not the size of its picture.
  case qualityMap(width: Int, height: Int, pictureWidth: Int, pictureHeight: Int)
  /// A file was written by another model.
  case otherModel(name: String, found: String, expected: String)
  /// A file was written with other weights; the hashes are hexadecimal.
  case otherWeights(name: String, model: String, found: String, expected: String)
  /// The sizes in a file do not fit the model.
  case sizes(name: String, reason: String)
  /// A stream in a file is damaged, or does not fit the model; `reason` says where it was noticed.
  case damaged(name: String, reason: String)
  /// A file was written where the last bits of numbers come out otherwise, so that the tables of its stream are not found here.
  case otherArithmetic(name: String, written: String, here: String, remedy: String)
  /// A file cannot be shown in stages, because its latent is coded in one piece.
  case noStages(name: String)
  /// A file cannot be shown as a thumbnail, because its model has no network for them.
  case noThumbnails(name: String)
  /// A codec returned another number of values than it was given.
  case count(codec: String, expected: Int, found: Int)

  /// One sentence with the place, the cause and the remedy.
  public var description: String {
    switch self {
    case .noStages(let name):
      "'\(name)' cannot be shown in stages: its model codes the latent in one piece; leave --stages out, or code with a context model in groups "
        + "such as models.Composed with context.ChannelWise"
    case .noThumbnails(let name):
      "'\(name)' has no thumbnail: its model has no network that shows one; train one with the model's setting thumbnail: "
        + "networks.ThumbnailSynthesis (trainer.frozen keeps the rest as it is)"
    case .padMultiple(let value, let sideMultiple):
      "pad_multiple is \(value), and it must be a positive multiple of \(sideMultiple) for this model; leave it out to take \(sideMultiple)"
    case .streamForm(let model, let form):
      "'\(model)' does not code in \(form) streams; take the form 'compatible'"
    case .payloadForm(let form):
      "CompressAI does not read \(form) streams, so that payloads for it are written in the form 'compatible' alone; leave out --stream-form"
    case .notTileable(let model, let reason):
      "'\(model)' cannot be run in tiles: \(reason), or leave tiles off"
    case .tileSide(let value, let stride, let least):
      "the side of tiles is \(value), and it must be a multiple of \(stride) and at least \(least) for this model; for example \(max(1024 / stride * stride, least))"
    case .tileOverlap(let value, let needed):
      "the overlap of tiles is \(value), and the networks of this model see \(needed) pixels far; leave it out to take that"
    case .tileShape(let found, let expected):
      "a network gave \(found) for a tile where \(expected) is needed; leave tiles off for this model"
    case .quality(let value):
      "quality is \(value), and it must be 1 to 100"
    case .differentSizes(let width, let height, let otherWidth, let otherHeight):
      "pictures of \(width)×\(height) and \(otherWidth)×\(otherHeight) pixels cannot be coded together; set batch_size: 1"
    case .qualityMap(let width, let height, let pictureWidth, let pictureHeight):
      "the map of qualities has \(width)×\(height) pixels and the picture \(pictureWidth)×\(pictureHeight); scale the map to the picture"
    case .otherModel(let name, let found, let expected):
      "'\(name)' was written by the model '\(found)', and this is '\(expected)'; decode it with the configuration it was written with"
    case .otherWeights(let name, let model, let found, let expected):
      "'\(name)' was written by '\(model)' with other weights (\(found), and these are \(expected)); decode it with the weights it was written with"
    case .sizes(let name, let reason):
      "'\(name)' does not fit the model: \(reason); it is damaged or was written by another program"
    case .damaged(let name, let reason):
      "'\(name)' cannot be decoded: \(reason)"
    case .otherArithmetic(let name, let written, let here, let remedy):
      "'\(name)' was written with \(written) and cannot be decoded with \(here), where the last bits of predicted scales differ; decode it \(remedy)"
    case .count(let codec, let expected, let found):
      "the codec '\(codec)' gave \(found) results for \(expected) pictures; this is a mistake in the codec"
    }
  }
}
