extension CodingTables {
  /// Checks what the coders rely on: shapes, lengths, ends, strict increase, zero padding and the 32-bit range of the values.
  ///
  /// - Throws: ``EntropyCodingError`` with the first row that breaks a rule.
  public func checkInvariants() throws(EntropyCodingError) {
    try Self.checkInvariants(quantizedCDF: quantizedCDF, width: width, lengths: lengths, offsets: offsets)
  }

  static func checkInvariants(quantizedCDF: [Int32], width: Int, lengths: [Int32], offsets: [Int32]) throws(EntropyCodingError) {
    let (entries, overflow) = lengths.count.multipliedReportingOverflow(by: width)
    guard width >= 0, !overflow, entries == quantizedCDF.count, offsets.count == lengths.count else {
      throw .tableShape(entries: quantizedCDF.count, width: width, lengths: lengths.count, offsets: offsets.count)
    }
    for row in lengths.indices {
      let length = Int(lengths[row])
      guard length >= 2, length <= width else { throw .rowLength(row: row, length: length, width: width) }
      try checkRow(row, entries: quantizedCDF[(row * width)..<((row + 1) * width)], length: length)
      // The last regular symbol, if there is one, has the value offset + length − 3.
      guard Int(offsets[row]) + max(length - 3, 0) <= Int(Int32.max) else { throw .rowOffset(row: row, offset: Int(offsets[row])) }
    }
  }

  private static func checkRow(_ row: Int, entries: ArraySlice<Int32>, length: Int) throws(EntropyCodingError) {
    let begin = entries.startIndex
    let first = entries[begin]
    let last = entries[begin + length - 1]
    guard first == 0, last == 65536 else { throw .rowEnds(row: row, first: Int(first), last: Int(last)) }
    for column in 1..<length where entries[begin + column] <= entries[begin + column - 1] {
      throw .rowNotIncreasing(row: row, column: column)
    }
    for column in length..<entries.count where entries[begin + column] != 0 {
      throw .rowPadding(row: row, column: column)
    }
  }
}
