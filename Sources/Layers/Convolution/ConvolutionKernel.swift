import CKernels
import Torch

/// A convolution or a transposed one with parts of our own, where those are faster than libtorch's.
///
/// These are: the gradient of the weights, whose sums over places libtorch computes at half the speed of the processor; and the layers that see
/// a picture, with few channels on the side with more places (kernel · channels ≤ 32), where libtorch works on registers that are mostly empty. For the
/// rest, forward and the gradient of the input, libtorch's own operators are used. Tensors have their channels last.
///
/// The wide tensor, `[N, A, H, W]`, is the input of a convolution and the output of a transposed one; the narrow one, `[N, B, H', W']`, is the other.
/// Weights are `[B, A, k, k]` in both cases.
struct ConvolutionKernel {
  let kernel: Int
  let stride: Int
  let padding: Int

  /// The number of sums of the weights' gradient, whatever the number of threads.
  private static let mostSums = 8
  /// The most columns of a row of the kernel for which the layers that see a picture are ours.
  private static let mostColumns = 32
  /// The rows of a chunk where every row is written by one chunk alone.
  private static let chunkRows = 32

  /// Whether these parts can be used for an input.
  static func takes(_ input: Tensor) -> Bool {
    Kernels.take(input) && input.isChannelsLast && input.count > 0 && !MixedPrecision.isOn
  }

  /// Returns the convolution of `[N, A, H, W]` with `weight` `[B, A, k, k]` and `bias` `[B]`.
  func convolved(_ input: Tensor, weight: Tensor, bias: Tensor) throws -> Tensor {
    // What does not fit is left to libtorch, which says so.
    let fits = input.shape[1] == weight.shape[1] && min(input.shape[2], input.shape[3]) + 2 * padding >= kernel
    let isOurs = fits && kernel * weight.shape[1] <= Self.mostColumns
    let results = try CustomFunction.apply([input, weight, bias]) {
      guard isOurs else { return [try input.convolved(weight: weight, bias: bias, stride: stride, padding: padding)] }
      let shape = [input.shape[0], weight.shape[0], narrowSide(input.shape[2]), narrowSide(input.shape[3])]
      let output = try Tensor.channelsLast(shape)
      Kernels.count(multiplyAccumulates: output.count * weight.count / shape[1])
      try patches(of: input, weight: weight, bias: bias, into: output)
      return [output]
    } backward: { gradients in
      guard let gradient = try gradients.first??.contiguous(.channelsLast) else { return [nil, nil, nil] }
      return [
        input.requiresGradient ? try spread(gradient, weight: weight, like: input) : nil,
        weight.requiresGradient ? try weightGradient(wide: input, narrow: gradient) : nil,
        bias.requiresGradient ? try channelSums(gradient) : nil,
      ]
    }
    return results[0]
  }

  /// Returns the transposed convolution of `[N, B, H', W']` with `weight` `[B, A, k, k]` and `bias` `[A]`, of stride times the sides.
  func transposeConvolved(_ input: Tensor, weight: Tensor, bias: Tensor) throws -> Tensor {
    let isOurs = input.shape[1] == weight.shape[0] && kernel * weight.shape[1] <= Self.mostColumns
    let results = try CustomFunction.apply([input, weight, bias]) {
      guard isOurs else {
        return [
          try input.transposeConvolved(weight: weight, bias: bias, stride: stride, padding: padding, outputPadding: stride - 1)
        ]
      }
      let output = try Tensor.channelsLast([input.shape[0], weight.shape[1], stride * input.shape[2], stride * input.shape[3]])
      Kernels.count(multiplyAccumulates: input.count * weight.count / weight.shape[0])
      try scatter(input, weight: weight, bias: bias, into: output)
      return [output]
    } backward: { gradients in
      guard let gradient = try gradients.first??.contiguous(.channelsLast) else { return [nil, nil, nil] }
      return [
        input.requiresGradient ? try gathered(gradient, weight: weight, like: input, isOurs: isOurs) : nil,
        weight.requiresGradient ? try weightGradient(wide: gradient, narrow: input) : nil,
        bias.requiresGradient ? try channelSums(gradient) : nil,
      ]
    }
    return results[0]
  }

  private func narrowSide(_ side: Int) -> Int { (side + 2 * padding - kernel) / stride + 1 }

  /// The gradient of a convolution's input.
  private func spread(_ gradient: Tensor, weight: Tensor, like input: Tensor) throws -> Tensor {
    let (height, width) = (input.shape[2], input.shape[3])
    func missing(_ wide: Int, _ narrow: Int) -> Int { wide - (stride * (narrow - 1) - 2 * padding + kernel) }
    return try gradient.transposeConvolved(
      weight: weight, bias: nil, stride: stride, padding: padding,
      outputPaddings: (missing(height, gradient.shape[2]), missing(width, gradient.shape[3])))
  }

