import ArgumentParser
import Codecs
import Results

/// Measures how time and memory grow with pictures and threads.
struct MeasureScaling: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scaling", abstract: "Measure time and memory of growing pictures, whole and in tiles, and of more threads.",
    discussion: """
        benchpresso measure scaling weights/quickstart/lambda-0.0130.safetensors
        benchpresso measure scaling WEIGHTS --megapixels 1,4,16 --tiles off,512
        benchpresso measure scaling WEIGHTS --photographs photos --memory-limit 8G --budget 120

      Pictures have sides as 3 to 2, or are mosaics of --photographs. Every model is measured for each of --tiles; 'off' as far as the memory \
      reaches. A point takes a minute unless --budget says otherwise. Writes scaling.csv beside the files of 'measure latency'.
      """)

  @OptionGroup var options: MeasureOptions
  @Option(help: ArgumentHelp("The sizes of the pictures in millions of pixels.", valueName: "list"))
  var megapixels = MegapixelList(values: [1, 2, 4, 8, 16, 32, 50])
  @Option(help: ArgumentHelp("The sides of tiles in pixels, or off, or auto.", valueName: "list"))
  var tiles = TileList(sides: [TileSide(side: .off), TileSide(side: .pixels(1024))])
  @Option(help: ArgumentHelp("How many threads compute; without it 1, 2, 4 … and all.", valueName: "list")) var threadCounts: CountList?

  func validate() throws {
    guard options.sizes == .thesis else { throw ValidationError("'measure scaling' takes --megapixels in place of --sizes") }
    guard options.threads == nil else { throw ValidationError("'measure scaling' takes --thread-counts in place of --threads") }
    guard options.what != .transform else {
      throw ValidationError("'measure scaling' measures pictures to bytes and back; use --what codec or --what stages")
    }
  }

  func run() throws {
    try Failure.reported {
      var options = options
      options.budget = options.budget ?? 60
      var stage = MeasureStage(options, measurement: "scaling", batchSizes: [1])
      stage.scaling = MeasureStage.Scaling(
        sizes: megapixels.sizes, threadCounts: threadCounts?.counts ?? Self.threadCounts(processors: Machine.processorCount),
        tiles: tiles.sides)
      try stage.run()
    }
  }

  /// The powers of two below the number of processors, and that number.
  static func threadCounts(processors: Int) -> [Int] {
    var counts: [Int] = []
    var count = 1
    while count < processors {
      counts.append(count)
      count *= 2
    }
    return counts + [max(processors, 1)]
  }
}

/// Sizes of pictures in millions of pixels on the command line.
struct MegapixelList: ExpressibleByArgument, Equatable {
  let values: [Double]

  init(values: [Double]) { self.values = values }

  /// Reads numbers of more than 0 and at most 1000, separated by commas; nil for anything else.
  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0.map { $0 > 0 && $0 <= 1000 } ?? false }) else { return nil }
    values = numbers.compactMap { $0 }
  }

  var defaultValueDescription: String { values.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" }.joined(separator: ",") }

  /// Pictures of about so many pixels, with sides as 3 to 2.
  var sizes: [PictureSize] {
    values.map { value in
      let height = max(Int((value * 1e6 * 2 / 3).squareRoot().rounded()), 1)
      return PictureSize(width: max(Int((value * 1e6 / Double(height)).rounded()), 1), height: height)
    }
  }
}

/// Sides of tiles on the command line.
struct TileList: ExpressibleByArgument, Equatable {
  let sides: [TileSide]

  init(sides: [TileSide]) { self.sides = sides }

  /// Reads sides, `off` and `auto`, separated by commas; nil for anything else, and for one that is named twice.
  init?(argument: String) {
    let sides = argument.split(separator: ",", omittingEmptySubsequences: false).map { TileSide(text: String($0)) }
    guard !sides.isEmpty, !sides.contains(nil) else { return nil }
    self.sides = sides.compactMap { $0 }
    guard self.sides.indices.allSatisfy({ !self.sides[..<$0].contains(self.sides[$0]) }) else { return nil }
  }

  var defaultValueDescription: String { sides.map(\.text).joined(separator: ",") }
}
