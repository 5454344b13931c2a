import CKernels
import Torch

/// A matrix `[inputs, outputs]` in the order in which the kernels read it.
final class PackedMatrix {
  private let elements: Tensor

  /// Arranges a copy.
  init(_ matrix: Tensor) throws {
    let matrix = try matrix.detached().contiguous()
    let (inputs, outputs) = (Int64(matrix.shape[0]), Int64(matrix.shape[1]))
    elements = try Tensor.empty([Int(bp_matrix_packed_count(inputs, outputs))])
    bp_matrix_pack(try matrix.pointer(), inputs, outputs, try elements.pointer())
    withExtendedLifetime(matrix) {}
    pointer = UnsafePointer(try elements.pointer())
  }

  /// Its first element; valid as long as this lives.
  let pointer: UnsafePointer<Float>
}

/// Matrices `[inputs, outputs]` of one shape, one after the other in the order in which the kernels read them.
final class PackedMatrices {
  private let elements: Tensor

  /// Arranges copies.
  init(_ matrices: [Tensor]) throws {
    let shape = matrices.first?.shape ?? [0, 0]
    let (inputs, outputs) = (Int64(shape[0]), Int64(shape[1]))
    let count = Int(bp_matrix_packed_count(inputs, outputs))
    elements = try Tensor.empty([matrices.count * count])
    let start: UnsafeMutablePointer<Float> = try elements.pointer()
    for (index, matrix) in matrices.enumerated() {
      let matrix = try matrix.detached().contiguous()
      bp_matrix_pack(try matrix.pointer(), inputs, outputs, start + index * count)
      withExtendedLifetime(matrix) {}
    }
    pointer = UnsafePointer(start)
  }

  /// The first element of the first; valid as long as this lives.
  let pointer: UnsafePointer<Float>
}
