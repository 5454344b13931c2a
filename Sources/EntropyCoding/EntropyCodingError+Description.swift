extension EntropyCodingError: CustomStringConvertible {
  /// One sentence with the place, the cause and, where there is one, the remedy.
  public var description: String {
    switch self {
    case .tableShape(let entries, let width, let lengths, let offsets):
      "the coding tables do not fit together: \(entries) entries of \(width) columns, \(lengths) lengths and \(offsets) offsets;"
        + " entries must be lengths × columns, and there must be one offset for each length"
    case .rowLength(let row, let length, let width):
      "row \(row) of the coding tables has length \(length), which must be 2 to \(width) (the table's width)"
    case .rowEnds(let row, let first, let last):
      "row \(row) of the coding tables runs from \(first) to \(last) and must run from 0 to 65536"
    case .rowNotIncreasing(let row, let column):
      "row \(row) of the coding tables does not increase at column \(column); every symbol needs a frequency of at least 1"
    case .rowPadding(let row, let column):
      "row \(row) of the coding tables has a value in column \(column), behind its length, where only zeros may stand"
    case .rowOffset(let row, let offset):
      "row \(row) of the coding tables begins at symbol \(offset), so that its last symbol leaves the 32-bit range"
    case .probabilityCount(let count):
      "a distribution needs 1 to 65536 probabilities and has \(count)"
    case .probability(let position, let value):
      "probability \(position) is \(value) and must be a number from 0 to less than 65536"
    case .probabilitiesVanish:
      "every probability of the distribution is below 1/131072, so that no symbol can be coded"
    case .scale(let position, let value):
      "scale \(position) is \(value); scales must be positive, increasing and small enough for 65535 symbols"
    case .indexCount(let symbols, let indexes):
      "\(symbols) symbols came with \(indexes) table indexes; there must be one index for each symbol"
    case .runCount(let symbols, let rows, let runLength):
      "\(symbols) symbols are not \(rows) table rows × \(runLength) symbols per row"
    case .index(let position, let value, let rows):
      "table index \(value) at position \(position) names no row; the tables have \(rows) rows"
    case .streamLength(let byteCount, let least):
      "the entropy-coded stream has \(byteCount) bytes; a stream has at least \(least) and a multiple of 4, so this one is cut or damaged"
    case .streamStart:
      "the entropy-coded stream begins with a state that no encoder leaves; it is damaged"
    case .streamTooShort(let symbols, let byteCount):
      "the entropy-coded stream has \(byteCount) bytes, which cannot hold the \(symbols) symbols of the size that is announced; it is damaged"
    case .streamEnded(let position):
      "the entropy-coded stream ends before symbol \(position); it is cut, damaged or of another model"
    case .streamEscape(let position):
      "the escape code of symbol \(position) has an impossible number of digits; the entropy-coded stream is damaged or of another model"
    case .streamSymbol(let position):
      "the value of symbol \(position) does not fit in 32 bits; the entropy-coded stream is damaged or of another model"
    case .streamRest(let words):
      "\(words * 4) bytes are left in the entropy-coded stream after its last symbol; it is damaged or of another model"
    case .streamState:
      "the entropy-coded stream does not end in the encoder's first state; it is damaged or of another model"
    case .notContainer(let name):
      "'\(name)' is not a .bps file: it does not begin with the bytes 'BPS' and a version"
    case .containerVersion(let name, let version):
      "'\(name)' is a .bps file of version \(version), and this program reads versions 1 to \(Container.newestVersion); use a newer program"
    case .containerStreamForm(let name, let form):
      "the streams in '\(name)' have the form \(form), and this program reads the forms 0 to \(StreamForm.allCases.count - 1); use a newer program"
    case .containerCut(let name, let byteCount):
      "'\(name)' ends too early, after \(byteCount) bytes: it is cut or damaged; copy it again from its source"
    case .containerTrailing(let name, let byteCount):
      "'\(name)' has \(byteCount) bytes after its end: it is damaged, or something was appended to it"
    case .containerChecksum(let name, let stored, let computed):
      "'\(name)' is damaged: its checksum is \(hexadecimal(stored)) and its contents give \(hexadecimal(computed))"
    case .containerField(let name, let field):
      "'\(name)' cannot be a .bps file: \(field.rule)"
    case .containerPixels(let name, let pixels, let maximum):
      "'\(name)' holds a padded picture of \(pixels) pixels, and at most \(maximum) are allowed here; --max-pixels allows more"
    }
  }

  private func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