  /// The gradient of a transposed convolution's input.
  private func gathered(_ gradient: Tensor, weight: Tensor, like input: Tensor, isOurs: Bool) throws -> Tensor {
    guard isOurs else { return try gradient.convolved(weight: weight, bias: nil, stride: stride, padding: padding) }
    let output = try Tensor.channelsLast(input.shape)
    try patches(of: gradient, weight: weight, bias: nil, into: output)
    return output
  }

  private func patches(of wide: Tensor, weight: Tensor, bias: Tensor?, into narrow: Tensor) throws {
    let columns = kernel * kernel * weight.shape[1]
    let packed = try PackedMatrix(weight.permuted([2, 3, 1, 0]).reshaped([columns, weight.shape[0]]))
    let bias = try bias?.contiguous()
    var job = job(wide: wide, narrow: narrow)
    job.wide = UnsafePointer(try wide.pointer())
    job.packed = packed.pointer
    job.bias = try bias.map { UnsafePointer(try $0.pointer()) }
    job.output = try narrow.pointer()
    job.chunk_rows = Int64(Self.chunkRows)
    try Kernels.run(job, chunks: Self.chunks(of: job), bp_convolution_of_patches)
    withExtendedLifetime((wide, packed, bias)) {}
  }

  private func scatter(_ narrow: Tensor, weight: Tensor, bias: Tensor, into wide: Tensor) throws {
    let columns = kernel * weight.shape[1]
    // Whole strides; see Convolution.h.
    let group = (kernel + stride - 1) / stride * stride * weight.shape[1]
    let rows = try weight.permuted([0, 2, 3, 1]).reshaped([weight.shape[0], kernel, columns])
    let matrix = try rows.padded(left: 0, right: group - columns, top: 0, bottom: 0).reshaped([weight.shape[0], kernel * group])
    let packed = try PackedMatrix(matrix)
    let bias = try bias.contiguous()
    var job = job(wide: wide, narrow: narrow)
    job.narrow = UnsafePointer(try narrow.pointer())
    job.packed = packed.pointer
    job.bias = UnsafePointer(try bias.pointer())
    job.output = try wide.pointer()
    job.chunk_rows = Int64(2 * Self.chunkRows)
    let chunks = (job.wide_height + job.chunk_rows - 1) / job.chunk_rows * job.pictures
    try Kernels.run(job, chunks: Int(chunks), bp_convolution_scattered)
    withExtendedLifetime((narrow, packed, bias)) {}
  }

  /// Returns the gradient `[B, A, k, k]` of the weights.
  private func weightGradient(wide: Tensor, narrow: Tensor) throws -> Tensor {
    let wide = try wide.contiguous(.channelsLast)
    let narrow = try narrow.contiguous(.channelsLast)
    var job = job(wide: wide, narrow: narrow)
    job.wide = UnsafePointer(try wide.pointer())
    job.narrow = UnsafePointer(try narrow.pointer())
    let rows = job.pictures * job.narrow_height
    job.chunk_rows = (rows + Int64(Self.mostSums) - 1) / Int64(Self.mostSums)
    let chunks = Self.chunks(of: job)
    let sums = try Tensor.empty([chunks, kernel, kernel, wide.shape[1], narrow.shape[1]])
    job.output = try sums.pointer()
    try Kernels.run(job, chunks: chunks, bp_convolution_weight_gradient)
    withExtendedLifetime((wide, narrow)) {}
    return try sums.sum(over: [0]).permuted([3, 2, 0, 1]).contiguous()
  }

  /// Returns the sums `[C]` over all places of `[N, C, H, W]`.
  private func channelSums(_ gradient: Tensor) throws -> Tensor {
    var job = job(wide: gradient, narrow: gradient)
    job.narrow = UnsafePointer(try gradient.pointer())
    job.chunk_rows = Int64(Self.chunkRows)
    let chunks = Self.chunks(of: job)
    let sums = try Tensor.empty([chunks, gradient.shape[1]])
    job.output = try sums.pointer()
    try Kernels.run(job, chunks: chunks, bp_channel_sums)
    return try sums.sum(over: [0])
  }

  private func job(wide: Tensor, narrow: Tensor) -> bp_convolution_job {
    let (wide, narrow) = (wide.shape.map(Int64.init), narrow.shape.map(Int64.init))
    var job = bp_convolution_job()
    job.pictures = wide[0]
    (job.wide_channels, job.wide_height, job.wide_width) = (wide[1], wide[2], wide[3])
    (job.narrow_channels, job.narrow_height, job.narrow_width) = (narrow[1], narrow[2], narrow[3])
    (job.kernel, job.stride, job.padding) = (Int64(kernel), Int64(stride), Int64(padding))
    return job
  }

  private static func chunks(of job: bp_convolution_job) -> Int {
    Int((job.pictures * job.narrow_height + job.chunk_rows - 1) / job.chunk_rows)
  }
}
