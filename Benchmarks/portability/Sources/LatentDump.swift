import ArgumentParser
import Benchpresso
import Codecs
import EntropyCoding
import Models
import SafeFiles
import Torch

/// Writes what decoders compute on the way to a picture, for comparison: the latent ŷ and the table of each of its elements.
struct LatentDump: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "latents", shouldDisplay: false)

  @Option var weights: String
  @Option var threads: Int
  @Option var output: String
  @Argument var file: String

  func run() throws {
    try Runtime.setThreads(threads)
    let model = try ModelUnderTest(path: weights, catalogue: BuiltIn.catalogue()).codec.model
    let container = try Container(decoding: FileBytes.read(file), name: file)
    let coded = CodedBatch(
      payloads: container.payloads.map { [$0] }, latentHeight: container.latentShapes[0].height,
      latentWidth: container.latentShapes[0].width)
    try withoutGradients {
      if let model = model as? any HyperpriorModel {
        let rows = try model.tableRows(of: coded).elements(Int32.self)
        try AtomicFile.write(Self.bytes(rows), to: output + ".rows")
      }
      let latent = try Self.latent(of: coded, model: model).contiguous().elements(Float.self)
      try AtomicFile.write(Self.bytes(latent), to: output + ".latent")
    }
  }

  private static func latent(of coded: CodedBatch, model: any CompressionModel) throws -> Tensor {
    switch model {
    case let model as FactorizedPrior: try model.decodedLatent(of: coded)
    case let model as any HyperpriorModel: try model.decodedLatent(of: coded)
    case let model as any AutoregressiveModel: try model.decodedLatent(of: coded)
    default: throw TrialFailure(description: "\(type(of: model)) tells no latent")
    }
  }

  private static func bytes<Number>(_ numbers: [Number]) -> [UInt8] { numbers.withUnsafeBytes { Array($0) } }
}
