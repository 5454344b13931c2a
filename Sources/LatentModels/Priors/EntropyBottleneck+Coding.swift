import EntropyCoding
public import Torch
import Weights

extension EntropyBottleneck {
  /// Returns the whole numbers that are coded, round(y − median), as an int32 tensor of the latent's shape `[N, C, H, W]`.
  ///
  /// - Throws: ``LatentModelError/notCodable(reason:)`` when an element is not finite or beyond 32 bits.
  public func symbols(of latent: Tensor) throws -> Tensor {
    try withoutGradients {
      let rounded = try (latent.detached() - medians()).rounded()
      guard try rounded.count == 0 || rounded.absolute().maximumElement().item() < 0x1p30 else {
        throw LatentModelError.notCodable(reason: "an element is not finite or too large; did the training diverge?")
      }
      return try rounded.to(.int32).contiguous()
    }
  }

  /// Returns the payload of each sample of an `[N, C, H, W]` latent.
  public func compress(_ latent: Tensor) throws -> [[UInt8]] {
    let shape = latent.shape
    let tables = try tables()
    let perSample = shape[1] * shape[2] * shape[3]
    return try symbols(of: latent).withElements(Int32.self) { symbols in
      try (0..<shape[0]).map { sample in
        let own = UnsafeBufferPointer(rebasing: symbols[sample * perSample..<(sample + 1) * perSample])
        return try RANS.encode(symbols: own, runLength: shape[2] * shape[3], tables: tables)
      }
    }
  }

  /// Returns the latent `[N, C, height, width]` of one payload for each sample.
  ///
  /// - Throws: ``EntropyCodingError`` when a payload is cut or damaged.
  public func decompress(_ payloads: [[UInt8]], height: Int, width: Int) throws -> Tensor {
    let tables = try tables()
    return try withoutGradients {
      let samples = try payloads.map { payload in
        try Tensor(RANS.decode(payload, runLength: height * width, tables: tables), shape: [channels, height, width])
      }
      return try Tensor.stacked(samples).to(.float32) + medians()
    }
  }
}
