/// How exact products of 32-bit matrices are, with the words of `torch.set_float32_matmul_precision`.
public enum MatmulPrecision: String, Codable, CaseIterable, Sendable {
  /// All 32 bits.
  case highest
  /// At least the 16 highest bits, where the machine is faster so.
  case high
  /// At least bfloat16, where the machine is faster so.
  case medium
}
