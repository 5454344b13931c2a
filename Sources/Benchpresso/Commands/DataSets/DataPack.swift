import ArgumentParser
import Datasets
import Downloads
import Images
import Reporting

/// Makes a pack of decoded pictures.
struct DataPack: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack", abstract: "Make a pack of decoded pictures, or of tiles of them, for slow disks and slow processors.",
    discussion: """
        benchpresso data pack data/flicker_2W_images --crop 256 -o data/train.pack
        benchpresso fit --config my.yaml --data Pack --data.data_file data/train.pack

      The samples are stored as they are, three bytes for each pixel, and are mapped into memory in training. With --crop every picture is cut into \
      squares that do not overlap, from its middle; pictures that are smaller are passed over. One picture at a time is in memory.
      """)

  @Argument(help: ArgumentHelp("The folder of the pictures.", valueName: "folder")) var folder: String
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The pack to write.", valueName: "file")) var output: String
  @Option(help: ArgumentHelp("Cut squares of this side in pixels; without it pictures are taken whole.", valueName: "pixels")) var crop:
    Int?
  @Option(help: ArgumentHelp("Only the pictures of this stage: train, validate or test.", valueName: "stage")) var stage: String?
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  private struct Report: Encodable {
    let file: String
    var pictures = 0
    var bytes = 0
    /// Pictures that are smaller than the crop.
    var passedOver = 0

    enum CodingKeys: String, CodingKey {
      case file, pictures, bytes
      case passedOver = "passed_over"
    }
  }

  func run() throws {
    try Failure.reported {
      if let crop, crop < 1 { throw UsageError.needs("--crop must be positive, found \(crop)") }
      let files = try self.files()
      Interruption.listen()
      let report = try write(files)
      Console.endProgress()
      if report.passedOver > 0 { Console.note("note: \(report.passedOver) pictures are smaller than the crop and were passed over") }
      switch format {
      case .json: Console.result(try JSONOutput.text(report))
      case .text:
        Console.result(
          "\(report.file): \(NumberText.grouped(report.pictures)) pictures of \(files.count) files, \(FileSizeText.of(report.bytes))")
      }
    }
  }

  private func files() throws -> [String] {
    guard let stage else { return try ImageFolder(whole: folder).files }
    guard let value = Stage(rawValue: stage == "val" ? "validate" : stage) else {
      throw UsageError.badValue(option: "stage", value: stage, valid: Stage.allCases.map(\.rawValue))
    }
    return try ImageFolder(folder, stage: value).files
  }

  private func write(_ files: [String]) throws -> Report {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    let writer = try PackWriter(output)
    var report = Report(file: output)
    for (number, file) in files.enumerated() {
      if let signal = Interruption.signal { throw Interrupted(signal: signal) }
      let name = file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file
      let image = try ImageFile.read(file)
      if let crop {
        let tiles = ImageTiles.cut(image, side: crop)
        if tiles.isEmpty { report.passedOver += 1 }
        for tile in tiles { try writer.append(tile.image, name: "\(name)@\(tile.x),\(tile.y)") }
      } else {
        try writer.append(image, name: name)
      }
      Console.progress("packing: picture \(number + 1) of \(files.count), \(FileSizeText.of(writer.byteCount))")
    }
    guard writer.count > 0 else { throw UsageError.needs("no picture in '\(folder)' is as large as the crop; take a smaller --crop") }
    try writer.finish()
    (report.pictures, report.bytes) = (writer.count, writer.byteCount)
    return report
  }
}
