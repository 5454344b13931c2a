import CKernels
import Torch
import Weights

/// A deformable convolution by kernels of our own, which keep what the points of the kernel see for a tile of places at a time.
///
/// Sums over places are added in an order that does not depend on the number of threads.
struct DeformableKernel {
  let geometry: DeformableGeometry

  /// The number of sums of the weights' gradient, whatever the number of threads.
  private static let mostSums = 8
  /// The places of a chunk where every place is written by one chunk alone.
  private static let chunkPlaces = 480

  /// Whether the kernels can be used.
  static func takes(_ input: Tensor, offsets: Tensor, masks: Tensor?) -> Bool {
    // The views of fallbacks need not be whole, so the order of the elements does not matter here.
    let tensors = [input, offsets] + (masks.map { [$0] } ?? [])
    return !MixedPrecision.isOn && Kernels.areOn && input.count > 0
      && tensors.allSatisfy { $0.elementType == .float32 && $0.device == .cpu }
  }

  /// Returns the convolution with `weight`, `[O, C / groups, k, k]`, or without weights the sum of each channel over the points of the kernel.
  func apply(_ input: Tensor, offsets: Tensor, masks: Tensor?, weight: Tensor?, bias: Tensor?) throws -> Tensor {
    let shape = input.shape
    let output = [shape[0], weight?.shape[0] ?? shape[1], geometry.side(shape[2]), geometry.side(shape[3])]
    if let weight { Kernels.count(multiplyAccumulates: output.reduce(1, *) * weight.count / weight.shape[0]) }
    let given = [input, offsets, masks, weight, bias]
    return try CustomFunction.apply(given.compactMap { $0 }) {
      [try forward(Arguments(input, offsets, masks), weight, bias, shape: output)]
    } backward: { gradients in
      guard let gradient = try gradients.first??.contiguous(.channelsLast) else { return given.compactMap { $0 }.map { _ in nil } }
      let arguments = try Arguments(input, offsets, masks)
      let isSought = [input, offsets, masks].contains { $0?.requiresGradient == true }
      let points = isSought ? try pointGradients(arguments, weight, gradient) : nil
      let all: [Tensor?] = [
        points?.input, points?.offsets, points?.masks,
        try weight.flatMap { $0.requiresGradient ? try weightGradient(arguments, $0, gradient) : nil },
        try bias.flatMap { $0.requiresGradient ? try gradient.sum(over: [0, 2, 3]) : nil },
      ]
      return zip(given, all).filter { $0.0 != nil }.map { $0.1 }
    }[0]
  }

  /// The tensors with their channels last.
  private struct Arguments {
    let input: Tensor
    let offsets: Tensor
    let masks: Tensor?

    init(_ input: Tensor, _ offsets: Tensor, _ masks: Tensor?) throws(TorchError) {
      self.input = try input.contiguous(.channelsLast)
      self.offsets = try offsets.contiguous(.channelsLast)
      self.masks = try masks?.contiguous(.channelsLast)
    }
  }

  private func forward(_ arguments: Arguments, _ weight: Tensor?, _ bias: Tensor?, shape: [Int]) throws -> Tensor {
    let output = try Tensor.channelsLast(shape)
    let packed = try weight.map { try PackedMatrices(matrices(of: $0)) }
    let bias = try bias?.contiguous()
    var job = try job(arguments, output: shape)
    job.packed = packed?.pointer
    job.bias = try bias.map { UnsafePointer(try $0.pointer()) }
    job.output = try output.pointer()
    job.chunk_places = Int64(Self.chunkPlaces)
    try Kernels.run(job, chunks: Self.chunks(of: job), bp_deformable)
    withExtendedLifetime((arguments, packed, bias)) {}
    return output
  }

