import ArgumentParser
import ChildProcesses
import Measuring
import Results

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process that measures, asked line by line by `benchpresso measure`.
struct MeasureProcess: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "__measure", abstract: "Measure what standard input asks for.", shouldDisplay: false)

  @Option var memoryLimit: Int?

  func run() throws {
    try Failure.reported {
      if let memoryLimit { _ = Machine.limitMemory(toBytes: memoryLimit) }
      // What libraries print must not get among the answers.
      let answers = dup(STDOUT_FILENO)
      dup2(STDERR_FILENO, STDOUT_FILENO)
      var loop = MeasuringLoop { try SubjectFactory.open($0, threads: $1) }
      loop.run(reading: { readLine() }) { line in
        Console.write(line + "\n", to: answers)
      }
    }
  }

  /// The program itself, called for this.
  static func process(memoryLimit: Int?) -> ChildProcess {
    ChildProcess(Self.program, [configuration.commandName ?? ""] + (memoryLimit.map { ["--memory-limit", "\($0)"] } ?? []))
  }

  private static var program: String {
    #if canImport(Darwin)
      CommandLine.arguments[0]
    #else
      "/proc/self/exe"
    #endif
  }
}
