import ArgumentParser
import EntropyCoding
import Models
import Reporting
import SafeFiles
import Weights

/// Prints what the header of a coded file says.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what a .bps file says about itself.",
    discussion: """
        benchpresso inspect photo.bps

      Neither the model nor libtorch is needed. A file that is cut or damaged gives the error that decoding gives.
      """)

  @Argument(help: "The coded file.") var file: String
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let bytes = try FileBytes.read(file)
      let report = ContainerReport(try Container(decoding: bytes, name: file), file: file, bytes: bytes)
      Console.result(try format == .json ? JSONOutput.text(report) : report.text)
    }
  }
}

/// The header of a `.bps` file, for people and as JSON.
private struct ContainerReport: Encodable {
  struct Padding: Encodable {
    let left: Int
    let top: Int
    let right: Int
    let bottom: Int
  }

  struct Tiling: Encodable {
    let side: Int
    let overlap: Int
  }

  let file: String
  let bytes: Int
  let version: Int
  let model: String
  let weightsHash: String
  /// What the encoder computed with; empty where no decoder depends on it.
  let arithmetic: String
  /// The side of the tiles of the analysis and their overlap, in pixels; absent where there were none.
  let tiling: Tiling?
  /// The place on the model's axis of rates; absent where the model has one rate.
  let ratePoint: Double?
  /// The form of the streams, but for those of context models, which are always compatible.
  let streamForm: String
  let width: Int
  let height: Int
  let padding: Padding
  /// Height and width of each latent.
  let latentShapes: [[Int]]
  let payloadBytes: [Int]
  let bppFile: Double
  let bppPayload: Double
  /// The stored CRC-32, which has been found right.
  let checksum: String

  private enum CodingKeys: String, CodingKey {
    case file, bytes, version, model, arithmetic, tiling, width, height, padding, checksum
    case ratePoint = "rate_point"
    case weightsHash = "weights_hash"
    case streamForm = "stream_form"
    case latentShapes = "latent_shapes"
    case payloadBytes = "payload_bytes"
    case bppFile = "bpp_file"
    case bppPayload = "bpp_payload"
  }

  init(_ container: Container, file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes.count
    version = container.version
    model = container.modelIdentity
    weightsHash = Hash.hexadecimal(container.weightsHash)
    arithmetic = container.arithmetic
    tiling = container.tiling.map { Tiling(side: $0.side, overlap: $0.overlap) }
    ratePoint = container.ratePosition.map { RatePosition(coded: $0).position }
    streamForm = container.streamForm.rawValue
    width = container.width
    height = container.height
    let padding = container.padding
    self.padding = Padding(left: padding.left, top: padding.top, right: padding.right, bottom: padding.bottom)
    latentShapes = container.latentShapes.map { [$0.height, $0.width] }
    payloadBytes = container.payloads.map(\.count)
    let pixels = Double(container.width) * Double(container.height)
    bppFile = Double(bytes.count * 8) / pixels
    bppPayload = Double(payloadBytes.reduce(0, +) * 8) / pixels
    checksum = Hash.hexadecimal(bytes.suffix(4).reversed())
  }

  /// A line for each part.
  var text: String {
    let padded = "\(padding.left + width + padding.right)×\(padding.top + height + padding.bottom)"
    let parts = "left \(padding.left), above \(padding.top), right \(padding.right), below \(padding.bottom)"
    let rows = [
      ("file", "\(file), \(bytes) bytes"), ("version", "\(version)"), ("model", model), ("weights hash", weightsHash),
      ("arithmetic", arithmetic.isEmpty ? "any" : arithmetic),
      ("analysis", tiling.map { "in tiles of \($0.side)×\($0.side) pixels, \($0.overlap) more on each side" } ?? "of the whole picture"),
      ("rate point", ratePoint.map { NumberText.fixed($0, decimals: 3) } ?? "the only one"),
      ("streams", streamForm == StreamForm.compatible.rawValue ? "as CompressAI's" : "\(streamForm), but for those of context models"),
      ("picture", "\(width)×\(height)"), ("padding", "\(parts): \(padded)"),
      ("latent shapes", latentShapes.map { "\($0[0])×\($0[1]) (height×width)" }.joined(separator: ", ")),
      ("payloads", payloadBytes.map { "\($0) bytes" }.joined(separator: ", ")),
      (
        "bits per pixel",
        "\(NumberText.fixed(bppFile, decimals: 4)) (payloads alone \(NumberText.fixed(bppPayload, decimals: 4)))"
      ), ("checksum", "\(checksum), right"),
    ]
    return rows.map { name, value in name + String(repeating: " ", count: 16 - name.count) + value }.joined(separator: "\n")
  }
}
