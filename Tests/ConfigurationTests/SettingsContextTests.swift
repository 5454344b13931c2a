import Configuration
import Testing

@Suite struct SettingsContextTests {
  @Test func notesAreToldOnceAndProblemsInTheirOrder() {
    let context = SettingsContext()
    for _ in 0..<2 {
      context.note(.option("a"), path: "a", "b is taken")
      context.report(.option("a"), path: "a", "is wrong")
    }
    context.note(.option("a"), path: "a", "c is taken")
    #expect(context.notes.map(\.description) == ["--a: b is taken", "--a: c is taken"])
    #expect(context.problems.map(\.description) == ["--a: is wrong", "--a: is wrong"])
    #expect(ConfigurationError(context.problems).problems.count == 1)
  }
}
