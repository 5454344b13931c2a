import ChildProcesses
import EntropyCoding
import Images
import SafeFiles

/// Encoders and decoders of one set of weights under several circumstances, each in a process of its own.
struct Trial {
  let program: String
  /// This program, for the dumps of latents; nil leaves them out.
  let own: String?
  let weights: String
  let pictures: [String]
  let circumstances: [Circumstances]
  let folder: String

  /// What was found.
  struct Outcome {
    /// Encoder, decoder and picture: each is one pair.
    var pairs = 0
    /// Pairs of an encoder under the first circumstances and one under others, and a picture.
    var encoders = 0
    /// Those that wrote other payloads than the first.
    var otherPayloads = 0
    /// Pairs in which the decoder refused the file.
    var refused = 0
    /// Refused pairs whose error names what the file was written with.
    var named = 0
    /// Pairs in which the picture is not that of a decoder under the encoder's circumstances.
    var otherPictures = 0
    /// The largest difference of two samples of them.
    var largestDifference = 0
    /// Elements of y whose table was compared, and those whose table differed.
    var tables = 0
    var otherTables = 0
    /// Elements of ŷ that were compared, those that were decoded to another whole number, and the largest difference of the others.
    var elements = 0
    var otherElements = 0
    var drift: Float = 0
    /// The circumstances between which something differed.
    var notes: [String] = []
  }

  /// A file with the circumstances of those who wrote its payloads.
  private struct Coded {
    let container: Container
    let file: String
    var encoders: [Circumstances]
  }

  func run() throws -> Outcome {
    var outcome = Outcome()
    let coded = try encode(into: &outcome)
    // Files of several pictures are decoded together, and apart where that fails.
    let firsts = coded.map { $0[0].file }
    let together = try circumstances.map { try decode(firsts, $0) }
    for (picture, files) in coded.enumerated() {
      outcome.otherPayloads += files.dropFirst().reduce(0) { $0 + $1.encoders.count }
      for (number, file) in files.enumerated() {
        let decoded = try circumstances.indices.map { index in
          number == 0 ? together[index]?[picture] : try decode([file.file], circumstances[index])?[0]
        }
        try judge(file, decoded, into: &outcome)
      }
    }
    return outcome
  }

  /// For each picture the files with different payloads.
  private func encode(into outcome: inout Outcome) throws -> [[Coded]] {
    var coded: [[Coded]] = pictures.map { _ in [] }
    for (index, own) in circumstances.enumerated() {
      let output = "\(folder)/coded-\(index)"
      try Folder.create(output)
      let files = pictures.map { "\(output)/\(Self.stem($0)).bps" }
      let words = [program, "encode", "--weights", weights, "--threads", "\(own.threads)"] + pictures
      let result = try child(own, words + ["-o", pictures.count == 1 ? files[0] : output])
      guard result.isSuccess else { throw TrialFailure(description: "encoding failed: \(result.messagesText)") }
      for (picture, file) in files.enumerated() {
        let container = try Container(decoding: FileBytes.read(file), name: file)
        outcome.encoders += 1
        if let known = coded[picture].firstIndex(where: { $0.container.payloads == container.payloads }) {
          coded[picture][known].encoders.append(own)
        } else {
          coded[picture].append(Coded(container: container, file: file, encoders: [own]))
        }
      }
    }
    return coded
  }

  /// The pictures of files; nil when the program refuses one.
  private func decode(_ files: [String], _ own: Circumstances) throws -> [Image]? {
    let output = "\(folder)/decoded"
    try Folder.create(output)
    let pictures = files.map { "\(output)/\(Self.stem($0)).png" }
    let words = [program, "decode", "--weights", weights, "--threads", "\(own.threads)"] + files
    let result = try child(own, words + ["-o", files.count == 1 ? pictures[0] : output])
    switch result.ending {
    case .exit(status: 0): return try pictures.map { try ImageFile.read($0) }
    case .exit(status: 1): return nil
    default: throw TrialFailure(description: "decoding \(result.ending): \(result.messagesText)")
    }
  }

  /// The error with which a file is refused.
  private func message(_ file: String, _ own: Circumstances) throws -> String {
    let words = [program, "decode", "--weights", weights, "--threads", "\(own.threads)", file, "\(folder)/none.png"]
    return try child(own, words).messagesText
  }

  private func judge(_ coded: Coded, _ known: [Image?], into outcome: inout Outcome) throws {
    var decoded = known
    var dumps: [(Circumstances, [Int32], [Float])] = []
    for (index, own) in circumstances.enumerated() {
      if decoded[index] == nil { decoded[index] = try decode([coded.file], own)?[0] }
      if decoded[index] == nil {
        let message = try message(coded.file, own)
        outcome.notes.append("\(coded.encoders[0]) to \(own): \(message)")
        if message.contains("was written with") { outcome.named += coded.encoders.count }
      }
      if let dump = try latents(own, of: coded.file, number: index) { dumps.append((own, dump.0, dump.1)) }
    }
    for encoder in coded.encoders {
      guard let index = circumstances.firstIndex(of: encoder), let expected = decoded[index] else {
        throw TrialFailure(description: "\(encoder) cannot decode its own file \(coded.file)")
      }
      for image in decoded {
        outcome.pairs += 1
        guard let image else {
          outcome.refused += 1
          continue
        }
        let difference = zip(image.pixels, expected.pixels).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
        if difference > 0 { outcome.otherPictures += 1 }
        outcome.largestDifference = max(outcome.largestDifference, difference)
      }
    }
    compare(dumps, with: coded.encoders[0], into: &outcome)
  }

  private func compare(_ dumps: [(Circumstances, [Int32], [Float])], with encoder: Circumstances, into outcome: inout Outcome) {
    guard let expected = dumps.first(where: { $0.0 == encoder }) else { return }
    for (own, rows, latent) in dumps where own != encoder {
      outcome.tables += rows.count
      let others = zip(rows, expected.1).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
      outcome.otherTables += others
      if others > 0 { outcome.notes.append("\(encoder) to \(own): \(others) of \(rows.count) elements have another table") }
      outcome.elements += latent.count
      for (found, wanted) in zip(latent, expected.2) where found != wanted {
        let difference = abs(found - wanted)
        if difference < 0.5 { outcome.drift = max(outcome.drift, difference) } else { outcome.otherElements += 1 }
      }
    }
  }

  /// The tables and the latent that a decoder finds; nothing where it refuses the file.
  private func latents(_ own: Circumstances, of file: String, number: Int) throws -> ([Int32], [Float])? {
    guard let dumper = self.own else { return nil }
    let output = "\(file).\(number)"
    let words = [dumper, "latents", "--weights", weights, "--threads", "\(own.threads)", "--output", output, file]
    let result = try child(own, words)
    // The tables are written before the latent is decoded; a factorized prior has none.
    let rows: [Int32] = (try? Self.numbers("\(output).rows")) ?? []
    return (rows, result.isSuccess ? try Self.numbers("\(output).latent") : [])
  }

  private static func numbers<Number: BitwiseCopyable>(_ path: String) throws -> [Number] {
    try FileBytes.read(path).withUnsafeBytes { Array($0.bindMemory(to: Number.self)) }
  }

  private func child(_ own: Circumstances, _ words: [String]) throws -> ChildProcessResult {
    try ChildProcess("env", own.environment + words, timeLimit: .seconds(600)).run()
  }

  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return String(name.prefix { $0 != "." })
  }
}

/// A command that should have worked and did not.
struct TrialFailure: Error, CustomStringConvertible {
  let description: String
}
