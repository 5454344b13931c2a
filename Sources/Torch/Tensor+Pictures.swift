import Weights

extension Tensor {
  /// Returns pictures as a `[N, 3, H, W]` tensor in 0…1 from 8-bit interleaved RGB samples of the shape `[N, H, W, 3]`.
  ///
  /// - Parameter format: the order of the elements in memory.
  public static func pictures(
    interleaved samples: [UInt8], count: Int, height: Int, width: Int, format: MemoryFormat = .contiguous
  ) throws -> Tensor {
    let bytes = try Tensor(samples, shape: [count, height, width, 3])
    return try (bytes.permuted([0, 3, 1, 2]).to(.float32) / 255).contiguous(format)
  }

  /// Returns the 8-bit interleaved RGB samples `[N, H, W, 3]` of pictures `[N, 3, H, W]` in 0…1.
  ///
  /// Values are clamped, multiplied by 255 and rounded, halves to even.
  public func interleavedSamples() throws -> [UInt8] {
    try (detached().clamped(from: 0, to: 1) * 255).rounded().to(.uint8).permuted([0, 2, 3, 1]).contiguous().elements(UInt8.self)
  }
}
