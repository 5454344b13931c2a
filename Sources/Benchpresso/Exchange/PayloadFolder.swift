package import Codecs
import Configuration
import EntropyCoding
import SafeFiles

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder with the payloads of one picture as CompressAI returns them: `string0.bin`, `string1.bin`, …, those of y and then those of z, and
/// `shape.json`.
///
/// `shape.json` holds the `shape` that CompressAI's `decompress` takes, `width` and `height` of the picture and the `padding` around it. A
/// folder of other programs need not have it.
package struct PayloadFolder {
  /// The folder.
  package let path: String

  /// Names a folder; nothing is read or written.
  package init(path: String) { self.path = path }

  private struct Facts: Codable {
    struct Padding: Codable, Equatable {
      let left: Int
      let top: Int
      let right: Int
      let bottom: Int
    }

    var shape: [Int]?
    var width: Int?
    var height: Int?
    var padding: Padding?
  }

  /// Writes the payloads and what is known of the picture.
  ///
  /// - Throws: ``PayloadFolderError`` when payloads of a model with more of them lie there; `FileError` when something cannot be written.
  package func write(_ payloads: CompressAIPayloads) throws {
    try Folder.create(path)
    let surplus = Self.name(payloads.strings.count)
    guard !PathText.exists("\(path)/\(surplus)") else { throw PayloadFolderError.otherPayloads(folder: path, name: surplus) }
    for (index, string) in payloads.strings.enumerated() { try AtomicFile.write(string, to: "\(path)/\(Self.name(index))") }
    let facts = Facts(shape: payloads.shape, width: payloads.width, height: payloads.height, padding: Self.padding(of: payloads))
    try AtomicFile.write(JSONOutput.text(facts) + "\n", to: "\(path)/shape.json")
  }

  /// Reads the payloads of a picture whose size the folder says.
  ///
  /// - Throws: ``PayloadFolderError``.
  package func read() throws -> CompressAIPayloads { try read(size: nil) }

  /// Reads the payloads of a picture.
  ///
  /// - Parameter size: the size of the picture, which a folder without `shape.json` needs.
  /// - Throws: ``PayloadFolderError`` when the folder holds no payloads, does not say the size, says another one or another padding.
  func read(size: PictureSize?) throws -> CompressAIPayloads {
    var strings: [[UInt8]] = []
    let names = Set(try Folder.names(in: path))
    while names.contains(Self.name(strings.count)) { strings.append(try FileBytes.read("\(path)/\(Self.name(strings.count))")) }
    guard !strings.isEmpty else { throw PayloadFolderError.noPayloads(folder: path) }
    let facts = try names.contains("shape.json") ? facts() : Facts()
    var written: PictureSize?
    if let width = facts.width, let height = facts.height {
      written = PictureSize(argument: "\(width)x\(height)")
      guard written != nil else {
        throw PayloadFolderError.facts(file: "\(path)/shape.json", reason: "no picture has \(width)×\(height) pixels")
      }
    }
    guard let size = size ?? written else { throw PayloadFolderError.noSize(folder: path) }
    if let written, written != size {
      throw PayloadFolderError.facts(
        file: "\(path)/shape.json",
        reason: "the picture has \(written.width)×\(written.height) pixels, and --size says \(size.width)x\(size.height)")
    }
    let payloads = CompressAIPayloads(strings: strings, shape: facts.shape, width: size.width, height: size.height)
    if let padding = facts.padding, padding != Self.padding(of: payloads) {
      let multiple = CompressAIPayloads.padMultiple
      throw PayloadFolderError.facts(
        file: "\(path)/shape.json", reason: "the padding is not that to multiples of \(multiple) with the picture in the middle")
    }
    return payloads
  }

  private func facts() throws -> Facts {
    let file = "\(path)/shape.json"
    do {
      return try JSONDecoder().decode(Facts.self, from: Data(FileBytes.read(file)))
    } catch is DecodingError {
      throw PayloadFolderError.facts(file: file, reason: "it is no JSON object with shape, width, height and padding")
    }
  }

  private static func padding(of payloads: CompressAIPayloads) -> Facts.Padding {
    let padding = payloads.padding
    return Facts.Padding(left: padding.left, top: padding.top, right: padding.right, bottom: padding.bottom)
  }

  private static func name(_ index: Int) -> String { "string\(index).bin" }
}

/// What is wrong with a folder of payloads.
package enum PayloadFolderError: Error, Equatable, CustomStringConvertible {
  /// There is no first payload.
  case noPayloads(folder: String)
  /// Neither the folder nor the command line says the size.
  case noSize(folder: String)
  /// Payloads of a model with more of them lie there.
  case otherPayloads(folder: String, name: String)
  /// `shape.json` cannot be read, or does not agree with the rest.
  case facts(file: String, reason: String)

  /// One sentence with the place and the remedy.
  package var description: String {
    switch self {
    case .noPayloads(let folder): "'\(folder)' holds no payloads: there is no 'string0.bin'"
    case .noSize(let folder): "'\(folder)' does not say how large the picture is; give --size WIDTHxHEIGHT"
    case .otherPayloads(let folder, let name): "'\(folder)' holds '\(name)' of other payloads; name another folder, or empty it"
    case .facts(let file, let reason): "cannot use '\(file)': \(reason)"
    }
  }
}
