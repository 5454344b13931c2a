import EntropyCoding
import Testing

@Test func tablesKeepWhatTheyAreGiven() throws {
  let tables = try CodingTables(quantizedCDF: goldenRow + [0, 1000, 64000, 65536, 0, 0, 0], width: 7, lengths: [7, 4], offsets: [-2, -1])
  #expect(tables.count == 2)
  #expect(try makeTables([goldenRow, [0, 1000, 64000, 65536]], offsets: [-2, -1]) == tables)
  try tables.checkInvariants()
  #expect(try makeTables([], offsets: []).count == 0)
}

struct BrokenTables: Sendable {
  var entries: [Int32] = [0, 5, 65536, 0]
  var width = 4
  var lengths: [Int32] = [3]
  var offsets: [Int32] = [0]
  let error: EntropyCodingError
}

@Test(arguments: [
  BrokenTables(width: 3, error: .tableShape(entries: 4, width: 3, lengths: 1, offsets: 1)),
  BrokenTables(width: -4, error: .tableShape(entries: 4, width: -4, lengths: 1, offsets: 1)),
  BrokenTables(width: .max, lengths: [3, 3, 3], error: .tableShape(entries: 4, width: .max, lengths: 3, offsets: 1)),
  BrokenTables(offsets: [], error: .tableShape(entries: 4, width: 4, lengths: 1, offsets: 0)),
  BrokenTables(lengths: [1], error: .rowLength(row: 0, length: 1, width: 4)),
  BrokenTables(lengths: [5], error: .rowLength(row: 0, length: 5, width: 4)),
  BrokenTables(lengths: [.min], error: .rowLength(row: 0, length: Int(Int32.min), width: 4)),
  BrokenTables(entries: [1, 5, 65536, 0], error: .rowEnds(row: 0, first: 1, last: 65536)),
  BrokenTables(entries: [0, 5, 65535, 0], error: .rowEnds(row: 0, first: 0, last: 65535)),
  BrokenTables(entries: [0, 0, 65536, 0], error: .rowNotIncreasing(row: 0, column: 1)),
  BrokenTables(entries: [0, 70000, 65536, 0], error: .rowNotIncreasing(row: 0, column: 2)),
  BrokenTables(entries: [0, 5, 65536, 1], error: .rowPadding(row: 0, column: 3)),
  BrokenTables(entries: [0, 5, 6, 65536], lengths: [4], offsets: [.max], error: .rowOffset(row: 0, offset: Int(Int32.max))),
])
func brokenTablesAreRefused(_ broken: BrokenTables) {
  let error = thrownError { () throws(EntropyCodingError) in
    try CodingTables(quantizedCDF: broken.entries, width: broken.width, lengths: broken.lengths, offsets: broken.offsets)
  }
  #expect(error == broken.error)
}
