import CKernels
import Torch

/// Attention to neighbours in one pass over memory, forward and backward.
///
/// Neighbours are read where they lie; neither gathered keys nor scores are kept, and backward computes the scores again. Sums over pictures are added in
/// an order that does not depend on the number of threads.
struct NeighborhoodKernel {
  let grid: NeighborhoodGrid
  let heads: Int

  /// The rows of a chunk in the forward direction, each chunk of which reads k − 1 rows more.
  private static let chunkRows = 32

  /// Whether it can be used.
  static func takes(_ planes: Tensor, kernel: Int) -> Bool {
    Kernels.take(planes) && planes.isContiguous && planes.count > 0 && kernel >= 3 && !MixedPrecision.isOn
  }

  /// Returns `[N, C, H·W]` of queries, keys and values `[N, 3·C, H·W]` and of the biases `[heads, 2·k − 1, 2·k − 1]`.
  func attended(_ planes: Tensor, table: Tensor) throws -> Tensor {
    let (samples, width) = (planes.shape[0], planes.shape[1] / 3)
    let places = grid.height * grid.width
    Kernels.count(multiplyAccumulates: 2 * samples * width * places * grid.window.rows * grid.window.columns)
    return try CustomFunction.apply([planes, table]) {
      let output = try Tensor.empty([samples, width, places])
      let table = try table.contiguous()
      var job = try job(planes, table)
      job.chunk_rows = Int64(Self.chunkRows)
      job.output = try output.pointer()
      let strips = (grid.height + Self.chunkRows - 1) / Self.chunkRows
      try Kernels.run(job, chunks: samples * heads * strips, bp_neighborhood)
      withExtendedLifetime((planes, table)) {}
      return [output]
    } backward: { gradients in
      guard let gradient = try gradients.first??.contiguous() else { return [nil, nil] }
      return try backward(gradient, planes, table.contiguous())
    }[0]
  }

  private func backward(_ gradient: Tensor, _ planes: Tensor, _ table: Tensor) throws -> [Tensor?] {
    let output = try Tensor.empty(planes.shape)
    let tables = try Tensor.empty([planes.shape[0]] + table.shape)
    var job = try job(planes, table)
    job.output = try output.pointer()
    job.gradient = UnsafePointer(try gradient.pointer())
    job.bias_gradient = try tables.pointer()
    try Kernels.run(job, chunks: planes.shape[0] * heads, bp_neighborhood_backward)
    withExtendedLifetime((planes, table, gradient)) {}
    return [output, try tables.sum(over: [0])]
  }

  private func job(_ planes: Tensor, _ table: Tensor) throws -> bp_neighborhood_job {
    var job = bp_neighborhood_job()
    let head = planes.shape[1] / 3 / heads
    (job.pictures, job.heads, job.features) = (Int64(planes.shape[0]), Int64(heads), Int64(head))
    (job.height, job.width, job.kernel) = (Int64(grid.height), Int64(grid.width), Int64(grid.kernel))
    job.scale = Float(1 / Double(head).squareRoot())
    job.input = UnsafePointer(try planes.pointer())
    job.bias = UnsafePointer(try table.pointer())
    return job
  }
}
