import EntropyCoding
import Torch
import Weights

/// A writer of whole numbers that have one of a set of tables each.
final class TableEncoder: ElementEncoder {
  private let tables: CodingTables
  private let rows: (_ parameters: Tensor) throws -> Tensor
  private var symbols: [Int32] = []
  private var indexes: [Int32] = []

  /// - Parameter rows: returns the row of the table of each element, int32, for `[1, P·E]` parameters.
  init(tables: CodingTables, rows: @escaping (_ parameters: Tensor) throws -> Tensor) {
    self.tables = tables
    self.rows = rows
  }

  func append(_ symbols: Tensor, parameters: Tensor) throws {
    try symbols.withElements(Int32.self) { self.symbols.append(contentsOf: $0) }
    try rows(parameters).withElements(Int32.self) { indexes.append(contentsOf: $0) }
  }

  func finish() throws -> [UInt8] { try RANS.encode(symbols: symbols, indexes: indexes, tables: tables) }
}

/// A reader of whole numbers that have one of a set of tables each.
final class TableDecoder: ElementDecoder {
  private let tables: CodingTables
  private let rows: (_ parameters: Tensor) throws -> Tensor
  private var decoder: RANSDecoder

  /// - Parameter rows: returns the row of the table of each element, int32, for `[1, P·E]` parameters.
  init(_ stream: [UInt8], tables: CodingTables, rows: @escaping (_ parameters: Tensor) throws -> Tensor) throws {
    decoder = try RANSDecoder(stream)
    self.tables = tables
    self.rows = rows
  }

  func next(parameters: Tensor) throws -> Tensor {
    let rows = try rows(parameters)
    return try rows.withElements(Int32.self) { indexes in
      try Tensor.make(Int32.self, shape: [1, rows.count]) { symbols in
        try decoder.decode(into: symbols, indexes: indexes, tables: tables)
      }
    }
  }

  func finish() throws { try decoder.finish() }
}
