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
        benchpresso decode --weights W.safetensors photo.bps photo.png
        benchpresso decode --weights W.safetensors coded/*.bps -o decoded
        benchpresso decode --weights W.safetensors --payloads FOLDER \\
            --size 768x512 -o photo.png

      Without --weights the model of the zoo is taken that the file was coded with ('benchpresso zoo').

      --payloads reads what CompressAI's compress() returned for a picture padded to multiples of 64: string0.bin (y) and string1.bin (z). \
      Where shape.json of 'encode --payloads' lies beside them, it says the size.
      """)

  @Option(help: ArgumentHelp("The weights that the files were coded with: a file, or zoo:NAME.", valueName: "file"))
  var weights: String?
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
    let names = try OutputNames(inputs, output: output, suffix: "png", inputSuffixes: ["bps"])
    var codecs: [String: LearnedCodec] = [:]
    var zoo: ModelZoo?
    return try names.pairs.map { input, file in
      let bytes = try FileBytes.read(input)
      let path = try weights ?? weightsOfTheZoo(bytes, input, &zoo)
      let ready = try codecs[path] ?? codingModel(path, threads: threads)
      codecs[path] = ready
      try AtomicFile.write(PNG.encode(ready.decode(bytes, name: input).image), to: file)
      Console.note("written: \(file)")
      return file
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
    guard inputs.isEmpty, let output else { throw UsageError.needs("--payloads needs -o FILE.png and no other input") }
    guard let weights else { throw UsageError.needs("--payloads needs --weights: payloads do not say which model they are of") }
    let payloads = try PayloadFolder(path: folder).read(size: size)
    let codec = try codingModel(weights, threads: threads ?? 1)
    try AtomicFile.write(PNG.encode(codec.decode(payloads, name: folder)), to: output)
    Console.note("written: \(output)")
    return output
  }
}
