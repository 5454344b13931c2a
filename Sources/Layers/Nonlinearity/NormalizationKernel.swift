import CKernels
import Torch

/// The divisive normalizations in one pass: y = u · f(s) with s_i = β_i + Σ_j γ_ij · r(x_j).
///
/// r is the square or the magnitude; f(s) is s to the power −½ or −1, or ½ or 1 for the inverse; u is x or a tensor of its own. Backward computes s
/// again instead of keeping it. Sums over places are added in an order that does not depend on the number of threads.
struct NormalizationKernel {
  /// r(x) = x², not |x|.
  let squares: Bool
  /// The power is ½, not 1.
  let root: Bool
  /// f multiplies instead of dividing.
  let inverse: Bool

  /// The number of chunks that a tensor is cut into at most, whatever the number of threads: each holds sums of its own.
  private static let mostChunks = 32
  /// The least number of places in a chunk.
  private static let leastPlaces = 480

  /// Returns y, of the shape `[N, C, H, W]` of `input`.
  ///
  /// - Parameters:
  ///   - input: x; one that `Kernels` take.
  ///   - numerator: u; nil for x itself.
  ///   - constants: β, `[C]`.
  ///   - weights: γ, `[C, C]`.
  func apply(_ input: Tensor, numerator: Tensor? = nil, constants: Tensor, weights: Tensor) throws -> Tensor {
    let channels = constants.count
    let shape = input.shape
    guard shape.count == 4, shape[1] == channels else {
      throw TorchError.shape(operation: "normalization", expected: "[N, \(channels), H, W]", found: shape)
    }
    Kernels.count(multiplyAccumulates: input.count * channels)
    let inputs = [input, constants, weights] + (numerator.map { [$0] } ?? [])
    return try CustomFunction.apply(inputs) {
      [try forward(input, numerator, constants, weights)]
    } backward: { gradients in
      guard let gradient = gradients.first ?? nil else { return inputs.map { _ in nil } }
      return try backward(gradient, input, numerator, constants, weights)
    }[0]
  }

  private func forward(_ input: Tensor, _ numerator: Tensor?, _ constants: Tensor, _ weights: Tensor) throws -> Tensor {
    let numerator = try numerator.map { try $0.arranged(like: input) }
    let constants = try constants.contiguous()
    let output = try input.emptyLike()
    let packed = try Self.packed(weights, transposed: false)
    var job = try job(input, numerator, constants, packed)
    job.output = try output.pointer()
    try Kernels.run(job, chunks: Self.chunks(of: job), bp_normalization)
    withExtendedLifetime((input, numerator, constants, packed)) {}
    return output
  }

  /// Returns the gradients of x, β, γ and, where it is a tensor of its own, u.
  private func backward(
    _ gradient: Tensor, _ input: Tensor, _ numerator: Tensor?, _ constants: Tensor, _ weights: Tensor
  ) throws -> [Tensor?] {
    let numerator = try numerator.map { try $0.arranged(like: input) }
    let gradient = try gradient.arranged(like: input)
    let constants = try constants.contiguous()
    let packed = (try Self.packed(weights, transposed: false), try Self.packed(weights, transposed: true))
    let output = try input.emptyLike()
    let numeratorGradient = try numerator.map { _ in try input.emptyLike() }
    var job = try job(input, numerator, constants, packed.0)
    let chunks = Self.chunks(of: job)
    let channels = constants.count
    let (ofConstants, ofWeights) = (try Tensor.empty([chunks, channels]), try Tensor.empty([chunks, channels, channels]))
    job.output = try output.pointer()
    job.gradient = UnsafePointer(try gradient.pointer())
    job.packed_transposed = UnsafePointer(try packed.1.pointer())
    job.numerator_gradient = try numeratorGradient?.pointer()
    job.constants_gradient = try ofConstants.pointer()
    job.weights_gradient = try ofWeights.pointer()
    try Kernels.run(job, chunks: chunks, bp_normalization_backward)
    withExtendedLifetime((input, numerator, gradient, constants, packed)) {}
    let results: [Tensor?] = [output, try ofConstants.sum(over: [0]), try ofWeights.sum(over: [0])]
    return numerator == nil ? results : results + [numeratorGradient]
  }

  private func job(_ input: Tensor, _ numerator: Tensor?, _ constants: Tensor, _ packed: Tensor) throws -> bp_normalization_job {
    let shape = input.shape
    var job = bp_normalization_job()
    job.channels = Int64(shape[1])
    job.places = Int64(shape[0] * shape[2] * shape[3])
    job.plane = input.isChannelsLast ? 0 : Int64(shape[2] * shape[3])
    let share = (job.places + Int64(Self.mostChunks) - 1) / Int64(Self.mostChunks)
    job.chunk_places = max(share, Int64(Self.leastPlaces))
    (job.squares, job.root, job.inverse) = (squares, root, inverse)
    job.input = UnsafePointer(try input.pointer())
    job.numerator = try numerator.map { UnsafePointer(try $0.pointer()) }
    job.constants = UnsafePointer(try constants.pointer())
    job.packed = UnsafePointer(try packed.pointer())
    return job
  }

  private static func chunks(of job: bp_normalization_job) -> Int {
    Int((job.places + job.chunk_places - 1) / job.chunk_places)
  }

  private static func packed(_ weights: Tensor, transposed: Bool) throws -> Tensor {
    let weights = try weights.contiguous()
    let channels = Int64(weights.shape[0])
    let packed = try Tensor.empty([Int(bp_normalization_packed_count(channels))])
    bp_normalization_pack(try weights.pointer(), channels, transposed, try packed.pointer())
    withExtendedLifetime(weights) {}
    return packed
  }
}

extension Tensor {
  /// The tensor with its elements in the order of `other`.
  fileprivate func arranged(like other: Tensor) throws(TorchError) -> Tensor {
    try contiguous(other.isChannelsLast ? .channelsLast : .contiguous)
  }
}
