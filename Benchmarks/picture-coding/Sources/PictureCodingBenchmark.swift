import ArgumentParser
import Images
import LatentModels
import Layers
import Models
import Torch
import Weights

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Times the coding of whole pictures with the weights of a file: for each line of its input, the path of a picture, it answers with JSON.
///
/// Reading the picture is not in the times. A picture is cut to multiples of 64 at its upper left corner.
@main
struct PictureCodingBenchmark: ParsableCommand {
  @Option(help: "CompressAI's name of the model: bmshj2018-factorized, mbt2018-mean or mbt2018.") var architecture: String
  @Option(help: "N, the channels between the layers.") var channels = 192
  @Option(help: "M, the channels of the latent.") var expansionChannels = 192
  @Option(help: "The threads of one operator.") var threads = 1
  @Option(help: "The checkpoint with weights and coder tables.") var weights: String

  func run() throws {
    try Runtime.setThreads(threads)
    let model = try model()
    try model.load(ModelWeights(path: weights).tensors, optionalBuffers: false)
    while let path = readLine() {
      let picture = try picture(path)
      let start = ContinuousClock.now
      let coded = try model.compress(picture)
      let middle = ContinuousClock.now
      let decoded = try model.decompress(coded)
      let end = ContinuousClock.now
      let payloads = coded.payloads.map { "\"\($0[0].map { String(UInt16($0) | 0x100, radix: 16).dropFirst() }.joined())\"" }
      let samples = try decoded.interleavedSamples().reduce(0) { $0 + Int($1) }
      print(
        """
        {"encode": \((middle - start) / .seconds(1)), "decode": \((end - middle) / .seconds(1)), "width": \(picture.shape[3]), \
        "height": \(picture.shape[2]), "payloads": [\(payloads.joined(separator: ", "))], "sum_of_samples": \(samples)}
        """)
      fflush(nil)
    }
  }

  private func model() throws -> any CompressionModel {
    let normalization = { (channels: Int, inverse: Bool) -> any Layer in
      try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse)
    }
    let (n, m, seeds) = (channels, expansionChannels, SeedSequence(1))
    switch architecture {
    case "bmshj2018-factorized":
      return try FactorizedPrior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: seeds)
    case "mbt2018-mean":
      return try MeanScaleHyperprior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: seeds)
    case "mbt2018":
      return try JointAutoregressiveHyperprior(channels: n, expansionChannels: m, nonlinearity: normalization, seeds: seeds)
    default: throw ValidationError("there is no '\(architecture)' here")
    }
  }

  private func picture(_ path: String) throws -> Tensor {
    let image = try ImageFile.read(path)
    let (width, height) = (image.width / 64 * 64, image.height / 64 * 64)
    guard width > 0, height > 0 else { throw ValidationError("'\(path)' is smaller than 64×64") }
    return try Tensor.pictures(interleaved: image.pixels, count: 1, height: image.height, width: image.width)
      .narrowed(2, from: 0, length: height).narrowed(3, from: 0, length: width).contiguous()
  }
}
