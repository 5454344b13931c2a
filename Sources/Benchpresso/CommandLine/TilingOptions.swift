import ArgumentParser
import Codecs
import Training

/// The options that say whether pictures are coded in tiles.
struct TilingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Run the networks over tiles with sides of so many pixels; auto: only where the whole picture would take more than --memory-limit; off: never.",
      valueName: "n|auto|off"))
  var tile = TileArgument(value: .automatic)
  @Option(
    help: ArgumentHelp(
      "How far tiles reach over each side, in pixels; without it as far as the networks see, which those from TorchScript files do not tell.",
      valueName: "n"))
  var tileOverlap: Int?
  @Option(
    help: ArgumentHelp(
      "With --tile auto the memory that the networks may take by estimate, the weights and the coded picture apart.", valueName: "size"))
  var memoryLimit = MemoryArgument(value: MemoryAmount(bytes: Tiling.defaultMemoryLimit))

  /// What was asked for.
  ///
  /// - Throws: ``UsageError`` for an overlap below 0.
  func tiling() throws -> Tiling {
    guard tileOverlap.map({ $0 >= 0 }) ?? true else { throw UsageError.needs("--tile-overlap must be 0 or more") }
    return Tiling(side: tile.value.side, overlap: tileOverlap, memoryLimit: memoryLimit.value.bytes)
  }
}

/// The side of tiles on the command line.
struct TileArgument: ExpressibleByArgument {
  let value: TileSide

  init(value: TileSide) { self.value = value }

  /// Reads a number, `auto` or `off`; nil for anything else.
  init?(argument: String) {
    guard let value = TileSide(text: argument) else { return nil }
    self.value = value
  }

  var defaultValueDescription: String { value.text }
}

/// An amount of memory on the command line.
struct MemoryArgument: ExpressibleByArgument {
  let value: MemoryAmount

  init(value: MemoryAmount) { self.value = value }

  /// Reads an amount with or without a unit; nil for anything else.
  init?(argument: String) {
    guard let value = MemoryAmount(text: argument) else { return nil }
    self.value = value
  }

  var defaultValueDescription: String { value.text }
}
