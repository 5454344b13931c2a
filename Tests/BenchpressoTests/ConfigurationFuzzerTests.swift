import ConfigurationFuzz
import Testing

@Test(arguments: [UInt64(1), 2])
func damagedConfigurationsAreUnderstoodOrRefusedWithASentence(seed: UInt64) throws {
  let folder = try TestFolder()
  let tally = try ConfigurationFuzzer(seed: seed, folder: folder.path).run(mutations: 200)
  #expect(tally.refused + tally.accepted == 200)
  #expect(tally.refused > 50 && tally.accepted > 20)
}
