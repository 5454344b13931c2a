import CKernels

/// The kernels of deformable convolutions in every variant: 42 channels in two groups of weights and three of offsets, to 22, at 2·5·6 places.
enum DeformableVariants {
  static let cases = [true, false].map { weighted in
    VariantTests.Case(testDescription: "deformable convolution, weights \(weighted)") { variant in results(variant, weighted: weighted) }
  }

  private static func results(_ variant: Int32, weighted: Bool) -> [Float] {
    let (places, channels, outputs, points) = (2 * 5 * 6, 42, weighted ? 22 : 42, 9)
    let (input, masks) = (Numbers(places * channels, seed: 31), Numbers(places * 3 * points, seed: 32))
    let (offsets, gradient) = (Numbers(places * 3 * points * 2, seed: 33, reach: 3), Numbers(places * outputs, seed: 34))
    let bias = Numbers(outputs, seed: 35)
    let groups = (0..<2).map { Numbers(points * 21 * 11, seed: 36 + UInt64($0)).packed(inputs: points * 21, outputs: 11, variant: variant) }
    // Neither kind of group changes within 7 channels.
    let pieces = (0..<6 * points).map { Numbers(11 * 7, seed: 40 + UInt64($0)).packed(inputs: 11, outputs: 7, variant: variant) }
    let (packed, back) = (joined(groups), joined(pieces))
    let output = Numbers(room: places * outputs)
    let (ofWeights, ofInput) = (Numbers(room: 3 * 2 * points * 21 * 11), Numbers(room: places * channels))
    let pieceCount = weighted ? 6 : 3
    let ofPoints = Numbers(room: pieceCount * places * points * 3)
    for place in 0..<ofInput.count { ofInput.pointer[place] = 0 }
    var job = bp_deformable_job()
    (job.pictures, job.height, job.width, job.channels) = (2, 5, 6, Int64(channels))
    (job.output_height, job.output_width, job.output_channels) = (5, 6, Int64(outputs))
    (job.kernel_height, job.kernel_width, job.stride, job.padding, job.dilation) = (3, 3, 1, 1, 1)
    (job.groups, job.offset_groups, job.chunk_places) = (weighted ? 2 : 1, 3, 25)
    (job.input, job.offsets, job.masks) = (UnsafePointer(input.pointer), UnsafePointer(offsets.pointer), UnsafePointer(masks.pointer))
    if weighted {
      (job.packed, job.bias, job.packed_back) = (UnsafePointer(packed.pointer), UnsafePointer(bias.pointer), UnsafePointer(back.pointer))
    }
    job.output = output.pointer
    run(job, chunks: 3, variant: variant, bp_deformable_in)
    job.gradient = UnsafePointer(gradient.pointer)
    (job.weights_gradient, job.input_gradient, job.point_gradient) = (ofWeights.pointer, ofInput.pointer, ofPoints.pointer)
    (job.unit, job.pieces) = (weighted ? 7 : 14, Int64(pieceCount))
    if weighted { run(job, chunks: 3, variant: variant, bp_deformable_weight_gradient_in) }
    run(job, chunks: 2 * pieceCount, variant: variant, bp_deformable_gradient_in)
    return withExtendedLifetime((input, masks, offsets, gradient, bias, packed, back)) {
      output.array + (weighted ? ofWeights.array : []) + ofInput.array + ofPoints.array
    }
  }

  private static func joined(_ parts: [Numbers]) -> Numbers {
    let whole = Numbers(room: parts.reduce(0) { $0 + $1.count })
    var place = 0
    for part in parts {
      (whole.pointer + place).update(from: part.pointer, count: part.count)
      place += part.count
    }
    return whole
  }
}
