import EntropyCoding
import Mutations

/// A promise that the coder broke.
package struct FuzzViolation: Error, CustomStringConvertible {
  /// What happened in which mutation, and the bytes that show it.
  package let description: String
}

/// Damages valid data and checks what the decoders promise: they throw their own error, or they return what encodes to the same bytes.
package struct Fuzzer {
  /// How the mutations ended.
  package struct Tally: Sendable, Equatable {
    /// Mutations that a decoder refused with an error.
    package var refused = 0
    /// Mutations that were decoded.
    package var accepted = 0
  }

  private var mutator: Mutator
  private let corpus: FuzzCorpus

  /// Creates a fuzzer whose mutations `seed` determines.
  package init(seed: UInt64) throws {
    var generator = SplitMix64(state: seed)
    corpus = try FuzzCorpus(generator: &generator)
    mutator = Mutator(generator: generator)
  }

  /// Tries mutations and counts how they ended.
  ///
  /// - Throws: ``FuzzViolation`` at the first broken promise.
  package func run(mutations: Int) throws -> Tally {
    var mutator = mutator
    var tally = Tally()
    for mutation in 0..<mutations {
      let accepted =
        switch mutation % 4 {
        case 0, 1: try tryStream(&mutator, mutation: mutation)
        case 2: try tryContainer(&mutator, mutation: mutation)
        default: try tryTables(&mutator, mutation: mutation)
        }
      if accepted { tally.accepted += 1 } else { tally.refused += 1 }
    }
    return tally
  }

  private func pick<Element>(_ elements: [Element], _ mutator: inout Mutator) -> Element {
    elements[Int.random(in: elements.indices, using: &mutator.generator)]
  }

  private func tryStream(_ mutator: inout Mutator, mutation: Int) throws -> Bool {
    let stream = pick(corpus.streams, &mutator)
    let bytes = mutator.mutate(stream.bytes, with: pick(corpus.streams, &mutator).bytes)
    return try check(bytes, as: stream, mutation: mutation)
  }

  /// Decodes in one call and in two, which must agree, and encodes again.
  private func check(_ bytes: [UInt8], as stream: CorpusStream, tables: CodingTables? = nil, mutation: Int) throws -> Bool {
    let (indexes, form) = (stream.indexes, stream.form)
    let tables = tables ?? stream.tables
    let whole = Result { () throws(EntropyCodingError) in try RANS.decode(bytes, indexes: indexes, tables: tables, form: form) }
    let parts = Result { () throws(EntropyCodingError) -> [Int32] in
      var decoder = try RANSDecoder(bytes, form: form)
      let head = try decoder.decode(indexes: Array(indexes.prefix(indexes.count / 3)), tables: tables)
      let tail = try decoder.decode(indexes: Array(indexes.dropFirst(indexes.count / 3)), tables: tables)
      try decoder.finish()
      return head + tail
    }
    guard whole == parts else { throw violation("one call gives \(whole) and two calls give \(parts)", mutation, bytes) }
    guard case .success(let symbols) = whole else { return false }
    let again = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables, form: form)
    guard again == bytes else { throw violation("an accepted stream encodes to other bytes", mutation, bytes) }
    return true
  }

  /// Half of the containers get a right checksum, so that what lies behind it is reached.
  private func tryContainer(_ mutator: inout Mutator, mutation: Int) throws -> Bool {
    var bytes = mutator.mutate(pick(corpus.containers, &mutator), with: pick(corpus.containers, &mutator))
    if bytes.count >= 4, Bool.random(using: &mutator.generator) {
      let checksum = CRC32.checksum(bytes.dropLast(4))
      bytes.replaceSubrange((bytes.count - 4)..., with: (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) })
    }
    guard let container = try? Container(decoding: bytes, name: "fuzz") else { return false }
    guard container.encode() == bytes else { throw violation("an accepted container encodes to other bytes", mutation, bytes) }
    for payload in container.payloads {
      let stream = pick(corpus.streams, &mutator)
      _ = try check(payload, as: stream, mutation: mutation)
    }
    return true
  }

  /// Changes entries, lengths, offsets and shape of valid tables; those that are accepted must code.
  private func tryTables(_ mutator: inout Mutator, mutation: Int) throws -> Bool {
    let stream = pick(corpus.streams, &mutator)
    var arrays = [stream.tables.quantizedCDF, stream.tables.lengths, stream.tables.offsets]
    let values: [Int32] = [.min, -1, 0, 1, 2, 3, 7, 65535, 65536, 65537, .max]
    for _ in 0..<Int.random(in: 1...2, using: &mutator.generator) {
      let array = Int.random(in: arrays.indices, using: &mutator.generator)
      let place = Int.random(in: arrays[array].indices, using: &mutator.generator)
      switch Int.random(in: 0..<8, using: &mutator.generator) {
      case 0: arrays[array].remove(at: place)
      case 1: arrays[array].insert(pick(values, &mutator), at: place)
      case 2: arrays[array][place] = pick(values, &mutator)
      default: arrays[array][place] &+= Int32.random(in: -2...2, using: &mutator.generator)
      }
    }
    let width = Int.random(in: 0..<9, using: &mutator.generator) == 0 ? Int(pick(values, &mutator)) : stream.tables.width
    let candidate = try? CodingTables(quantizedCDF: arrays[0], width: width, lengths: arrays[1], offsets: arrays[2])
    guard let tables = candidate else { return false }
    let symbols = stream.indexes.map { _ in pick(values, &mutator) }
    let bytes = try RANS.encode(symbols: symbols, indexes: stream.indexes, tables: tables, form: stream.form)
    guard try RANS.decode(bytes, indexes: stream.indexes, tables: tables, form: stream.form) == symbols else {
      throw violation("accepted tables do not give the symbols back", mutation, bytes)
    }
    _ = try check(stream.bytes, as: stream, tables: tables, mutation: mutation)
    return true
  }

  private func violation(_ sentence: String, _ mutation: Int, _ bytes: [UInt8]) -> FuzzViolation {
    FuzzViolation(description: "mutation \(mutation): \(sentence); bytes \(bytes)")
  }
}
