import CKernels
import Torch
import Weights

/// What an entropy coder takes of a latent, and what a decoder makes of it, in one pass and with no tensor between.
///
/// Symbols are round(y − c), halves to even; the row of a scale's table is the number of boundaries that are less than it, all of them where it is not
/// a number. Both are those of libtorch's operators bit for bit, in row-major order whatever the order of the tensors.
struct QuantizationKernel {
  private let shape: [Int]  // [N, C, H, W]
  private let tensors: [Tensor]
  private var job = bp_quantization_job()

  /// Creates the kernel for tensors; nil where it cannot work on them.
  ///
  /// - Parameters:
  ///   - shape: `[N, C, H, W]`.
  ///   - latent: y, of that shape.
  ///   - centers: c, broadcast to the shape; nil for zero.
  ///   - scales: σ, of that shape.
  init?(shape: [Int], latent: Tensor? = nil, centers: Tensor? = nil, scales: Tensor? = nil) throws {
    let tensors = [latent, centers, scales].compactMap { $0 }
    guard Kernels.areOn, shape.count == 4, tensors.allSatisfy({ $0.elementType == .float32 && $0.device == .cpu }),
      [latent, scales].allSatisfy({ $0 == nil || $0?.shape == shape })
    else { return nil }
    for (tensor, field) in [(latent, \bp_quantization_job.latent), (centers, \.centers), (scales, \.scales)] {
      guard let tensor else { continue }
      guard let strided = try Self.strided(tensor, over: shape) else { return nil }
      job[keyPath: field] = strided
    }
    (job.samples, job.channels, job.places) = (Int64(shape[0]), Int64(shape[1]), Int64(shape[2] * shape[3]))
    self.shape = shape
    self.tensors = tensors
  }

  /// Returns the symbols, int32.
  ///
  /// - Throws: ``LatentModelError/notCodable(reason:)`` when an element is not finite or beyond 32 bits.
  func symbols() throws -> Tensor {
    let symbols = try Tensor.empty(shape, type: .int32)
    try run { job in job.symbols = try symbols.pointer(to: Int32.self) }
    return symbols
  }

  /// Returns the symbols plus their centers, as a decoder gets them.
  ///
  /// - Throws: ``LatentModelError/notCodable(reason:)`` when an element is not finite or beyond 32 bits.
  func quantized() throws -> Tensor {
    let values = try Tensor.empty(shape)
    try run { job in job.values = try values.pointer() }
    return values
  }

  /// Returns the rows of the scales, int32; writes the symbols, too, where there is a tensor for them.
  ///
  /// - Parameters:
  ///   - boundaries: increasing.
  ///   - bound: what scales below it count as.
  ///   - symbols: an int32 tensor of the shape in row-major order.
  /// - Throws: ``LatentModelError/notCodable(reason:)`` when an element is not finite or beyond 32 bits.
  func rows(among boundaries: [Float], bound: Float, andSymbols symbols: Tensor? = nil) throws -> Tensor {
    let indexes = try Tensor.empty(shape, type: .int32)
    try boundaries.withUnsafeBufferPointer { boundaries in
      try run { job in
        job.symbols = try symbols?.pointer(to: Int32.self)
        job.indexes = try indexes.pointer(to: Int32.self)
        (job.boundaries, job.boundary_count, job.scale_bound) = (boundaries.baseAddress, Int64(boundaries.count), bound)
      }
    }
    return indexes
  }

  /// Returns the given symbols, in row-major order, plus their centers.
  func restored(_ symbols: UnsafeMutablePointer<Int32>) throws -> Tensor {
    let values = try Tensor.empty(shape)
    var job = job
    (job.symbols, job.values) = (symbols, try values.pointer())
    try Kernels.run(job, chunks: chunks, bp_restore)
    withExtendedLifetime(tensors) {}
    return values
  }

  private var chunks: Int {
    let together = BP_QUANTIZATION_CHANNELS
    return shape[0] * ((shape[1] + together - 1) / together)
  }

  private func run(_ addResults: (inout bp_quantization_job) throws -> Void) throws {
    var job = job
    try addResults(&job)
    var uncodable = [Bool](repeating: false, count: chunks)
    try uncodable.withUnsafeMutableBufferPointer { uncodable in
      job.uncodable = uncodable.baseAddress
      try Kernels.run(job, chunks: uncodable.count, bp_quantize)
    }
    withExtendedLifetime(tensors) {}
    if uncodable.contains(true) { throw Symbols.notCodable }
  }

  /// How a tensor lies, broadcast to the shape; nil where its rows do not follow each other evenly.
  private static func strided(_ tensor: Tensor, over shape: [Int]) throws -> bp_strided? {
    let own = tensor.shape
    guard own.count == 4, zip(own, shape).allSatisfy({ $0 == $1 || $0 == 1 }) else { return nil }
    let strides = zip(tensor.strides, own).map { $1 == 1 ? 0 : $0 }
    let place = shape[3] > 1 ? strides[3] : strides[2]
    guard shape[2] <= 1 || shape[3] <= 1 || strides[2] == strides[3] * shape[3] else { return nil }
    return bp_strided(
      elements: UnsafePointer(try tensor.pointer()), sample: Int64(strides[0]), channel: Int64(strides[1]), place: Int64(place))
  }
}
