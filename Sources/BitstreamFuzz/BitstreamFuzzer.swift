import Benchpresso
import Codecs
import EntropyCoding
import Images
import Mutations
import Results
import SafeFiles

/// Damages files and payloads of a tiny model and checks what decoding promises: the codec's own error, or a picture of the announced size,
/// in memory and time that are small.
package struct BitstreamFuzzer {
  /// How the mutations ended.
  package struct Tally: Sendable, Equatable {
    /// Mutations that were refused with an error.
    package var refused = 0
    /// Mutations that were decoded to a picture.
    package var accepted = 0
  }

  /// The names of the models that can be fuzzed.
  package static let models = FuzzedModel.names

  private let model: FuzzedModel
  private let seed: UInt64
  private let folder: String

  /// Prepares a fuzzer.
  ///
  /// - Parameters:
  ///   - model: one of ``models``.
  ///   - folder: an empty folder, for payloads without a container.
  package init(model: String, seed: UInt64, folder: String) throws {
    self.model = try FuzzedModel(model)
    self.seed = seed
    self.folder = folder
  }

  /// Tries mutations, each of which follows from the seed and its number, and counts how they ended.
  ///
  /// - Parameter observe: called before each mutation with its number.
  /// - Throws: ``BitstreamViolation`` at the first broken promise.
  package func run(mutations: Range<Int>, observe: (Int) -> Void = { _ in }) throws -> Tally {
    var tally = Tally()
    for number in mutations {
      observe(number)
      var mutator = Mutator(generator: SplitMix64(state: seed &* 0x1_0000_0001 &+ UInt64(number)))
      // Payloads without a container go through files, which take longer.
      let isAccepted = number % 5 == 4 ? try tryFolder(&mutator, number) : try tryFile(&mutator, number)
      if isAccepted { tally.accepted += 1 } else { tally.refused += 1 }
    }
    return tally
  }

  private func tryFile(_ mutator: inout Mutator, _ number: Int) throws -> Bool {
    let (file, other) = (pick(model.files, &mutator), pick(model.files, &mutator))
    let bytes: [UInt8]
    switch number % 5 {
    case 0: bytes = checksummed(mutator.mutate(file.encode(), with: other.encode()), if: Bool.random(using: &mutator.generator))
    case 1: bytes = try resized(file, payloads: file.payloads, &mutator).encode()
    case 2:
      let symbols: [Int32] = [0, 1, -1, 7, -300, 70_000, .max, .min]
      let count = Int.random(in: 1...symbols.count, using: &mutator.generator)
      let payloads = try model.payloads(of: file) { symbols[Int.random(in: 0..<count, using: &mutator.generator)] }
      bytes = try wrapped(payloads: payloads, of: file).encode()
    default: bytes = try wrapped(payloads: damaged(file.payloads, other.payloads, &mutator), of: file).encode()
    }
    let codec = Bool.random(using: &mutator.generator) ? model.codec : model.tiledCodec
    return try judge(number, bytes) {
      let image = try codec.decode(bytes, name: "fuzz").image
      let container = try Container(decoding: bytes, name: "fuzz")
      return (image, container.width, container.height)
    }
  }

  private func tryFolder(_ mutator: inout Mutator, _ number: Int) throws -> Bool {
    let (file, other) = (pick(model.files, &mutator), pick(model.files, &mutator))
    let size = Bool.random(using: &mutator.generator) ? (file.width, file.height) : (side(&mutator), side(&mutator))
    let shape = [(size.1 + 63) / 64 * (64 / model.sideMultiple), (size.0 + 63) / 64 * (64 / model.sideMultiple)]
    try PayloadFolder(path: folder).write(
      CompressAIPayloads(strings: damaged(file.payloads, other.payloads, &mutator), shape: shape, width: size.0, height: size.1))
    let facts = "\(folder)/shape.json"
    if Bool.random(using: &mutator.generator) {
      let text = try FileBytes.read(facts)
      try AtomicFile.write(mutator.mutate(text, with: text), to: facts)
    }
    return try judge(number, try FileBytes.read(facts)) {
      let payloads = try PayloadFolder(path: folder).read()
      return (try model.codec.decode(payloads, name: "fuzz"), payloads.width, payloads.height)
    }
  }

  private func judge(_ number: Int, _ bytes: [UInt8], _ decode: () throws -> (image: Image, width: Int, height: Int)) throws -> Bool {
    do {
      let (image, width, height) = try decode()
      guard (image.width, image.height) == (width, height), image.pixels.count == 3 * width * height else {
        throw BitstreamViolation(mutation: number, sentence: "the picture is not of the announced size", bytes: bytes)
      }
    } catch let error as BitstreamViolation {
      throw error
    } catch let error where error is CodecError || error is EntropyCodingError || error is PayloadFolderError {
      return try checkMemory(number, bytes, result: false)
    } catch {
      throw BitstreamViolation(mutation: number, sentence: "\(type(of: error)) is no error of damaged files: \(error)", bytes: bytes)
    }
    return try checkMemory(number, bytes, result: true)
  }

  private func checkMemory(_ number: Int, _ bytes: [UInt8], result: Bool) throws -> Bool {
    guard Machine.peakResidentBytes <= Self.memoryLimit else {
      throw BitstreamViolation(mutation: number, sentence: "the process took \(Machine.peakResidentBytes) bytes of memory", bytes: bytes)
    }
    return result
  }

  private static let memoryLimit = 2 << 30

  private func pick<Element>(_ elements: [Element], _ mutator: inout Mutator) -> Element {
    elements[Int.random(in: elements.indices, using: &mutator.generator)]
  }

  /// A side that a header can announce.
  private func side(_ mutator: inout Mutator) -> Int {
    let sides = [1, 2, 16, 64, 65, 1000, 4096, 8192, 60000, Container.maximumSide]
    return pick(sides, &mutator)
  }

  private func damaged(_ payloads: [[UInt8]], _ others: [[UInt8]], _ mutator: inout Mutator) -> [[UInt8]] {
    var payloads = payloads
    let place = Int.random(in: payloads.indices, using: &mutator.generator)
    payloads[place] = mutator.mutate(payloads[place], with: pick(others, &mutator))
    return payloads
  }

  private func wrapped(payloads: [[UInt8]], of file: Container) throws -> Container {
    try Container(
      modelIdentity: file.modelIdentity, weightsHash: file.weightsHash, arithmetic: file.arithmetic, tiling: file.tiling,
      streamForm: file.streamForm, ratePosition: file.ratePosition, width: file.width, height: file.height, padding: file.padding,
      latentShapes: file.latentShapes,
      payloads: payloads)
  }

  /// A file that announces another size in all its fields, so that only the payload can tell.
  private func resized(_ file: Container, payloads: [[UInt8]], _ mutator: inout Mutator) throws -> Container {
    let (width, height) = (side(&mutator), side(&mutator))
    let multiple = model.sideMultiple
    let padding = Container.Padding(right: (multiple - width % multiple) % multiple, bottom: (multiple - height % multiple) % multiple)
    let latent = Container.SpatialShape(height: (height + padding.bottom) / multiple, width: (width + padding.right) / multiple)
    return try Container(
      modelIdentity: file.modelIdentity, weightsHash: file.weightsHash, arithmetic: file.arithmetic, tiling: file.tiling,
      streamForm: file.streamForm, ratePosition: file.ratePosition, width: width, height: height, padding: padding, latentShapes: [latent],
      payloads: payloads)
  }

  private func checksummed(_ bytes: [UInt8], if isWanted: Bool) -> [UInt8] {
    guard isWanted, bytes.count >= 4 else { return bytes }
    let checksum = CRC32.checksum(bytes.dropLast(4))
    return bytes.dropLast(4) + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) }
  }
}

/// A promise of decoding that was broken.
package struct BitstreamViolation: Error, CustomStringConvertible {
  /// The number of the mutation, by which it can be made again.
  package let mutation: Int
  /// What happened.
  package let sentence: String
  /// The bytes that show it.
  package let bytes: [UInt8]

  /// All of it.
  package var description: String { "mutation \(mutation): \(sentence); bytes \(bytes)" }
}