  /// Returns the gradient `[O, C / groups, k, k]` of the weights.
  private func weightGradient(_ arguments: Arguments, _ weight: Tensor, _ gradient: Tensor) throws -> Tensor {
    var job = try job(arguments, output: gradient.shape)
    let places = job.pictures * job.output_height * job.output_width
    job.chunk_places = (places + Int64(Self.mostSums) - 1) / Int64(Self.mostSums)
    let chunks = Self.chunks(of: job)
    let (outputs, channels) = (weight.shape[0], weight.shape[1])
    let sums = try Tensor.empty([chunks, geometry.groups, geometry.points, channels, outputs / geometry.groups])
    job.gradient = UnsafePointer(try gradient.pointer())
    job.weights_gradient = try sums.pointer()
    try Kernels.run(job, chunks: chunks, bp_deformable_weight_gradient)
    withExtendedLifetime((arguments, gradient)) {}
    return try sums.sum(over: [0]).permuted([0, 3, 2, 1]).reshaped(weight.shape)
  }

  /// Returns the gradients of the input, the offsets and, where there are some, the masks.
  private func pointGradients(
    _ arguments: Arguments, _ weight: Tensor?, _ gradient: Tensor
  ) throws -> (input: Tensor, offsets: Tensor, masks: Tensor?) {
    var job = try job(arguments, output: gradient.shape)
    let pieces = DeformablePieces(channels: arguments.input.shape[1], geometry: geometry, weighted: weight != nil)
    (job.unit, job.pieces) = (Int64(pieces.unit), Int64(pieces.ranges.count))
    let packed = try weight.map { try PackedMatrices(pieces.matrices(of: $0)) }
    let input = try Tensor.channelsLast(arguments.input.shape)
    try input.setZero()
    let (shape, points) = (gradient.shape, geometry.points)
    let byPoint = try Tensor.empty([pieces.ranges.count, shape[0], shape[2], shape[3], points, 3])
    job.gradient = UnsafePointer(try gradient.pointer())
    job.packed_back = packed?.pointer
    job.input_gradient = try input.pointer()
    job.point_gradient = try byPoint.pointer()
    try Kernels.run(job, chunks: shape[0] * pieces.ranges.count, bp_deformable_gradient)
    withExtendedLifetime((arguments, packed, gradient)) {}
    let groups = geometry.offsetGroups
    let sums = try byPoint.reshaped([groups, pieces.ranges.count / groups, shape[0], shape[2], shape[3], points, 3]).sum(over: [1])
      .permuted([1, 0, 4, 5, 2, 3])  // [N, groups, points, 3, H', W']
    let offsets = try sums.narrowed(3, from: 0, length: 2).reshaped(arguments.offsets.shape)
    return (input, offsets, try arguments.masks.map { try sums.selected(3, 2).reshaped($0.shape) })
  }

  /// The weights of each group as a matrix, `[points · C / groups, O / groups]`.
  private func matrices(of weight: Tensor) throws -> [Tensor] {
    let outputs = weight.shape[0] / geometry.groups
    return try (0..<geometry.groups).map { group in
      try weight.narrowed(0, from: group * outputs, length: outputs).permuted([2, 3, 1, 0])
        .reshaped([geometry.points * weight.shape[1], outputs])
    }
  }

  private func job(_ arguments: Arguments, output: [Int]) throws -> bp_deformable_job {
    let (input, output) = (arguments.input.shape.map(Int64.init), output.map(Int64.init))
    var job = bp_deformable_job()
    (job.pictures, job.channels, job.height, job.width) = (input[0], input[1], input[2], input[3])
    (job.output_channels, job.output_height, job.output_width) = (output[1], output[2], output[3])
    (job.kernel_height, job.kernel_width) = (Int64(geometry.kernel), Int64(geometry.kernel))
    (job.stride, job.padding, job.dilation) = (Int64(geometry.stride), Int64(geometry.padding), Int64(geometry.dilation))
    (job.groups, job.offset_groups) = (Int64(geometry.groups), Int64(geometry.offsetGroups))
    job.input = UnsafePointer(try arguments.input.pointer())
    job.offsets = UnsafePointer(try arguments.offsets.pointer())
    job.masks = try arguments.masks.map { UnsafePointer(try $0.pointer()) }
    return job
  }

  private static func chunks(of job: bp_deformable_job) -> Int {
    Int((job.pictures * job.output_height * job.output_width + job.chunk_places - 1) / job.chunk_places)
  }
}
