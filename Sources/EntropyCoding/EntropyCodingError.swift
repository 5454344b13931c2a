/// A table, a stream or a `.bps` file that cannot be used.
///
/// Positions count from 0. A position in a stream counts the symbols of all calls on one coder.
public enum EntropyCodingError: Error, Sendable, Equatable {
  /// The flat arrays of a table do not fit together.
  case tableShape(entries: Int, width: Int, lengths: Int, offsets: Int)
  /// A row has fewer than two entries or more than its table is wide.
  case rowLength(row: Int, length: Int, width: Int)
  /// A row does not run from 0 to 65536.
  case rowEnds(row: Int, first: Int, last: Int)
  /// A row does not increase strictly, so that a symbol has no probability.
  case rowNotIncreasing(row: Int, column: Int)
  /// The padding behind a row is not zero.
  case rowPadding(row: Int, column: Int)
  /// The values of a row leave the range of 32-bit integers.
  case rowOffset(row: Int, offset: Int)

  /// A distribution without symbols, or with more than 65536.
  case probabilityCount(Int)
  /// A probability that is negative, not a number or not below 65536.
  case probability(position: Int, value: Float)
  /// A distribution whose probabilities are all zero at 16 bits.
  case probabilitiesVanish
  /// A scale that is not positive, not increasing or too large for a table.
  case scale(position: Int, value: Float)

  /// The number of row indexes differs from the number of symbols.
  case indexCount(symbols: Int, indexes: Int)
  /// The number of symbols is not the number of rows times the run length.
  case runCount(symbols: Int, rows: Int, runLength: Int)
  /// An index names no row of the table.
  case index(position: Int, value: Int, rows: Int)

  /// A stream shorter than the states that it begins with or not made of whole 4-byte words.
  case streamLength(Int, least: Int = 8)
  /// The first words are no state that an encoder can leave.
  case streamStart
  /// So many symbols do not fit into the stream, however probable they are.
  case streamTooShort(symbols: Int, byteCount: Int)
  /// The stream ends before its last symbol.
  case streamEnded(position: Int)
  /// An escape code with more digits than a 32-bit symbol needs, or with leading zeros.
  case streamEscape(position: Int)
  /// An escape code whose value leaves the range of 32-bit integers.
  case streamSymbol(position: Int)
  /// Words are left after the last symbol.
  case streamRest(words: Int)
  /// The coder does not end in the state that the encoder began with.
  case streamState

  /// The file does not begin with the magic bytes.
  case notContainer(name: String)
  /// The file was written in a later version of the format.
  case containerVersion(name: String, version: Int)
  /// The streams of the file have a form that is not known here.
  case containerStreamForm(name: String, form: Int)
  /// The file ends inside a field.
  case containerCut(name: String, byteCount: Int)
  /// Bytes follow the end of the file's contents.
  case containerTrailing(name: String, byteCount: Int)
  /// The checksum does not agree with the contents.
  case containerChecksum(name: String, stored: UInt32, computed: UInt32)
  /// A field holds a value that no encoder writes.
  case containerField(name: String, field: Container.Field)
  /// The picture has more pixels than the caller allows.
  case containerPixels(name: String, pixels: Int, maximum: Int)
}
