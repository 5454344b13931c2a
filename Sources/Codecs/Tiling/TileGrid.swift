/// One side of a latent cut into parts of a length, each with some more around it where there is more.
struct TileGrid: Equatable {
  /// A part, in elements of the latent.
  struct Tile: Equatable {
    /// What is kept of the result.
    let core: Range<Int>
    /// What is transformed: the core and the overlap, inside of the latent.
    let whole: Range<Int>

    /// Where the core begins in the whole.
    var lead: Int { core.lowerBound - whole.lowerBound }
  }

  /// The parts, in their order; their cores cover the side without gaps.
  let tiles: [Tile]

  /// Cuts a side of `length` elements into cores of `core`, the last of what is left.
  init(length: Int, core: Int, overlap: Int) {
    tiles = stride(from: 0, to: length, by: core).map { start in
      let end = min(start + core, length)
      return Tile(core: start..<end, whole: max(start - overlap, 0)..<min(end + overlap, length))
    }
  }
}

extension Range<Int> {
  /// The range in a finer unit.
  func scaled(by factor: Int) -> Range<Int> { lowerBound * factor..<upperBound * factor }

  /// The range counted from another zero.
  func moved(by offset: Int) -> Range<Int> { lowerBound + offset..<upperBound + offset }
}
