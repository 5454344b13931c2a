import ModelRegistry
import Testing

struct CardFileTests {
  private func card(_ text: String) throws -> CardFile { try CardFile([UInt8](text.utf8), path: "m.card.md") }

  @Test func aCardComesBack() throws {
    let card = try card(Sample.card)
    #expect(card.settings.name == "small factorized prior" && card.settings.training.steps == 7 && card.text.contains("It codes pictures."))
    let again = try self.card(try card.markdown())
    #expect(again.settings == card.settings && again.text == card.text)
  }

  @Test(arguments: [
    ("lambda: 0.013", "lambda: -1", "m.card.md:5:9: lambda: must be positive"), ("licence: CC0-1.0", "", "licence: is missing"),
    ("authors: [A. Author]", "authors: []", "authors: is missing"), ("date: 2026-11-25", "date: tomorrow", "must be a day such as"),
    ("date: 2026-11-25", "date: 2026-13-25", "must be a day such as"),
    ("card: benchpresso.card/1", "card: 2", "must be benchpresso.card/1"),
    ("tags: [paper]", "wieghts: x", "did you mean 'weights'"), ("tags: [paper]", "weights: 12ab", "must be a SHA-256 of 64"),
    ("steps: 7", "steps: seven", "training.steps"), ("data: ten photographs, ", "", "data is missing"),
    ("# A small model\n\nIt codes pictures.", " ", "nothing stands below the front matter"),
    ("---\ncard", "card", "without a front matter"),
    ("tags: [paper]", "tags: [paper", "m.card.md:"),
  ])
  func whatIsWrongIsSaid(part: String, change: String, sentence: String) throws {
    let text = Sample.card.replacing(part, with: change)
    #expect(text != Sample.card)
    #expect { try card(text) } throws: { "\($0)".contains(sentence) || Comment.show($0) }
  }

  /// The error in the test's report where it is another one.
  private enum Comment {
    static func show(_ error: any Error) -> Bool {
      Issue.record("\(error)")
      return false
    }
  }
}
