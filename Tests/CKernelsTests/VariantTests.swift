import CKernels
import Testing

/// Every kernel in every variant that the machine can run: the variants compute the same but for last bits, with sizes that fill no register.
struct VariantTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What the kernel computes in a variant.
    let results: @Sendable (Int32) -> [Float]
  }

  static let cases = normalizations + convolutions + densities + attentions + DeformableVariants.cases

  @Test(arguments: cases)
  func variantsAgree(example: Case) {
    let first = example.results(0)
    let isComplete = first.allSatisfy(\.isFinite)
    #expect(isComplete && Set(first).count > first.count / 4)
    for variant in 1..<max(1, bp_kernel_variants()) {
      var worst: Float = 0
      for (found, wanted) in zip(example.results(variant), first) { worst = max(worst, abs(found - wanted) / (1 + abs(wanted))) }
      // What is no number is written nowhere, so that it would show here.
      #expect(worst < 2e-5, "variant \(variant)")
    }
  }

  private static let normalizations: [Case] = [(true, true, 0), (false, false, 0), (true, false, 65), (false, true, 65)].flatMap { flags in
    [false, true].map { inverse in
      let (squares, root, plane) = flags
      return Case(testDescription: "normalization, squares \(squares), root \(root), inverse \(inverse), plane \(plane)") { variant in
        let (channels, places, chunks) = (37, 130, 3)
        let (input, gradient) = (Numbers(channels * places, seed: 1), Numbers(channels * places, seed: 2))
        let (constants, weights) = (Numbers(channels, seed: 3, middle: 2), Numbers(channels * channels, seed: 4, middle: 0.05, reach: 0.05))
        let packed = weights.packed(inputs: channels, outputs: channels, variant: variant)
        let (output, back) = (Numbers(room: input.count), Numbers(room: input.count))
        let (ofConstants, ofWeights) = (Numbers(room: chunks * channels), Numbers(room: chunks * channels * channels))
        var job = bp_normalization_job()
        (job.channels, job.places, job.plane, job.chunk_places) = (Int64(channels), Int64(places), Int64(plane), 60)
        (job.squares, job.root, job.inverse) = (squares, root, inverse)
        (job.input, job.constants, job.packed) = (
          UnsafePointer(input.pointer), UnsafePointer(constants.pointer), UnsafePointer(packed.pointer)
        )
        job.output = output.pointer
        run(job, chunks: chunks, variant: variant, bp_normalization_in)
        job.output = back.pointer
        (job.gradient, job.packed_back) = (UnsafePointer(gradient.pointer), UnsafePointer(packed.pointer))
        (job.constants_gradient, job.weights_gradient) = (ofConstants.pointer, ofWeights.pointer)
        run(job, chunks: chunks, variant: variant, bp_normalization_backward_in)
        return withExtendedLifetime((input, gradient, constants, packed)) {
          output.array + back.array + ofConstants.array + ofWeights.array
        }
      }
    }
  }

  /// Kernels of 5×5 and stride 2 between 3 and 21 channels.
  private static func convolution(wide: (Int, Int)) -> bp_convolution_job {
    var job = bp_convolution_job()
    (job.pictures, job.wide_height, job.wide_width, job.wide_channels) = (2, Int64(wide.0), Int64(wide.1), 3)
    (job.narrow_height, job.narrow_width, job.narrow_channels) = (5, 6, 21)
    (job.kernel, job.stride, job.padding, job.chunk_rows) = (5, 2, 2, 3)
    return job
  }

  private static let convolutions = [
    Case(testDescription: "convolution of patches") { variant in
      let (wide, bias) = (Numbers(2 * 9 * 11 * 3, seed: 5), Numbers(21, seed: 6))
      let packed = Numbers(75 * 21, seed: 7).packed(inputs: 75, outputs: 21, variant: variant)
      let output = Numbers(room: 2 * 5 * 6 * 21)
      var job = convolution(wide: (9, 11))
      (job.wide, job.bias, job.packed) = (UnsafePointer(wide.pointer), UnsafePointer(bias.pointer), UnsafePointer(packed.pointer))
      job.output = output.pointer
      run(job, chunks: 4, variant: variant, bp_convolution_of_patches_in)
      return withExtendedLifetime((wide, bias, packed)) { output.array }
    },
    Case(testDescription: "scattered convolution") { variant in
      let (narrow, bias) = (Numbers(2 * 5 * 6 * 21, seed: 8), Numbers(3, seed: 9))
      // Rows of five places of three channels, filled up with zeros to whole strides.
      let matrix = Numbers(21 * 5 * 18, seed: 10)
      for place in 0..<matrix.count where place % 18 >= 15 { matrix.pointer[place] = 0 }
      let packed = matrix.packed(inputs: 21, outputs: 5 * 18, variant: variant)
      let output = Numbers(room: 2 * 10 * 12 * 3)
      var job = convolution(wide: (10, 12))
      (job.narrow, job.bias, job.packed) = (UnsafePointer(narrow.pointer), UnsafePointer(bias.pointer), UnsafePointer(packed.pointer))
      (job.output, job.chunk_rows) = (output.pointer, 4)
      run(job, chunks: 6, variant: variant, bp_convolution_scattered_in)
      return withExtendedLifetime((narrow, bias, packed)) { output.array }
    },
    Case(testDescription: "gradient of a convolution's weights") { variant in
      let (wide, narrow) = (Numbers(2 * 9 * 11 * 3, seed: 11), Numbers(2 * 5 * 6 * 21, seed: 12))
      let output = Numbers(room: 4 * 25 * 3 * 21)
      var job = convolution(wide: (9, 11))
      (job.wide, job.narrow, job.output) = (UnsafePointer(wide.pointer), UnsafePointer(narrow.pointer), output.pointer)
      run(job, chunks: 4, variant: variant, bp_convolution_weight_gradient_in)
      return withExtendedLifetime((wide, narrow)) { output.array }
    },
    Case(testDescription: "sums of channels") { variant in
      let (narrow, output) = (Numbers(2 * 5 * 6 * 21, seed: 13), Numbers(room: 4 * 21))
      var job = convolution(wide: (9, 11))
      (job.narrow, job.output) = (UnsafePointer(narrow.pointer), output.pointer)
      run(job, chunks: 4, variant: variant, bp_channel_sums_in)
      return withExtendedLifetime(narrow) { output.array }
    },
  ]

  private static let densities =
    [false, true].map { isLast in
      Case(testDescription: "learned densities, channels last \(isLast)") { variant in
        // Stages of 1, 3, 3, 3, 3 and 1 numbers have 58 parameters.
        let (channels, parameterCount, count) = (19, 58, 2 * 19 * 35)
        let (values, gradient) = (Numbers(count, seed: 14, reach: 4), Numbers(count, seed: 15))
        let parameters = Numbers(channels * parameterCount, seed: 16, middle: 0.4, reach: 0.3)
        let (output, back, sums) = (Numbers(room: count), Numbers(room: count), Numbers(room: 2 * channels * parameterCount))
        var job = bp_factorized_density_job()
        (job.samples, job.channels, job.plane, job.channels_last) = (2, Int64(channels), 35, isLast)
        (job.parts, job.part_places, job.stages, job.parameter_count) = (2, 40, 5, Int64(parameterCount))
        (job.widths.0, job.widths.1, job.widths.2, job.widths.3, job.widths.4, job.widths.5) = (1, 3, 3, 3, 3, 1)
        (job.values, job.parameters, job.bound) = (UnsafePointer(values.pointer), UnsafePointer(parameters.pointer), 1e-9)
        job.output = output.pointer
        run(job, chunks: 4, variant: variant, bp_factorized_density_in)
        (job.output, job.gradient, job.parameters_gradient) = (back.pointer, UnsafePointer(gradient.pointer), sums.pointer)
        run(job, chunks: 4, variant: variant, bp_factorized_density_backward_in)
        return withExtendedLifetime((values, gradient, parameters)) { output.array + back.array + sums.array }
      }
    } + [
      Case(testDescription: "Gaussian densities") { variant in
        let (values, means) = (Numbers(150, seed: 17, reach: 6), Numbers(150, seed: 18))
        let (scales, gradient) = (Numbers(150, seed: 19, middle: 2, reach: 1.95), Numbers(150, seed: 20))
        let results = (0..<4).map { _ in Numbers(room: 150) }
        var job = bp_gaussian_density_job()
        (job.rows, job.length, job.chunk_elements) = (3, 50, 64)
        (job.values_distance, job.scales_distance, job.means_distance) = (50, 50, 50)
        (job.values, job.scales, job.means) = (UnsafePointer(values.pointer), UnsafePointer(scales.pointer), UnsafePointer(means.pointer))
        (job.scale_bound, job.bound, job.output) = (0.11, 1e-9, results[0].pointer)
        run(job, chunks: 3, variant: variant, bp_gaussian_density_in)
        (job.output, job.gradient) = (results[1].pointer, UnsafePointer(gradient.pointer))
        (job.scales_gradient, job.means_gradient) = (results[2].pointer, results[3].pointer)
        run(job, chunks: 3, variant: variant, bp_gaussian_density_backward_in)
        return withExtendedLifetime((values, means, scales, gradient)) { results.flatMap(\.array) }
      }
    ]

  /// What is coded has to be the same to the last bit.
  @Test(arguments: [false, true])
  func symbolsAreTheSame(isLast: Bool) {
    let (channels, places, chunks) = (19, 35, 4)
    let count = 2 * channels * places
    let (latent, centers) = (Numbers(count, seed: 21, reach: 9), Numbers(count, seed: 22))
    let scales = Numbers(count, seed: 23, middle: 3, reach: 3)
    // Halves, and what cannot be coded.
    for place in stride(from: 0, to: count, by: 7) { (latent.pointer[place], centers.pointer[place]) = (Float(place % 9) - 3.5, 0) }
    func strided(_ numbers: Numbers) -> bp_strided {
      bp_strided(
        elements: UnsafePointer(numbers.pointer), sample: Int64(channels * places), channel: isLast ? 1 : Int64(places),
        place: isLast ? Int64(channels) : 1)
    }
    func results(_ variant: Int32) -> (symbols: [Int32], rows: [Int32], bits: [UInt32], uncodable: [Bool]) {
      var (symbols, rows) = ([Int32](repeating: .min, count: count), [Int32](repeating: .min, count: count))
      var uncodable = [Bool](repeating: true, count: chunks)
      let (values, restored) = (Numbers(room: count), Numbers(room: count))
      let boundaries = (0..<63).map { 0.11 + Float($0) * 0.09 }
      boundaries.withUnsafeBufferPointer { boundaries in
        symbols.withUnsafeMutableBufferPointer { symbols in
          rows.withUnsafeMutableBufferPointer { rows in
            uncodable.withUnsafeMutableBufferPointer { uncodable in
              var job = bp_quantization_job()
              (job.samples, job.channels, job.places) = (2, Int64(channels), Int64(places))
              (job.latent, job.centers, job.scales) = (strided(latent), strided(centers), strided(scales))
              (job.symbols, job.values, job.indexes) = (symbols.baseAddress, values.pointer, rows.baseAddress)
              (job.boundaries, job.boundary_count, job.scale_bound) = (boundaries.baseAddress, 63, 0.11)
              job.uncodable = uncodable.baseAddress
              run(job, chunks: chunks, variant: variant, bp_quantize_in)
              job.values = restored.pointer
              run(job, chunks: chunks, variant: variant, bp_restore_in)
            }
          }
        }
      }
      return (symbols, rows, (values.array + restored.array).map(\.bitPattern), uncodable)
    }
    let first = results(0)
    #expect(first.uncodable == [false, false, false, false] && Set(first.symbols).count > 10 && Set(first.rows).count > 20)
    #expect(Array(first.bits[..<count]) == Array(first.bits[count...]))
    for variant in 1..<max(1, bp_kernel_variants()) {
      let found = results(variant)
      #expect(found.symbols == first.symbols && found.rows == first.rows && found.bits == first.bits, "variant \(variant)")
      #expect(found.uncodable == first.uncodable)
    }
  }

  @Test func theWidestIsTaken() {
    let names = ["base", "x86-64-v3", "x86-64-v4"]
    #expect(String(cString: bp_kernel_variant()) == names[Int(bp_kernel_variants()) - 1])
  }

  private static let attentions = [(4, 0), (5, 2)].map { window, shift in
    Case(testDescription: "attention within windows of \(window), moved by \(shift)") { variant in
      let (pictures, height, width, heads, head, chunks) = (2, 6, 9, 3, 5, 4)
      let span = 2 * window - 1
      let (tokens, table) = (Numbers(pictures * height * width * 3 * heads * head, seed: 20), Numbers(span * span * heads, seed: 21))
      let gradient = Numbers(pictures * height * width * heads * head, seed: 22)
      let (output, back) = (Numbers(room: gradient.count), Numbers(room: tokens.count))
      let tables = Numbers(room: chunks * table.count)
      var job = bp_window_attention_job()
      (job.pictures, job.height, job.width, job.heads, job.head) = (
        Int64(pictures), Int64(height), Int64(width), Int64(heads), Int64(head)
      )
      (job.window, job.shift, job.scale) = (Int64(window), Int64(shift), 0.4)
      // 12 windows either way: 2 times 2·3 of side 4, and 2 times 2·3 of side 5 where the first are of side 2.
      job.chunk_windows = 3
      (job.tokens, job.table) = (UnsafePointer(tokens.pointer), UnsafePointer(table.pointer))
      job.output = output.pointer
      run(job, chunks: chunks, variant: variant, bp_window_attention_in)
      job.output = back.pointer
      (job.gradient, job.table_gradient) = (UnsafePointer(gradient.pointer), tables.pointer)
      run(job, chunks: chunks, variant: variant, bp_window_attention_in)
      return withExtendedLifetime((tokens, table, gradient)) { output.array + back.array + tables.array }
    }
  }
}
