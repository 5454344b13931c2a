import CKernels
import Torch
import Weights

/// The likelihoods of a ``GaussianConditional`` in one pass: max(Φ((½ − d)/s) − Φ((−½ − d)/s), bound) with d = |v − μ| and s = max(σ, scale bound).
///
/// Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018, section 3. Operators of libtorch go over memory more than a dozen
/// times for it, and more for the gradients; here each element is read once. Gradients pass both bounds as ``LowerBound`` has it.
struct GaussianDensityKernel {
  /// The least scale of a density.
  let scaleBound: Float
  /// The least likelihood.
  let bound: Float

  /// The number of elements of one chunk.
  private static let chunkElements = 4096

  /// Whether the kernel can work on these tensors: of one shape `[N, M, H, W]`, with 32 bits, on the CPU.
  static func takes(_ values: Tensor, scales: Tensor, means: Tensor?) -> Bool {
    let others = [scales] + (means.map { [$0] } ?? [])
    let shape = values.shape
    return shape.count == 4 && Kernels.take(values)
      && others.allSatisfy { $0.shape == shape && $0.elementType == .float32 && $0.device == .cpu }
  }

  /// Returns the likelihoods of `values`, of tensors that the kernel takes.
  func apply(_ values: Tensor, scales: Tensor, means: Tensor?) throws -> Tensor {
    let inputs = [values, scales] + (means.map { [$0] } ?? [])
    return try CustomFunction.apply(inputs) {
      let output = try values.emptyLike()
      try run(values, scales, means, bp_gaussian_density) { job in job.output = try output.pointer() }
      return [output]
    } backward: { gradients in
      guard let gradient = gradients.first ?? nil else { return inputs.map { _ in nil } }
      let outputs = try inputs.map { _ in try values.emptyLike() }
      let arranged = try ElementRows(of: values).withoutGaps(gradient)
      try run(values, scales, means, bp_gaussian_density_backward) { job in
        job.gradient = UnsafePointer(try arranged.pointer())
        (job.output, job.scales_gradient) = (try outputs[0].pointer(), try outputs[1].pointer())
        if means != nil { job.means_gradient = try outputs[2].pointer() }
      }
      withExtendedLifetime(arranged) {}
      return outputs
    }[0]
  }

  private func run(
    _ values: Tensor, _ scales: Tensor, _ means: Tensor?, _ chunk: @convention(c) (UnsafeRawPointer?, Int64) -> Void,
    _ addResults: (inout bp_gaussian_density_job) throws -> Void
  ) throws {
    let rows = ElementRows(of: values)
    let (scales, means) = (try rows.arranged(scales), try means.map { try rows.arranged($0) })
    let haveGaps = rows.length != scales.distance || rows.length != means?.distance ?? rows.length
    let count = rows.count * rows.length
    var job = bp_gaussian_density_job()
    (job.rows, job.length) = haveGaps ? (Int64(rows.count), Int64(rows.length)) : (1, Int64(count))
    job.chunk_elements = Int64(Self.chunkElements)
    job.values = UnsafePointer(try values.pointer())
    job.values_distance = Int64(rows.length)
    job.scales = UnsafePointer(try scales.tensor.pointer())
    job.scales_distance = Int64(scales.distance)
    job.means = try means.map { UnsafePointer(try $0.tensor.pointer()) }
    job.means_distance = Int64(means?.distance ?? 0)
    (job.scale_bound, job.bound) = (scaleBound, bound)
    try addResults(&job)
    try Kernels.run(job, chunks: (count + Self.chunkElements - 1) / Self.chunkElements, chunk)
    withExtendedLifetime((values, scales, means)) {}
  }
}
