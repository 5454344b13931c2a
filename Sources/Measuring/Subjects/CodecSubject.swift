import ChildProcesses
public import Codecs
import Images
import Results

/// A classical codec that is timed, in this process or as programs.
///
/// The times of programs contain their start and their reading and writing of files. How long a program takes to start and do nothing else is
/// measured beside them, by asking it for its version.
public final class CodecSubject: MeasuringSubject {
  /// What results say about it.
  public let facts: SubjectFacts
  private let codec: any AnchorCodec
  private var pictures: CellPictures?

  /// Creates a subject.
  ///
  /// - Throws: `ToolCodecError` when a program is not there.
  public init(_ codec: any AnchorCodec) throws {
    self.codec = codec
    facts = SubjectFacts(versions: try codec.versions())
  }

  /// Makes the pictures.
  public func prepare(_ cell: MeasuringCell) throws -> CellFacts {
    guard cell.what != .transform else { throw MeasuringError.noTransforms(model: codec.identity) }
    let facts = CellFacts(memoryBeforeBytes: Machine.residentBytes)
    pictures = try CellPictures(cell)
    return facts
  }

  /// Encodes and decodes the batch of a round, one picture after the other.
  public func measure(round: Int) throws -> Repetition {
    guard let batch = pictures?.batch(round: round) else { throw MeasuringError.notPrepared }
    let coded = try codec.encode(batch)
    let decoded = try codec.decode(coded.map(\.file), name: "the measured file")
    var repetition = Repetition(
      encoding: coded.reduce(0) { $0 + $1.seconds }, decoding: decoded.reduce(0) { $0 + $1.seconds })
    repetition.payloadBits = coded.reduce(0) { $0 + $1.payloadByteCount * 8 }
    if let tool = codec as? ToolCodec {
      let count = Double(batch.count)
      repetition.encodingStart = try Self.start(of: tool.encoder.program).map { $0 * count }
      repetition.decodingStart = try Self.start(of: tool.decoder.program).map { $0 * count }
    }
    return repetition
  }

  /// The seconds that a program takes to say its version; nil where it cannot.
  private static func start(of program: ToolProgram) throws -> Double? {
    guard !program.versionArguments.isEmpty else { return nil }
    let process = ChildProcess(try program.path(), program.versionArguments, timeLimit: .seconds(10), outputLimit: 16384)
    let clock = Stopwatch()
    _ = try process.run()
    return clock.seconds
  }
}
