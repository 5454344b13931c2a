import ArgumentParser
import BenchmarkClock
import BenchmarkModels
import Images
import LatentModels
import Models
import Torch
import Weights

/// Times the coding of whole pictures with the weights of a file: for each line of its input, 'coding' and the path of a picture, it answers with JSON.
///
/// Reading the picture is not in the times; those of whole coding come with the times of its stages. A picture is cut to multiples of 64 at its upper
/// left corner. The word 'transforms' before the path asks for the networks alone, and 'count' for their multiply–accumulates.
@main
struct PictureCodingBenchmark: ParsableCommand {
  @Option(help: "CompressAI's name of the model.") var architecture: String
  @Option(help: "N, the channels between the layers.") var channels = 192
  @Option(help: "M, the channels of the latent.") var expansionChannels = 192
  @Option(help: "The threads of one operator.") var threads = 1
  @Option(help: "The checkpoint with weights and coder tables.") var weights: String

  func run() throws {
    try Runtime.setThreads(threads)
    let model = try BenchmarkModel.make(architecture, channels: channels, expansionChannels: expansionChannels)
    try model.load(ModelWeights(path: weights).tensors, optionalBuffers: false)
    while let line = readLine() {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      switch words.first {
      case "count": try Self.count(model, try Self.picture(words[1]))
      case "transforms": try Self.timeTransforms(model, try Self.picture(words[1]))
      case "coding": try Self.timeCoding(model, try Self.picture(words[1]))
      default: throw ValidationError("'\(line)' does not begin with count, transforms or coding")
      }
    }
  }

  private static func timeCoding(_ model: any CompressionModel, _ picture: Tensor) throws {
    let (encoded, encoding) = try Clock.measured { try StageTrace.recording { try model.compress(picture) } }
    let coded = encoded.value
    let (decoded, decoding) = try Clock.measured { try StageTrace.recording { try model.decompress(coded) } }
    let payloads = coded.payloads.map { "\"\($0[0].map { String(UInt16($0) | 0x100, radix: 16).dropFirst() }.joined())\"" }
    let samples = try decoded.value.interleavedSamples().reduce(0) { $0 + Int($1) }
    Answer.write(
      """
      {"encode": \(encoding), "decode": \(decoding), "width": \(picture.shape[3]), \
      "height": \(picture.shape[2]), "payloads": [\(payloads.joined(separator: ", "))], "sum_of_samples": \(samples), \
      "stages": {"encode": \(json(encoded.records)), "decode": \(json(decoded.records))}}
      """)
  }

  /// The seconds of each stage.
  private static func json(_ records: [StageTrace.Record]) -> String {
    let seconds = Dictionary(records.map { ($0.stage.rawValue, $0.seconds) }, uniquingKeysWith: +)
    return "{\(seconds.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", "))}"
  }

  private static func timeTransforms(_ model: any CompressionModel, _ picture: Tensor) throws {
    guard let model = model as? any CodingTransforms else { throw ValidationError("this model cannot run its networks alone") }
    let (latents, encoding) = try Clock.measured { try model.encodingTransforms(picture) }
    let decoding = try Clock.seconds { _ = try model.decodingTransforms(latents) }
    Answer.write(["encode": encoding, "decode": decoding])
  }

  private static func count(_ model: any CompressionModel, _ picture: Tensor) throws {
    var coded: CodedBatch?
    let encoding = try LayerTrace.recording { coded = try model.compress(picture) }
    let decoding = try LayerTrace.recording { _ = try coded.map(model.decompress) }
    Answer.write(["encode": encoding.multiplyAccumulates, "decode": decoding.multiplyAccumulates])
  }

  private static func picture(_ path: String) throws -> Tensor {
    let image = try ImageFile.read(path)
    let (width, height) = (image.width / 64 * 64, image.height / 64 * 64)
    guard width > 0, height > 0 else { throw ValidationError("'\(path)' is smaller than 64×64") }
    return try Tensor.pictures(interleaved: image.pixels, count: 1, height: image.height, width: image.width)
      .narrowed(2, from: 0, length: height).narrowed(3, from: 0, length: width).contiguous()
  }
}
