import Testing
import Torch

@Suite(.serialized) struct RuntimeTests {
  @Test func theVersionIsTheOneThatBenchpressoIsBuiltFor() throws {
    #expect(try Runtime.version().hasPrefix("2."))
    #expect(try !Runtime.cpuCapability().isEmpty)
  }

  @Test func theNumberOfThreadsCanBeSet() throws {
    let before = try Runtime.threads()
    defer { try? Runtime.setThreads(before) }
    try Runtime.setThreads(1)
    #expect(try Runtime.threads() == 1)
    #expect(throws: TorchError.self) { try Runtime.setThreads(0) }
  }

  @Test func settingsAreAccepted() throws {
    try Runtime.setDeterministic(true)
    try Runtime.setDeterministic(false)
    try Runtime.setMatmulPrecision("highest")
    #expect(throws: TorchError.self) { try Runtime.setMatmulPrecision("low") }
    try Runtime.synchronize(.cpu)
  }

  @Test func errorsAreOneSentence() {
    let table: [(error: TorchError, words: [String])] = [
      (.unavailable(reason: "no such file"), ["libtorch cannot be loaded", "no such file", "make setup"]),
      (.failed(operation: "aten::add", message: "first line\nsecond line"), ["aten::add: first line"]),
      (.elementType(expected: "float32", found: "int64"), ["float32", "int64"]),
      (.shape(operation: "item", expected: "of one element", found: [2]), ["item", "of one element", "[2]"]),
    ]
    for row in table {
      #expect(row.words.allSatisfy { "\(row.error)".contains($0) }, "\(row.error)")
      #expect(!"\(row.error)".contains("\n"))
    }
  }
}
