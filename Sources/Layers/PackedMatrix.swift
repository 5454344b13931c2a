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
