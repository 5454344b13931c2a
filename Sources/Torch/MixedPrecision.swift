import CTorch
import Weights

/// Runs `body` with convolutions and matrix products of this thread in bfloat16, as PyTorch's autocast; everything else stays as it is.
///
/// Weights keep their 32 bits, and so do gradients with respect to them.
public func withMixedPrecision<Result>(on device: Device, _ body: () throws -> Result) throws -> Result {
  try withAutocast(true, on: device, body)
}

/// Runs `body` in the precision of its tensors, also within ``withMixedPrecision(on:_:)``; for what must not be rounded, such as
/// entropy models.
public func withFullPrecision<Result>(on device: Device, _ body: () throws -> Result) throws -> Result {
  try withAutocast(false, on: device, body)
}

/// Whether ``withMixedPrecision(on:_:)`` is around, for any device.
public enum MixedPrecision {
  /// Whether convolutions and matrix products are rounded.
  @TaskLocal public static var isOn = false
}

private func withAutocast<Result>(_ isOn: Bool, on device: Device, _ body: () throws -> Result) throws -> Result {
  let table = try Door.table()
  var earlier = false
  try Door.check(table.pointee.set_mixed_precision(device.name, isOn, &earlier), "mixed precision")
  defer {
    var ignored = false
    _ = table.pointee.set_mixed_precision(device.name, earlier, &ignored)
  }
  return try MixedPrecision.$isOn.withValue(isOn, operation: body)
}

extension Tensor {
  /// Returns the tensor in 32 bits; itself when it has them already.
  public func inFullPrecision() throws(TorchError) -> Tensor { elementType == .float32 ? self : try to(.float32) }
}
