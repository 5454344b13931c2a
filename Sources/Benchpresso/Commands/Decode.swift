import ArgumentParser
import Codecs
import EntropyCoding
import Images
import Models
import SafeFiles

/// Decodes files into pictures.
struct Decode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decode .bps files into PNG.",
    discussion: """
        benchpresso decode photo.bps photo.png
        benchpresso decode --weights W.safetensors coded/*.bps -o decoded
        benchpresso decode --weights W --payloads FOLDER --size 768x512 -o photo.png
        benchpresso decode --stages 4 photo.bps photo.png
        benchpresso decode --weights W --thumbnail photo.bps small.png
        benchpresso decode --codec runs/layers/config.yaml photo.bpr photo.png

      Without --weights the model of the zoo is taken that the file was coded with ('benchpresso zoo').

      --stages also writes what the first groups of a file show, photo.1-of-4.png and so on, where a model codes in groups; --thumbnail \
      writes what a model with the setting thumbnail shows without its decoder. --codec reads what another codec wrote, such as \
      codecs.Residual. --payloads reads what CompressAI's compress() returned for a picture padded to multiples of 64: string0.bin and so \
      on, as many as the model has streams; --size, or a shape.json beside them, says the size.
      """)

  @Option(help: ArgumentHelp("The weights that the files were coded with: a file, or zoo:NAME.", valueName: "file"))
  var weights: String?
  @Option(help: ArgumentHelp("The codec that wrote the files: a configuration, or a class path.", valueName: "codec")) var codec: String?
  @Argument(help: ArgumentHelp("Coded files; without -o one coded file and the PNG to write.", valueName: "input"))
  var inputs: [String] = []
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The folder to write to, or the PNG for one input.", valueName: "path"))
  var output: String?
  @Option(help: ArgumentHelp("Read the payloads of one picture from this folder.", valueName: "folder")) var payloads: String?
  @Option(help: ArgumentHelp("The size of the picture of --payloads, the width first.", valueName: "widthxheight")) var size: PictureSize?
  @Option(help: ArgumentHelp("The rate at which a model of several wrote --payloads, which do not say it.", valueName: "number"))
  var ratePoint: Double?
  @Option(help: ArgumentHelp("How many threads compute; without it as many as libtorch takes.", valueName: "n")) var threads: Int?
  @Option(
    help: ArgumentHelp(
      "The largest picture that is decoded, with its padding, in pixels (default: \(Container.maximumPixelCount)).", valueName: "n"))
  var maxPixels: Int?
  @Option(help: ArgumentHelp("Write so many pictures of each file, from its first groups on to the whole.", valueName: "n")) var stages:
    Int?
  @Flag(help: "Write thumbnails instead of pictures, where the model has a network for them.") var thumbnail = false
  @OptionGroup var tiling: TilingOptions
  @Option(help: "How the result is told.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let files = try payloads.map { [try decodePayloads(in: $0)] } ?? decodeFiles()
      guard format == .json else { return }
      let reports = files.map { ["file": $0] }
      Console.result(try output == nil || payloads != nil ? JSONOutput.text(reports[0]) : JSONOutput.text(reports))
    }
  }

  private func decodeFiles() throws -> [String] {
    guard size == nil else { throw UsageError.needs("--size belongs to --payloads; a .bps file says the size itself") }
    guard ratePoint == nil else { throw UsageError.needs("--rate-point belongs to --payloads; a .bps file says the rate itself") }
    let names = try OutputNames(inputs, output: output, suffix: "png", inputSuffixes: ["bps", "bpr"])
    if let codec { return try decode(names, with: CodecArgument(codec, weights: weights, stages: stages, thumbnail: thumbnail).codec()) }
    var codecs: [String: LearnedCodec] = [:]
    var zoo: ModelZoo?
    guard stages.map({ 2...64 ~= $0 }) ?? true else { throw UsageError.needs("--stages must be in 2 ... 64") }
    return try names.pairs.flatMap { input, file in
      let bytes = try FileBytes.read(input)
      guard !ResidualCodec.wrote(bytes) else { throw UsageError.needs(CodecArgument.sentence(about: input)) }
      let path = try weights ?? weightsOfTheZoo(bytes, input, &zoo)
      let ready = try codecs[path] ?? codingModel(path, threads: threads)
      codecs[path] = ready
      if let stages { return try writePreviews(of: bytes, input, to: file, stages: stages, codec: ready) }
      let image = thumbnail ? try ready.thumbnail(bytes, name: input) : try ready.decode(bytes, name: input).image
      try AtomicFile.write(PNG.encode(image), to: file)
      Console.note("written: \(file)")
      return [file]
    }
  }

  private func decode(_ names: OutputNames, with codec: any ImageCodec) throws -> [String] {
    try names.pairs.map { input, file in
      try AtomicFile.write(PNG.encode(codec.decode(FileBytes.read(input), name: input).image), to: file)
      Console.note("written: \(file)")
      return file
    }
  }

  private func writePreviews(of bytes: [UInt8], _ name: String, to file: String, stages: Int, codec: LearnedCodec) throws -> [String] {
    let previews =
      thumbnail ? try codec.thumbnails(bytes, name: name, stages: stages) : try codec.previews(bytes, name: name, stages: stages)
    let stem = file.hasSuffix(".png") ? String(file.dropLast(4)) : file
    return try previews.enumerated().map { number, preview in
      let isWhole = number == previews.count - 1
      let path = isWhole ? file : "\(stem).\(number + 1)-of-\(previews.count).png"
      try AtomicFile.write(PNG.encode(preview.image), to: path)
      Console.note("written: \(path), \(isWhole ? "all" : "\(preview.groups) of") \(preview.groupCount) groups")
      return path
    }
  }

  /// The weights that a file names; the zoo is read for the first of several files.
  private func weightsOfTheZoo(_ bytes: [UInt8], _ name: String, _ zoo: inout ModelZoo?) throws -> String {
    let known = try zoo ?? ModelZoo.shipped()
    zoo = known
    return try ZooChoice(coded: bytes, name: name, in: known, maximumPixelCount: maxPixels ?? Container.maximumPixelCount).path
  }

  private func codingModel(_ path: String, threads: Int?) throws -> LearnedCodec {
    guard maxPixels.map({ $0 > 0 }) ?? true else { throw UsageError.needs("--max-pixels must be 1 or more") }
    var options = LearnedCodec.Options(tiling: try tiling.tiling())
    if let maxPixels { options.maximumPixelCount = maxPixels }
    options.rate = ratePoint.map { RatePosition($0) }
    return try CodingModel(path: path, threads: threads, options: options).codec
  }

  private func decodePayloads(in folder: String) throws -> String {
    guard stages == nil, codec == nil, !thumbnail else {
      throw UsageError.needs("--\(stages != nil ? "stages" : thumbnail ? "thumbnail" : "codec") belongs to coded files, not to --payloads")
    }
    guard inputs.isEmpty, let output else { throw UsageError.needs("--payloads needs -o FILE.png and no other input") }
    guard let weights else { throw UsageError.needs("--payloads needs --weights: payloads do not say which model they are of") }
    let payloads = try PayloadFolder(path: folder).read(size: size)
    let codec = try codingModel(weights, threads: threads ?? 1)
    try AtomicFile.write(PNG.encode(codec.decode(payloads, name: folder)), to: output)
    Console.note("written: \(output)")
    return output
  }
}
