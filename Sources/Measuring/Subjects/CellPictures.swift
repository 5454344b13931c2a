import Images

/// The pictures of a cell, ready in memory.
struct CellPictures {
  /// The most photographs that are kept; longer lists begin again with the first.
  static let limit = 64

  private let images: [Image]
  private let batchSize: Int

  /// Draws or reads the pictures of a cell.
  init(_ cell: MeasuringCell) throws {
    batchSize = cell.batchSize
    switch cell.pictures {
    case .random(let seed):
      var random = SplitMix(state: seed)
      images = (0..<cell.batchSize).map { _ in
        Image(width: cell.width, height: cell.height, pixels: random.bytes(count: cell.width * cell.height * 3))
      }
    case .mosaic(let paths):
      let size = (width: cell.width, height: cell.height)
      // One picture of a batch stands for all: they differ in nothing that takes time.
      let picture = try Mosaic.picture(width: size.width, height: size.height, count: paths.count) { try ImageFile.read(paths[$0]) }
      images = [Image](repeating: picture, count: cell.batchSize)
    case .files(let paths):
      images = try paths.prefix(max(Self.limit, cell.batchSize)).map {
        Self.cut(try ImageFile.read($0), width: cell.width, height: cell.height)
      }
    }
  }

  /// The batch of a round: the next pictures, from the first again after the last.
  func batch(round: Int) -> [Image] {
    let first = max(round, 0) * batchSize
    return (0..<batchSize).map { images[(first + $0) % images.count] }
  }

  /// The middle of a picture, which is enlarged before where it is too small.
  static func cut(_ image: Image, width: Int, height: Int) -> Image {
    let factor = max(Double(width) / Double(image.width), Double(height) / Double(image.height))
    var image = image
    if factor > 1 {
      func side(_ length: Int, _ least: Int) -> Int { max(Int((Double(length) * factor).rounded(.up)), least) }
      image = image.resized(width: side(image.width, width), height: side(image.height, height))
    }
    return image.cropped(x: (image.width - width) / 2, y: (image.height - height) / 2, width: width, height: height)
  }
}

/// Steele, Lea and Flood's generator SplitMix64 (2014).
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  mutating func bytes(count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var bits: UInt64 = 0
      for index in 0..<count {
        if index % 8 == 0 { bits = next() }
        buffer[index] = UInt8(truncatingIfNeeded: bits)
        bits >>= 8
      }
      filled = count
    }
  }
}
