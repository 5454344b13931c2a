public import EntropyCoding
public import Torch
import Weights

extension EntropyBottleneck {
  /// Returns the whole numbers that are coded, round(y − median), as an int32 tensor of the latent's shape `[N, C, H, W]`.
  ///
  /// - Throws: ``LatentModelError/notCodable(reason:)`` when an element is not finite or beyond 32 bits.
  public func symbols(of latent: Tensor) throws -> Tensor {
    try withoutGradients {
      let medians = try medians()
      if let width { return try Symbols.make(((latent.detached() - medians) / width.detached()).rounded()) }
      if let kernel = try QuantizationKernel(shape: latent.shape, latent: latent, centers: medians) { return try kernel.symbols() }
      return try Symbols.make((latent.detached() - medians).rounded())
    }
  }

  /// Returns the latent as a decoder gets it, bit for bit what ``decompress(_:height:width:)`` gives for the payloads of ``compress(_:)``.
  ///
  /// Its elements lie in row-major order whatever the latent's do, so that what is computed of it is the same on both sides.
  public func quantized(_ latent: Tensor) throws -> Tensor {
    try withoutGradients {
      let medians = try medians()
      if let width { return try symbols(of: latent).to(.float32) * width.detached() + medians }
      if let kernel = try QuantizationKernel(shape: latent.shape, latent: latent, centers: medians) { return try kernel.quantized() }
      return try symbols(of: latent).to(.float32) + medians
    }
  }

  /// Returns the payload of each sample of an `[N, C, H, W]` latent.
  public func compress(_ latent: Tensor, form: StreamForm = .compatible) throws -> [[UInt8]] {
    let (shape, tables) = (latent.shape, try tables())
    return try symbols(of: latent).withElements(Int32.self) { symbols in
      try Symbols.samples(of: shape).map {
        try RANS.encode(symbols: .init(rebasing: symbols[$0]), runLength: shape[2] * shape[3], tables: tables, form: form)
      }
    }
  }

  /// Returns the latent `[N, C, height, width]` of one payload for each sample.
  ///
  /// - Throws: ``EntropyCodingError`` when a payload is cut, damaged or of another form.
  public func decompress(_ payloads: [[UInt8]], form: StreamForm = .compatible, height: Int, width: Int) throws -> Tensor {
    let tables = try tables()
    return try withoutGradients {
      let medians = try medians()
      let samples = try payloads.map { payload in
        var symbols = try RANS.decode(payload, runLength: height * width, tables: tables, form: form)
        if self.width == nil, let kernel = try QuantizationKernel(shape: [1, channels, height, width], centers: medians) {
          return try symbols.withUnsafeMutableBufferPointer { symbols in
            guard let start = symbols.baseAddress else { return try Tensor.empty([1, channels, height, width]) }
            return try kernel.restored(start)
          }
        }
        let wholes = try Tensor(symbols, shape: [1, channels, height, width]).to(.float32).to(medians.device)
        return try (self.width.map { try wholes * $0.detached() } ?? wholes) + medians
      }
      return samples.count == 1 ? samples[0] : try Tensor.concatenated(samples)
    }
  }
}
