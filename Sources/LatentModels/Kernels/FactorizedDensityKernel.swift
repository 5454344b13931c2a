import CKernels
import Torch

/// The likelihoods of an ``EntropyBottleneck`` in one pass: max(c(v + ½) − c(v − ½), bound) with c(x) = σ(f₅ ∘ … ∘ f₁(x)).
///
/// The stages are f_k(x) = t + a_k·tanh(t) with t = H_k·x + b_k, and a₅ = 0; Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018,
/// appendix 6.1. Operators of libtorch need some fifty tensors of several times the latent's size for it, and as many again for the gradients; here
/// everything between the value and its likelihood stays in registers, and backward computes it again. Gradients pass the bound as ``LowerBound``
/// has it. Sums over places are added in an order that does not depend on the number of threads.
struct FactorizedDensityKernel {
  /// The widths before, between and after the stages; the first and the last are 1.
  let widths: [Int]
  /// The least likelihood.
  let bound: Float

  /// The most parts that the places are cut into, whatever the number of threads: each holds sums of its own.
  private static let mostParts = 32
  /// The least number of places in a part.
  private static let leastPlaces = 256

  /// Creates the kernel; nil where there are more or wider stages than it holds, eight each.
  init?(widths: [Int], bound: Float) {
    guard widths.count - 1 <= BP_DENSITY_STAGES, widths.allSatisfy({ $0 <= BP_DENSITY_WIDTH }) else { return nil }
    self.widths = widths
    self.bound = bound
  }

  /// Returns the likelihoods of `values` `[N, C, H, W]`, which `Kernels` take.
  ///
  /// - Parameter parameters: `[C, P]`, for each channel those of all stages: softplus(H) row by row, b, and tanh(a) but in the last.
  func apply(_ values: Tensor, parameters: Tensor) throws -> Tensor {
    try CustomFunction.apply([values, parameters]) {
      let output = try values.emptyLike()
      var job = try job(values, parameters)
      job.output = try output.pointer()
      try Kernels.run(job, chunks: Self.chunks(of: job), bp_factorized_density)
      withExtendedLifetime((values, parameters)) {}
      return [output]
    } backward: { gradients in
      guard let gradient = gradients.first ?? nil else { return [nil, nil] }
      return try backward(gradient, values, parameters)
    }[0]
  }

  /// Returns the gradients of the values and of the parameters.
  private func backward(_ gradient: Tensor, _ values: Tensor, _ parameters: Tensor) throws -> [Tensor?] {
    let gradient = try gradient.contiguous(values.isContiguous ? .contiguous : .channelsLast)
    let output = try values.emptyLike()
    var job = try job(values, parameters)
    let ofParameters = try Tensor.empty([Int(job.parts)] + parameters.shape)
    job.output = try output.pointer()
    job.gradient = UnsafePointer(try gradient.pointer())
    job.parameters_gradient = try ofParameters.pointer()
    try Kernels.run(job, chunks: Self.chunks(of: job), bp_factorized_density_backward)
    withExtendedLifetime((values, parameters, gradient)) {}
    return [output, try ofParameters.sum(over: [0])]
  }

  private func job(_ values: Tensor, _ parameters: Tensor) throws -> bp_factorized_density_job {
    let shape = values.shape
    var job = bp_factorized_density_job()
    (job.samples, job.channels, job.plane) = (Int64(shape[0]), Int64(shape[1]), Int64(shape[2] * shape[3]))
    job.channels_last = !values.isContiguous
    let places = job.samples * job.plane
    job.part_places = max((places + Int64(Self.mostParts) - 1) / Int64(Self.mostParts), Int64(Self.leastPlaces))
    job.parts = max(1, (places + job.part_places - 1) / job.part_places)
    job.stages = Int32(widths.count - 1)
    withUnsafeMutableBytes(of: &job.widths) { memory in
      for (index, width) in widths.enumerated() { memory.bindMemory(to: Int32.self)[index] = Int32(width) }
    }
    job.parameter_count = Int64(parameters.shape[1])
    job.values = UnsafePointer(try values.pointer())
    job.parameters = UnsafePointer(try parameters.pointer())
    job.bound = bound
    return job
  }

  private static func chunks(of job: bp_factorized_density_job) -> Int {
    let together = Int64(BP_DENSITY_CHANNELS)
    return Int((job.channels + together - 1) / together * job.parts)
  }
}
