import ChildProcesses
import Foundation
import Testing

/// The tests of the benchmark suite's Python programs, which need no package.
@Suite(.enabled(if: BenchmarkSuiteTests.hasPython, "there is no python3"))
struct BenchmarkSuiteTests {
  static var hasPython: Bool { (try? ChildProcess("python3", ["--version"]).run().ending) == .exit(status: 0) }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func thePythonTestsPass() throws {
    let folder = Self.root.appendingPathComponent("Benchmarks/suite/tests").path
    // -B: no compiled files beside the sources.
    let tests = ChildProcess("python3", ["-B", "-m", "unittest", "discover", "-s", folder], timeLimit: .seconds(120))
    let result = try tests.run()
    let messages = String(decoding: result.messages, as: UTF8.self)
    #expect(result.ending == .exit(status: 0), "\(messages)")
    #expect(messages.contains("OK") && !messages.contains("Ran 0 tests"), "\(messages)")
  }
}
