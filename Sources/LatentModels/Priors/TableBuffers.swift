import EntropyCoding
import Torch
import Weights

/// The coder's tables as buffers of an entropy model's state, under CompressAI's names.
final class TableBuffers {
  private let offsets: Buffer  // [rows] of int32, empty before the tables are computed
  private let quantizedCDF: Buffer  // [rows, longest row]
  private let lengths: Buffer  // [rows]
  private var cache: (key: [Tensor], tables: CodingTables)?

  /// Creates the buffers without tables.
  init() throws(TorchError) {
    offsets = Buffer(try Tensor.empty([0], type: .int32))
    quantizedCDF = Buffer(try Tensor.empty([0], type: .int32))
    lengths = Buffer(try Tensor.empty([0], type: .int32))
  }

  /// The buffers under their names.
  var members: [Member] {
    [.buffer("_offset", offsets), .buffer("_quantized_cdf", quantizedCDF), .buffer("_cdf_length", lengths)]
  }

  /// Returns the tables.
  ///
  /// - Parameters:
  ///   - rows: the rows that the entropy model needs.
  ///   - unit: what a row is for, in the plural, for the error.
  /// - Throws: ``LatentModelError`` when there are none, or of another model; `EntropyCodingError` when they are none a coder can use.
  func tables(rows: Int, unit: String) throws -> CodingTables {
    let key = [quantizedCDF.tensor, lengths.tensor, offsets.tensor]
    if let cache, zip(cache.key, key).allSatisfy({ $0 === $1 }) { return cache.tables }
    guard key[1].count > 0 else { throw LatentModelError.tablesMissing }
    guard key[1].count == rows, key[0].shape.count == 2 else {
      throw LatentModelError.tablesOfAnotherModel(rows: key[1].count, expected: rows, unit: unit)
    }
    let tables = try CodingTables(
      quantizedCDF: key[0].elements(Int32.self), width: key[0].shape[1], lengths: key[1].elements(Int32.self),
      offsets: key[2].elements(Int32.self))
    cache = (key, tables)
    return tables
  }

  /// Replaces the tables.
  func set(_ tables: CodingTables) throws {
    offsets.tensor = try Tensor(tables.offsets, shape: [tables.count])
    lengths.tensor = try Tensor(tables.lengths, shape: [tables.count])
    quantizedCDF.tensor = try Tensor(tables.quantizedCDF, shape: [tables.count, tables.width])
  }
}
