import CTorch
import Synchronization
import Weights

/// Convolutions that are cut into pieces by their output channels, which several threads compute, each piece on one thread.
///
/// Transposed ones are not: of some numbers of channels oneDNN gives a piece other last bits than the whole, and files of before could not be read.
///
/// What several threads compute together can differ in the last bits from what one computes. Where pieces are cut follows from shapes alone, so that the
/// numbers depend neither on how many threads there are nor on which of them computes what.
package enum ConvolutionPieces {
  /// How many threads take pieces; nil where nothing is cut.
  @TaskLocal static var threads: Int?

  /// The multiply–accumulates below which a convolution stays whole.
  static let least = 1 << 24
  /// The least channels of a piece, or so, and how many pieces there are at most.
  static let leastChannels = 32
  static let most = 4

  /// Runs `body` with operators that use one thread, and convolutions of one picture whose pieces use as many as operators did before.
  package static func run<Result>(_ body: () throws -> Result) throws -> Result {
    let count = try threads ?? Runtime.threads()
    return try $threads.withValue(count) { try Runtime.withOneThread(body) }
  }

  /// Returns the convolution of a picture; nil where it is not cut.
  static func convolved(_ input: Tensor, weight: Tensor, bias: Tensor?, stride: Int, padding: Int) throws(TorchError) -> Tensor? {
    guard let threads, takes(input), weight.shape.count == 4 else { return nil }
    let (shape, kernel) = (input.shape, weight.shape)
    let sides = [2, 3].map { (shape[$0] + 2 * padding - kernel[$0]) / stride + 1 }
    let ranges = ranges(outputs: kernel[0], multiplyAccumulates: weight.count * sides[0] * sides[1])
    guard ranges.count > 1 else { return nil }
    let output = try Tensor.empty([1, kernel[0]] + sides)
    let pieces = try ranges.map { (range) throws(TorchError) -> Piece in
      let (weight, bias) = (try part(weight, 0, range), try elements(bias, range))
      return Piece(place: try part(output, 1, range)) { () throws(TorchError) -> Tensor in
        try Operators.convolution(input, weight, bias, [stride, stride], [padding, padding], [1, 1], 1)
      }
    }
    try run(pieces, threads: threads)
    return output
  }

  /// Returns the channels of the pieces; one range where a convolution stays whole.
  ///
  /// Cuts lie at multiples of 16, the channels of a register.
  static func ranges(outputs: Int, multiplyAccumulates: Int) -> [Range<Int>] {
    let pieces = multiplyAccumulates < least ? 1 : max(min(most, outputs / leastChannels), 1)
    let ends = (1..<pieces).map { outputs * $0 / pieces / 16 * 16 } + [outputs]
    return zip([0] + ends, ends).map { $0..<$1 }
  }

  private static func takes(_ input: Tensor) -> Bool {
    input.device == .cpu && input.elementType == .float32 && input.shape.count == 4 && input.shape[0] == 1 && input.isContiguous
  }

  private static func part(_ tensor: Tensor, _ dimension: Int, _ range: Range<Int>) throws(TorchError) -> Tensor {
    try tensor.narrowed(dimension, from: range.lowerBound, length: range.count)
  }

  private static func elements(_ bias: Tensor?, _ range: Range<Int>) throws(TorchError) -> Tensor? {
    guard let bias else { return nil }
    return try part(bias, 0, range)
  }

  private static func run(_ pieces: [Piece], threads: Int) throws(TorchError) {
    let table = try Door.table()
    let job = Job(pieces)
    withExtendedLifetime(job) {
      table.pointee.run_chunks_of_operators(Int64(pieces.count), Int32(clamping: threads), Unmanaged.passUnretained(job).toOpaque()) {
        job, number in
        guard let job else { return }
        Unmanaged<Job>.fromOpaque(job).takeUnretainedValue().run(Int(number))
      }
    }
    if let failure = job.failure { throw failure }
  }

  private struct Piece {
    /// Where its channels lie in the whole; made by the caller, whose ``MemoryWatch`` counts it.
    let place: Tensor
    let convolved: () throws(TorchError) -> Tensor

    func run() throws(TorchError) { try place.assign(convolved()) }
  }

  /// Several threads work on it: each on pieces of its own, whose places do not overlap.
  private final class Job {
    private let pieces: [Piece]
    private let failed = Mutex<TorchError?>(nil)

    init(_ pieces: [Piece]) { self.pieces = pieces }

    var failure: TorchError? { failed.withLock { $0 } }

    func run(_ number: Int) {
      do {
        try pieces[number].run()
      } catch {
        failed.withLock { $0 = error }
      }
    }
  }
}
