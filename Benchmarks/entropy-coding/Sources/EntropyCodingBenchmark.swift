import ArgumentParser
import BenchmarkClock
import EntropyCoding
import SafeFiles

/// Times the entropy coder alone with the tables of the Gaussians: a pass over the symbols of a file for each line of its input, answered as JSON.
///
/// The symbols are coded as one stream or as several of about the same length, each on a thread of its own, in each form of streams.
@main
struct EntropyCodingBenchmark: ParsableCommand {
  @Option(help: "A file of 32-bit numbers: the symbols.") var symbols: String
  @Option(help: "A file of 32-bit numbers: the table row of each symbol.") var indexes: String
  @Option(help: "A file for the streams, which the other side compares with its own; its name is followed by the number of the stream.")
  var stream: String
  @Option(help: "How many streams.") var streams = 1

  func run() throws {
    let tables = try GaussianTables().tables
    let (symbols, indexes) = (try Self.numbers(symbols), try Self.numbers(indexes))
    guard streams > 0, symbols.count == indexes.count, symbols.count >= streams else {
      throw ValidationError("the files must hold as many symbols as rows, and one at least for each of the \(streams) streams")
    }
    let bounds = (0...streams).map { $0 * symbols.count / streams }
    let symbolParts = zip(bounds, bounds.dropFirst()).map { Array(symbols[$0..<$1]) }
    let indexParts = zip(bounds, bounds.dropFirst()).map { Array(indexes[$0..<$1]) }
    func pass(_ form: StreamForm) throws -> (bytes: [[UInt8]], encode: Double, decode: Double) {
      let (bytes, encoding) = try Clock.measured {
        try ParallelParts.map(streams) { try RANS.encode(symbols: symbolParts[$0], indexes: indexParts[$0], tables: tables, form: form) }
      }
      let (decoded, decoding) = try Clock.measured {
        try ParallelParts.map(streams) { try RANS.decode(bytes[$0], indexes: indexParts[$0], tables: tables, form: form) }
      }
      guard decoded == symbolParts else { throw ValidationError("the decoded symbols differ from those that were coded") }
      return (bytes, encoding, decoding)
    }
    while readLine() != nil {
      let (plain, turns) = (try pass(.compatible), try pass(.interleaved))
      for (number, part) in plain.bytes.enumerated() { try AtomicFile.write(part, to: "\(stream)\(number)") }
      Answer.write([
        "bytes": plain.bytes.reduce(0) { $0 + $1.count }, "encode": plain.encode, "decode": plain.decode,
        "bytes_interleaved": turns.bytes.reduce(0) { $0 + $1.count }, "encode_interleaved": turns.encode,
        "decode_interleaved": turns.decode,
      ])
    }
  }

  private static func numbers(_ path: String) throws -> [Int32] {
    let bytes = try FileBytes.read(path)
    return bytes.withUnsafeBytes { raw in
      (0..<raw.count / 4).map { Int32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)) }
    }
  }
}
