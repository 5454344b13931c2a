import CKernels

/// Numbers in memory that stays where it is, which jobs point to.
final class Numbers {
  let pointer: UnsafeMutablePointer<Float>
  let count: Int

  /// Numbers between `middle` − `reach` and `middle` + `reach`, the same for the same seed.
  init(_ count: Int, seed: UInt64, middle: Float = 0, reach: Float = 1) {
    self.count = count
    pointer = .allocate(capacity: max(count, 1))
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    for place in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      pointer[place] = middle + reach * Float(Int32(truncatingIfNeeded: state >> 32)) * 0x1p-31
    }
  }

  /// Room for results, filled with what is no number, so that what is not written shows.
  init(room count: Int) {
    self.count = count
    pointer = .allocate(capacity: max(count, 1))
    pointer.initialize(repeating: .nan, count: count)
  }

  deinit { pointer.deallocate() }

  var array: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// The matrix `[inputs, outputs]` arranged for a variant.
  func packed(inputs: Int, outputs: Int, variant: Int32) -> Numbers {
    let packed = Numbers(room: Int(bp_matrix_packed_count_in(variant, Int64(inputs), Int64(outputs))))
    bp_matrix_pack_in(variant, pointer, Int64(inputs), Int64(outputs), packed.pointer)
    return packed
  }
}

/// Runs a kernel over all chunks of a job.
func run<Job>(_ job: Job, chunks: Int, variant: Int32, _ kernel: (Int32, UnsafeRawPointer?, Int64) -> Void) {
  withUnsafePointer(to: job) { job in
    for chunk in 0..<chunks { kernel(variant, UnsafeRawPointer(job), Int64(chunk)) }
  }
}
