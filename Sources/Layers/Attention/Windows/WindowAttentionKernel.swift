import CKernels
import Torch

/// Attention within windows in one pass over memory, forward and backward.
///
/// It reads queries, keys and values where the projection left them: nothing is moved into windows and back, and neither scores nor weights are kept. Windows
/// at the border are worked on as they are. Sums over windows are added in an order that does not depend on the number of threads.
struct WindowAttentionKernel {
  let grid: WindowGrid
  let heads: Int

  /// The largest window whose scores are held at once.
  private static let largestWindow = 16
  /// The windows of a chunk, and the most chunks where each has a table of its own.
  private static let chunkWindows = 8
  private static let mostChunks = 32

  /// Whether it can be used.
  static func takes(_ tokens: Tensor, window: Int) -> Bool {
    Kernels.take(tokens) && tokens.isContiguous && tokens.count > 0 && window <= largestWindow && !MixedPrecision.isOn
  }

  /// Returns `[N, H, W, C]` of queries, keys and values `[N, H, W, 3·C]` and of the biases `[(2·w − 1)², heads]`.
  func attended(_ tokens: Tensor, table: Tensor) throws -> Tensor {
    let shape = tokens.shape
    let width = shape[3] / 3
    Kernels.count(multiplyAccumulates: 2 * shape[0] * width * grid.pairs(height: shape[1], width: shape[2]))
    return try CustomFunction.apply([tokens, table]) {
      let output = try Tensor.empty([shape[0], shape[1], shape[2], width])
      let table = try table.contiguous()
      var job = try job(tokens, table)
      job.chunk_windows = Int64(Self.chunkWindows)
      job.output = try output.pointer()
      try Kernels.run(job, chunks: chunks(of: job), bp_window_attention)
      withExtendedLifetime((tokens, table)) {}
      return [output]
    } backward: { gradients in
      guard let gradient = try gradients.first??.contiguous() else { return [nil, nil] }
      return try backward(gradient, tokens, table.contiguous())
    }[0]
  }

  private func backward(_ gradient: Tensor, _ tokens: Tensor, _ table: Tensor) throws -> [Tensor?] {
    let output = try Tensor.empty(tokens.shape)
    var job = try job(tokens, table)
    let share = (windows(of: job) + Self.mostChunks - 1) / Self.mostChunks
    job.chunk_windows = Int64(max(share, Self.chunkWindows))
    let tables = try Tensor.empty([chunks(of: job)] + table.shape)
    job.output = try output.pointer()
    job.gradient = UnsafePointer(try gradient.pointer())
    job.table_gradient = try tables.pointer()
    try Kernels.run(job, chunks: chunks(of: job), bp_window_attention)
    withExtendedLifetime((tokens, table, gradient)) {}
    return [output, try tables.sum(over: [0])]
  }

  private func job(_ tokens: Tensor, _ table: Tensor) throws -> bp_window_attention_job {
    let shape = tokens.shape.map(Int64.init)
    var job = bp_window_attention_job()
    (job.pictures, job.height, job.width) = (shape[0], shape[1], shape[2])
    (job.heads, job.head) = (Int64(heads), shape[3] / 3 / Int64(heads))
    (job.window, job.shift) = (Int64(grid.window), Int64(grid.shift))
    job.scale = Float(1 / Double(job.head).squareRoot())
    job.tokens = UnsafePointer(try tokens.pointer())
    job.table = UnsafePointer(try table.pointer())
    return job
  }

  private func windows(of job: bp_window_attention_job) -> Int {
    Int(job.pictures) * grid.count(height: Int(job.height), width: Int(job.width))
  }

  private func chunks(of job: bp_window_attention_job) -> Int {
    (windows(of: job) + Int(job.chunk_windows) - 1) / Int(job.chunk_windows)
  }
}
