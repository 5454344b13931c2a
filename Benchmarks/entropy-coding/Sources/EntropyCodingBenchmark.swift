import ArgumentParser
import EntropyCoding
import SafeFiles

/// Times the entropy coder alone with the tables of the Gaussians: a pass over the symbols of a file for each line of its input, answered as JSON.
@main
struct EntropyCodingBenchmark: ParsableCommand {
  @Option(help: "A file of 32-bit numbers: the symbols.") var symbols: String
  @Option(help: "A file of 32-bit numbers: the table row of each symbol.") var indexes: String
  @Option(help: "A file for the stream, which the other side compares with its own.") var stream: String

  func run() throws {
    let tables = try GaussianTables().tables
    let (symbols, indexes) = (try Self.numbers(symbols), try Self.numbers(indexes))
    while readLine() != nil {
      var bytes: [UInt8] = []
      var decoded: [Int32] = []
      let encoding = try Clock.seconds { bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables) }
      let decoding = try Clock.seconds { decoded = try RANS.decode(bytes, indexes: indexes, tables: tables) }
      guard decoded == symbols else { throw ValidationError("the decoded symbols differ from those that were coded") }
      try AtomicFile.write(bytes, to: stream)
      Clock.write("{\"bytes\": \(bytes.count), \"encode\": \(encoding), \"decode\": \(decoding)}")
    }
  }

  private static func numbers(_ path: String) throws -> [Int32] {
    let bytes = try FileBytes.read(path)
    return bytes.withUnsafeBytes { raw in
      (0..<raw.count / 4).map { Int32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)) }
    }
  }
}
