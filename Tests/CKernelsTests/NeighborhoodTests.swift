import CKernels
import Testing

/// Attention to neighbours in every variant that the machine can run, with sides and features that fill no register.
struct NeighborhoodTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let pictures: Int
    let heads: Int
    let features: Int
    let height: Int
    let width: Int
    let kernel: Int
    let chunkRows: Int

    init(_ pictures: Int, _ heads: Int, _ features: Int, _ height: Int, _ width: Int, kernel: Int, rows: Int) {
      (self.pictures, self.heads, self.features, self.height, self.width) = (pictures, heads, features, height, width)
      (self.kernel, chunkRows) = (kernel, rows)
      testDescription = "\(pictures)×\(heads)×\(features)×\(height)×\(width), kernel \(kernel), \(rows) rows at once"
    }

    var count: Int { pictures * heads * features * height * width }
    var table: Int { heads * (2 * kernel - 1) * (2 * kernel - 1) }

    func results(_ variant: Int32) -> [Float] {
      let (input, bias, gradient) = (Numbers(3 * count, seed: 1), Numbers(table, seed: 2), Numbers(count, seed: 3))
      let (output, inputGradient, tables) = (Numbers(room: count), Numbers(room: 3 * count), Numbers(room: pictures * table))
      var job = bp_neighborhood_job()
      (job.pictures, job.heads, job.features) = (Int64(pictures), Int64(heads), Int64(features))
      (job.height, job.width, job.kernel, job.chunk_rows) = (Int64(height), Int64(width), Int64(kernel), Int64(chunkRows))
      job.scale = 0.6
      (job.input, job.bias, job.output) = (UnsafePointer(input.pointer), UnsafePointer(bias.pointer), output.pointer)
      run(job, chunks: pictures * heads * ((height + chunkRows - 1) / chunkRows), variant: variant) { bp_neighborhood_in($0, $1, $2) }
      job.output = inputGradient.pointer
      job.gradient = UnsafePointer(gradient.pointer)
      job.bias_gradient = tables.pointer
      run(job, chunks: pictures * heads, variant: variant) { bp_neighborhood_backward_in($0, $1, $2) }
      return withExtendedLifetime((input, bias, gradient)) { output.array + inputGradient.array + tables.array }
    }
  }

  static let cases = [
    Case(2, 2, 5, 9, 23, kernel: 3, rows: 4), Case(1, 2, 16, 16, 16, kernel: 7, rows: 16), Case(1, 1, 4, 3, 40, kernel: 7, rows: 2),
    Case(1, 2, 3, 40, 5, kernel: 7, rows: 7), Case(1, 2, 7, 13, 19, kernel: 5, rows: 100), Case(1, 1, 2, 30, 14, kernel: 13, rows: 8),
    Case(1, 3, 20, 17, 38, kernel: 9, rows: 8), Case(1, 1, 5, 7, 7, kernel: 7, rows: 2),
  ]

  @Test(arguments: cases) func variantsAgree(example: Case) {
    let first = example.results(0)
    let isComplete = first.allSatisfy(\.isFinite)
    #expect(isComplete && Set(first).count > first.count / 4)
    for variant in 1..<max(1, bp_kernel_variants()) {
      var worst: Float = 0
      for (found, wanted) in zip(example.results(variant), first) { worst = max(worst, abs(found - wanted) / (1 + abs(wanted))) }
      #expect(worst < 2e-5, "variant \(variant)")
    }
  }

  /// How many rows a chunk has changes nothing.
  @Test func chunksMakeNoDifference() {
    let one = Case(1, 2, 7, 13, 19, kernel: 5, rows: 13).results(0)
    for rows in [1, 2, 5] { #expect(Case(1, 2, 7, 13, 19, kernel: 5, rows: rows).results(0) == one) }
  }
}
