import Testing
import Training

@testable import Benchpresso

@Suite struct ProcessorShareTests {
  @Test(
    arguments: [
      // Processes on a machine, its processors, those that this process may use, OMP_NUM_THREADS, threads.
      (2, 8, 8, nil, 4), (3, 8, 8, "", 2), (16, 8, 8, nil, 1), (2, 8, 8, "1", nil), (2, 8, 4, nil, nil),
    ] as [(Int, Int, Int, String?, Int?)])
  func threadsOfAProcess(processes: Int, all: Int, available: Int, variable: String?, threads: Int?) throws {
    let variables = ["RANK": "0", "WORLD_SIZE": "\(processes)", "MASTER_ADDR": "a", "MASTER_PORT": "1"]
    let place = try #require(try ProcessPlace(variables))
    let environment = variable.map { ["OMP_NUM_THREADS": $0] } ?? [:]
    #expect(ProcessorShare.threads(for: place, environment: environment, available: available, all: all) == threads)
  }
}
