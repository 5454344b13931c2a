import EntropyCodingFuzz
import Testing

@Test(arguments: [UInt64(1), 2])
func damagedDataIsRefusedOrDecodedToItself(seed: UInt64) throws {
  let tally = try Fuzzer(seed: seed).run(mutations: 2_500)
  #expect(tally.refused + tally.accepted == 2_500)
  #expect(tally.refused > 1_000)
  #expect(tally.accepted > 10)
}
