import EntropyCoding
import Testing

private let goldenLengths: [Int32] = [
  5, 5, 5, 5, 7, 7, 7, 7, 7, 9, 9, 9, 9, 11, 11, 13, 13, 15, 17, 17, 19, 21, 25, 27, 29, 33, 37, 41, 47, 51, 57, 65, 73, 81, 93, 103, 117,
  131, 149, 167, 189, 213, 241, 271, 305, 345, 391, 441, 497, 563, 635, 719, 811, 917, 1037, 1173, 1325, 1499, 1695, 1917, 2167, 2449,
  2769, 3133,
]

private let goldenScales: [Float] = [
  0.109999999, 0.124404095, 0.14069438, 0.159117803, 0.179953694, 0.203517973, 0.230167925, 0.26030761, 0.294393927, 0.332943738,
  0.376541555, 0.425848305, 0.481611609, 0.5446769, 0.616000414, 0.696663439, 0.787889004, 0.891060233, 1.00774133, 1.13970149, 1.28894126,
  1.4577235, 1.64860713, 1.86448622, 2.108634, 2.38475204, 2.69702673, 3.05019283, 3.44960427, 3.90131736, 4.41218138, 4.98994064,
  5.64335394, 6.38233089, 7.2180748, 8.16325474, 9.23220348, 10.4411287, 11.8083563, 13.3546171, 15.1033554, 17.0810852, 19.3177948,
  21.8473892, 24.7082233, 27.9436817, 31.6028042, 35.7410774, 40.4212379, 45.7142525, 51.7003784, 58.4703369, 66.1268311, 74.7859116,
  84.5788345, 95.6541443, 108.179733, 122.345444, 138.366165, 156.484741, 176.9758, 200.150177, 226.359055, 256.0,
]

@Test func gaussianTableIsThatOfCompressAI() throws {
  let gaussian = try gaussian.get()
  #expect(gaussian.scales == goldenScales)
  #expect(gaussian.tables.lengths == goldenLengths)
  #expect(gaussian.tables.offsets == goldenLengths.map { -($0 - 3) / 2 })
  #expect(gaussian.tables.width == 3133)
  // The CRC-32 of the 64 × 3133 little-endian entries whose SHA-256 is
  // 482d4620b3eb5802ce87f395fc613344f81fa5e5bfeeedae43cb3416ad9eb947.
  let bytes = gaussian.tables.quantizedCDF.flatMap { entry in (0..<4).map { UInt8(truncatingIfNeeded: entry >> (8 * $0)) } }
  #expect(CRC32.checksum(bytes) == 0x2D35_70A9)
}

private let goldenRows: [(Int, [Int32])] = [
  (0, [0, 1, 65534, 65535, 65536]),
  (1, [0, 1, 65533, 65535, 65536]),
  (5, [0, 1, 458, 65075, 65534, 65535, 65536]),
  (10, [0, 1, 2, 6036, 59499, 65533, 65534, 65535, 65536]),
  (16, [0, 1, 2, 47, 1863, 17223, 48308, 63668, 65484, 65533, 65534, 65535, 65536]),
]

@Test(arguments: goldenRows)
func gaussianRowIsThatOfCompressAI(row: Int, entries: [Int32]) throws {
  let tables = try gaussian.get().tables
  #expect(Array(tables.quantizedCDF[(row * tables.width)...].prefix(Int(tables.lengths[row]))) == entries)
}

private let rowsOfScales: [(Float, Int32)] = [
  (0, 0), (-1, 0), (0.109, 0), (0.11, 0), (0.1100001, 1), (1, 18), (255.9, 63), (256, 63), (1e9, 63), (.infinity, 63), (.nan, 63),
]

@Test(arguments: rowsOfScales)
func scaleHasTheRowOfTheNextLargerOne(scale: Float, index: Int32) throws {
  #expect(try gaussian.get().index(ofScale: scale) == index)
}

@Test func impossibleScalesAreRefused() {
  for (scales, position) in [([0], 0), ([-1], 0), ([1, 1], 1), ([2, 1], 1), ([6000], 0), ([.infinity], 0)] as [([Float], Int)] {
    let error = thrownError { () throws(EntropyCodingError) in try GaussianTables(scales: scales) }
    #expect(error == .scale(position: position, value: scales[position]))
  }
  #expect(throws: EntropyCodingError.self) { try GaussianTables(scales: [.nan]) }
}

/// The quantiles of the normal distribution, from tables.
@Test(arguments: [(1e-9, 6.1094102), (0.05, 1.9599640), (0.5, 0.6744898), (1e-4, 3.8905919)] as [(Double, Float)])
func tailsHoldTheirMass(mass: Double, distance: Float) {
  #expect(abs(GaussianTables.tailDistance(mass: mass) - distance) < 1e-6)
}
