import EntropyCoding
import Testing

private let sentences: [(EntropyCodingError, String)] = [
  (.tableShape(entries: 4, width: 3, lengths: 1, offsets: 1), "entries must be lengths × columns"),
  (.rowLength(row: 3, length: 1, width: 4), "row 3 of the coding tables has length 1, which must be 2 to 4 (the table's width)"),
  (.rowNotIncreasing(row: 2, column: 5), "row 2 of the coding tables does not increase at column 5"),
  (.index(position: 4, value: 9, rows: 2), "table index 9 at position 4 names no row; the tables have 2 rows"),
  (.streamLength(3), "has 3 bytes; a stream has at least 8 and a multiple of 4, so this one is cut or damaged"),
  (.streamLength(8, least: 32), "has 8 bytes; a stream has at least 32 and a multiple of 4"),
  (.streamTooShort(symbols: 9, byteCount: 8), "has 8 bytes, which cannot hold the 9 symbols of the size that is announced"),
  (.streamEnded(position: 12), "ends before symbol 12; it is cut, damaged or of another model"),
  (.streamRest(words: 2), "8 bytes are left in the entropy-coded stream after its last symbol"),
  (.notContainer(name: "a.png"), "'a.png' is not a .bps file"),
  (
    .containerVersion(name: "a.bps", version: 9),
    "'a.bps' is a .bps file of version 9, and this program reads versions 1 to 5; use a newer program"
  ),
  (
    .containerStreamForm(name: "a.bps", form: 7),
    "the streams in 'a.bps' have the form 7, and this program reads the forms 0 to 1; use a newer program"
  ),
  (.containerCut(name: "a.bps", byteCount: 7), "'a.bps' ends too early, after 7 bytes"),
  (.containerTrailing(name: "a.bps", byteCount: 2), "'a.bps' has 2 bytes after its end"),
  (.containerChecksum(name: "a.bps", stored: 0xAB, computed: 1), "its checksum is 000000ab and its contents give 00000001"),
  (.containerField(name: "a.bps", field: .size), "'a.bps' cannot be a .bps file: width and height must be 1 to 16777216"),
]

@Test(arguments: sentences)
func errorsAreSentences(error: EntropyCodingError, part: String) {
  #expect(error.description.contains(part))
}
