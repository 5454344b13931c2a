import Results
import Testing

@Suite struct MachineTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_769_903_999, "2026-01-31T23:59:59Z"),
  ])
  func datesAreISO8601(_ time: Int, _ expected: String) {
    #expect(Machine.date(time) == expected)
  }

  @Test func namesTheMachine() {
    #expect(!Machine.operatingSystem.isEmpty)
    #expect(!Machine.cpuModel.isEmpty)
    #expect(Machine.date() > "2026")
  }
}
