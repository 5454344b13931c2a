import EntropyCoding
import Testing

@Test func checksumsAreThoseOfTheStandard() {
  #expect(CRC32.checksum([]) == 0)
  // The check value that the catalogue of CRC algorithms gives for this polynomial.
  #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
}
