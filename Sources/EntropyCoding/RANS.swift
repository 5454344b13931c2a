/// Entropy coding of symbols that are all at hand, byte-compatible with CompressAI in the form ``StreamForm/compatible``.
///
/// Bégaint et al., "CompressAI", 2020. Precision 16 bits, 64-bit state, 32-bit words, escapes in units of 4 bits. No symbols make a stream of 8 bytes, in the
/// interleaved form of 32.
public enum RANS {
  /// Returns the stream of `symbols`, each coded with the table row that its index names.
  ///
  /// - Throws: ``EntropyCodingError`` when the counts differ or an index names no row.
  public static func encode(
    symbols: [Int32], indexes: [Int32], tables: CodingTables, form: StreamForm = .compatible
  ) throws(EntropyCodingError) -> [UInt8] {
    try symbols.withUnsafeBufferPointer { (symbols) throws(EntropyCodingError) -> [UInt8] in
      try indexes.withUnsafeBufferPointer { (indexes) throws(EntropyCodingError) -> [UInt8] in
        try encode(symbols: symbols, indexes: indexes, tables: tables, form: form)
      }
    }
  }

  /// Returns the stream of `symbols`, each coded with the table row that its index names.
  ///
  /// - Throws: ``EntropyCodingError`` when the counts differ or an index names no row.
  public static func encode(
    symbols: UnsafeBufferPointer<Int32>, indexes: UnsafeBufferPointer<Int32>, tables: CodingTables, form: StreamForm = .compatible
  ) throws(EntropyCodingError) -> [UInt8] {
    try RowChoice.listed(indexes).check(symbolCount: symbols.count, tables: tables)
    return try tables.withView { (view) throws(EntropyCodingError) -> [UInt8] in
      encodeBackwards(symbols, rows: ReversedRows(indexes), view: view, form: form)
    }
  }

  /// Returns the stream of `symbols`, of which each run of `runLength` uses the next table row, as channels of a tensor do.
  ///
  /// - Throws: ``EntropyCodingError`` when there are not `runLength` symbols for each row.
  public static func encode(
    symbols: [Int32], runLength: Int, tables: CodingTables, form: StreamForm = .compatible
  ) throws(EntropyCodingError) -> [UInt8] {
    try symbols.withUnsafeBufferPointer { (symbols) throws(EntropyCodingError) -> [UInt8] in
      try encode(symbols: symbols, runLength: runLength, tables: tables, form: form)
    }
  }

  /// Returns the stream of `symbols`, of which each run of `runLength` uses the next table row, as channels of a tensor do.
  ///
  /// - Throws: ``EntropyCodingError`` when there are not `runLength` symbols for each row.
  public static func encode(
    symbols: UnsafeBufferPointer<Int32>, runLength: Int, tables: CodingTables, form: StreamForm = .compatible
  ) throws(EntropyCodingError) -> [UInt8] {
    try RowChoice.runs(runLength).check(symbolCount: symbols.count, tables: tables)
    return try tables.withView { (view) throws(EntropyCodingError) -> [UInt8] in
      let rows = RunRows(runLength: runLength, row: tables.count - 1, remaining: runLength, step: -1)
      return encodeBackwards(symbols, rows: rows, view: view, form: form)
    }
  }

  /// Returns the symbols of a whole stream, one for each index of a table row.
  ///
  /// - Throws: ``EntropyCodingError`` when an index names no row, or when the stream is cut, damaged or longer than its symbols.
  public static func decode(
    _ bytes: [UInt8], indexes: [Int32], tables: CodingTables, form: StreamForm = .compatible
  ) throws(EntropyCodingError) -> [Int32] {
    var decoder = try RANSDecoder(bytes, form: form)
    let symbols = try decoder.decode(indexes: indexes, tables: tables)
    try decoder.finish()
    return symbols
  }

  /// Returns the symbols of a whole stream, `runLength` for each table row in turn, as channels of a tensor do.
  ///
  /// - Throws: ``EntropyCodingError`` when the run length is impossible, or when the stream is cut, damaged or longer than its symbols.
  public static func decode(
    _ bytes: [UInt8], runLength: Int, tables: CodingTables, form: StreamForm = .compatible
  ) throws(EntropyCodingError) -> [Int32] {
    var decoder = try RANSDecoder(bytes, form: form)
    let symbols = try decoder.decode(runLength: runLength, tables: tables)
    try decoder.finish()
    return symbols
  }

  /// `rows` runs backwards, too: the last symbol is coded first.
  private static func encodeBackwards(
    _ symbols: UnsafeBufferPointer<Int32>, rows: some RowSequence, view: CodingTables.View, form: StreamForm
  ) -> [UInt8] {
    var writer = RANSWriter(symbolCount: symbols.count, form: form)
    writer.write(symbols, rows: rows, view: view)
    return writer.bytes
  }
}
