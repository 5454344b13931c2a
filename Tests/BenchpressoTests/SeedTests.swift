import Benchpresso
import Configuration
import Testing

private struct Seeds: Settings {
  var seedEverything = Seed()
}

private func decode(_ text: String) throws -> (Seeds, SettingsContext) {
  let context = SettingsContext()
  return (
    SettingsDecoder.decode(Seeds.self, from: try ConfigurationFile.parse(text, source: "a.yaml"), path: "", context: context), context
  )
}

struct SeedTests {
  @Test(arguments: [
    ("", 42), ("seed_everything: 0", 0), ("seed_everything: 7", 7), ("seed_everything: 3.0", 3), ("seed_everything: 1e6", 1_000_000),
    ("seed_everything: true", 42),
    ("seed_everything: 4294967296", 4_294_967_296), ("seed_everything: 9223372036854775807", Int.max),
  ])
  func numbers(text: String, expected: Int) throws {
    let (seeds, context) = try decode(text)
    #expect(seeds.seedEverything.value == expected && seeds.seedEverything.node == Node(.int(expected)))
    #expect(context.problems.isEmpty && context.notes.isEmpty)
  }

  @Test(arguments: ["random", "false"])
  func aPickedOneIsTold(text: String) throws {
    let (seeds, context) = try decode("seed_everything: \(text)")
    #expect(context.notes.map(\.sentence) == ["the seed \(seeds.seedEverything.value) was picked and stands in the resolved configuration"])
    #expect(0...Int(UInt32.max) ~= seeds.seedEverything.value)
    let again = try decode("seed_everything: \(seeds.seedEverything.value)")
    #expect(again.0 == seeds && again.1.notes.isEmpty)
  }

  @Test(arguments: ["-1", "abc", "1.5", "null", "[1]", "1e300", ".nan", "-1e3", "9223372036854775808"])
  func othersAreRefused(text: String) throws {
    let problems = try decode("seed_everything: \(text)").1.problems
    #expect(problems.map(\.path) == ["seed_everything"])
    #expect(problems.first?.sentence.hasPrefix("expected an integer of at least 0, or random, found ") == true, "\(problems)")
  }

  @Test func noSeedLiesBelowZero() { #expect(Seed(-3).value == 0) }
}
