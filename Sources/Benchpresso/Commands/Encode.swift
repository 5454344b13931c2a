import ArgumentParser
import Codecs
import EntropyCoding
import Images
import Models
import Reporting
import SafeFiles

/// Codes pictures into files.
struct Encode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Code pictures into .bps files.",
    discussion: """
        benchpresso encode --quality 3 photo.png photo.bps
        benchpresso encode --weights W.safetensors photo.png photo.bps
        benchpresso encode --weights W.safetensors photos/*.png -o coded
        benchpresso encode --weights V.safetensors --target-bpp 0.5 photo.png photo.bps

      Without --weights a model that comes with the program is taken ('benchpresso zoo').

      Of a model of several rates --rate-point names one, also between those of its training, and --target-bpp finds the one whose file comes \
      nearest; --quality-map is for models with rate_control.SpatialFeatureTransform. Files state what their decoder needs.

      --payloads writes what CompressAI's compress() returns: the streams of y and then of z as string0.bin, string1.bin and so on, and shape.json, \
      of the picture padded to multiples of 64, computed on one thread unless --threads says otherwise.
      """)

  @Option(
    help: ArgumentHelp(
      "Weights that say which model they belong to: a checkpoint, a file of 'export' or 'import', or zoo:NAME.", valueName: "file"))
  var weights: String?
  @Option(help: ArgumentHelp("Which of the default models of the zoo is taken, 1 for the lowest rate.", valueName: "n")) var quality: Int?
  @Argument(help: ArgumentHelp("Pictures (PNG, JPEG or PPM); without -o one picture and the file to write.", valueName: "picture"))
  var pictures: [String]
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The folder to write to, or the file for one picture.", valueName: "path"))
  var output: String?
  @Option(help: ArgumentHelp("Write one picture's payloads for CompressAI into this folder.", valueName: "folder")) var payloads: String?
  @Option(help: ArgumentHelp("How many threads compute; without it as many as libtorch takes.", valueName: "n")) var threads: Int?
  @OptionGroup var rate: RateOptions
  @OptionGroup var tiling: TilingOptions
  @OptionGroup var form: StreamFormOption
  @Option(help: "How the result is told.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      if let payloads {
        try writePayloads(to: PayloadFolder(path: payloads))
        return
      }
      let names = try OutputNames(pictures, output: output, suffix: "bps", inputSuffixes: ["png", "jpg", "jpeg", "ppm"])
      var codec: LearnedCodec?
      var coded: [Coded] = []
      for (picture, file) in names.pairs {
        let image = try ImageFile.read(picture)
        let ready = try codec ?? codingModel(threads: threads)
        codec = ready
        let (bytes, position) = try encode(image, with: ready)
        try AtomicFile.write(bytes, to: file)
        let bpp = Double(bytes.count * 8) / Double(image.width * image.height)
        coded.append(Coded(file: file, bytes: bytes.count, bppFile: bpp, ratePoint: position?.position))
        let place = position.map { ", rate point \(NumberText.fixed($0.position, decimals: 3))" } ?? ""
        Console.note("\(file): \(bytes.count) bytes, \(NumberText.fixed(bpp, decimals: 4)) bits per pixel\(place)")
        if let target = rate.targetBpp, !TargetedCoding.isMet(bpp, target: target) {
          Console.note("note: the model comes no nearer to \(target) bits per pixel for this picture")
        }
      }
      guard format == .json else { return }
      Console.result(try output == nil ? JSONOutput.text(coded[0]) : JSONOutput.text(coded))
    }
  }

  private func encode(_ image: Image, with codec: LearnedCodec) throws -> (file: [UInt8], rate: RatePosition?) {
    if let map = rate.qualityMap { return (try codec.encode(image, qualityMap: ImageFile.read(map)).file, nil) }
    guard let target = rate.targetBpp else { return (try codec.encode(image).file, codec.rate) }
    let coding = try TargetedCoding(image, codec: codec, target: target)
    return (coding.file, coding.rate)
  }

  private func codingModel(threads: Int?) throws -> LearnedCodec {
    let path = try ZooChoice(weights: weights, quality: quality).path
    var options = LearnedCodec.Options(tiling: try tiling.tiling(), streamForm: form.streamForm.value)
    options.rate = rate.position
    return try CodingModel(path: path, threads: threads, options: options).codec
  }

  private func writePayloads(to folder: PayloadFolder) throws {
    guard pictures.count == 1, output == nil else { throw UsageError.needs("--payloads takes one picture and no other output") }
    guard rate.targetBpp == nil, rate.qualityMap == nil else {
      throw UsageError.needs("--payloads state no rate; name it with --rate-point")
    }
    // Before the model is loaded for nothing.
    guard form.streamForm.value == .compatible else { throw CodecError.payloadForm(form: form.streamForm.value.rawValue) }
    let image = try ImageFile.read(pictures[0])
    let payloads = try codingModel(threads: threads ?? 1).compressAIPayloads(of: image)
    try folder.write(payloads)
    let bytes = payloads.strings.map(\.count)
    Console.note("\(folder.path): payloads of \(bytes.map(String.init).joined(separator: " + ")) bytes")
    if format == .json { Console.result(try JSONOutput.text(CodedPayloads(folder: folder.path, bytes: bytes, shape: payloads.shape))) }
  }
}

/// A coded picture as JSON.
private struct Coded: Encodable {
  let file: String
  let bytes: Int
  let bppFile: Double
  /// Absent where the model has one rate.
  let ratePoint: Double?

  private enum CodingKeys: String, CodingKey {
    case file, bytes
    case ratePoint = "rate_point"
    case bppFile = "bpp_file"
  }
}

/// Payloads as JSON.
private struct CodedPayloads: Encodable {
  let folder: String
  let bytes: [Int]
  let shape: [Int]?
}
