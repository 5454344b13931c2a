import ChildProcesses
import Foundation
import Testing

/// The tests of the benchmark suite's Python programs, which need no package.
struct BenchmarkSuiteTests {
  @Test(.enabled(if: Python.isThere, "there is no python3")) func thePythonTestsPass() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    // -B: no compiled files beside the sources.
    let words = ["-B", "-m", "unittest", "discover", "-s", root.appendingPathComponent("Benchmarks/suite/tests").path]
    let result = try ChildProcess("python3", words, timeLimit: .seconds(120)).run()
    let messages = String(decoding: result.messages, as: UTF8.self)
    #expect(result.ending == .exit(status: 0), "\(messages)")
    #expect(messages.contains("OK") && !messages.contains("Ran 0 tests"), "\(messages)")
  }
}
