import ArgumentParser
import Codecs
import Images
import Models
import SafeFiles

/// Codes one picture into a file.
struct Encode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Code a picture into a .bps file.",
    discussion: "  benchpresso encode --weights weights/quickstart/lambda-0.0130.safetensors photo.png photo.bps")

  @Option(help: ArgumentHelp("Weights that say which model they belong to: a checkpoint, or a file of 'export'.", valueName: "file"))
  var weights: String
  @Argument(help: "The picture: PNG, JPEG or PPM.") var picture: String
  @Argument(help: "The file to write.") var output: String
  @Option(help: "How the result is told: text or json.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let image = try ImageFile.read(picture)
      let codec = try ModelUnderTest(path: weights, catalogue: Program.catalogue()).codec
      let coded = try codec.encode(image)
      try AtomicFile.write(coded.file, to: output)
      let bpp = Double(coded.file.count * 8) / Double(image.width * image.height)
      Console.note("\(output): \(coded.file.count) bytes, \((bpp * 10000).rounded() / 10000) bits per pixel")
      if format == .json { Console.result(try JSONOutput.text(Coded(file: output, bytes: coded.file.count, bppFile: bpp))) }
    }
  }
}

/// A coded picture as JSON.
private struct Coded: Encodable {
  let file: String
  let bytes: Int
  let bppFile: Double

  private enum CodingKeys: String, CodingKey {
    case file, bytes
    case bppFile = "bpp_file"
  }
}

/// Decodes one file into a picture.
struct Decode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decode a .bps file into a PNG.",
    discussion: "  benchpresso decode --weights weights/quickstart/lambda-0.0130.safetensors photo.bps photo.png")

  @Option(help: ArgumentHelp("The weights that the file was coded with.", valueName: "file"))
  var weights: String
  @Argument(help: "The coded file.") var input: String
  @Argument(help: "The PNG to write.") var output: String
  @Option(help: "How the result is told: text or json.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let bytes = try FileBytes.read(input)
      let codec = try ModelUnderTest(path: weights, catalogue: Program.catalogue()).codec
      try AtomicFile.write(PNG.encode(codec.decode(bytes, name: input).image), to: output)
      Console.note("written: \(output)")
      if format == .json { Console.result(try JSONOutput.text(["file": output])) }
    }
  }
}
