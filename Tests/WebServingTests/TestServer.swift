import Foundation

/// A server that runs in a process of its own as long as this lives.
final class TestServer {
  /// What the process says instead of an address.
  struct Failure: Error {
    let text: String
  }

  let address: String
  let port: UInt16
  let isLoopback: Bool
  private let process = Process()
  private let input = Pipe()

  /// Starts one, on a free port unless one is named.
  init(host: String = "127.0.0.1", port: UInt16 = 0) throws {
    process.executableURL = Self.program
    process.arguments = [host, "\(port)"]
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    var line: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 10 { line.append(byte) }
    let text = String(decoding: line, as: UTF8.self)
    let words = text.split(separator: " ")
    guard words.count == 3, let bound = UInt16(words[1]) else {
      throw Failure(text: text.hasPrefix("error: ") ? String(text.dropFirst(7)) : text)
    }
    (address, self.port, isLoopback) = (String(words[0]), bound, words[2] == "true")
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Built beside the tests.
  private static let program: URL = {
    #if os(macOS)
      let bundles = Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") }
      let folder = (bundles.first ?? Bundle.main).bundleURL.deletingLastPathComponent()
    #else
      let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    #endif
    return folder.appendingPathComponent("WebServingTestServer")
  }()
}
