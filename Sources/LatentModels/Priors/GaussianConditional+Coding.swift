public import EntropyCoding
public import Torch
import Weights

extension GaussianConditional {
  /// Returns the whole numbers that are coded, round(y − μ), as an int32 tensor of the latent's shape `[N, M, H, W]`.
  ///
  /// - Throws: ``LatentModelError/notCodable(reason:)`` when an element is not finite or beyond 32 bits.
  public func symbols(of latent: Tensor, means: Tensor?) throws -> Tensor {
    try withoutGradients {
      if let kernel = try QuantizationKernel(shape: latent.shape, latent: latent, centers: means) { return try kernel.symbols() }
      let latent = try latent.detached()
      return try Symbols.make((means.map { try latent - $0 } ?? latent).rounded())
    }
  }

  /// Returns the payload of each sample of an `[N, M, H, W]` latent.
  ///
  /// - Parameter parameters: what the decoder will compute, too, bit for bit: a scale that falls into another table there makes the payload
  ///   unreadable.
  /// - Throws: ``LatentModelError`` for a latent that cannot be coded, or before there are tables.
  public func compress(_ latent: Tensor, parameters: GaussianParameters, form: StreamForm = .compatible) throws -> [[UInt8]] {
    let (shape, tables) = (latent.shape, try tables())
    let (symbols, indexes) = try symbolsAndIndexes(of: latent, parameters: parameters)
    return try symbols.withElements(Int32.self) { symbols in
      try indexes.withElements(Int32.self) { indexes in
        guard symbols.count == indexes.count else {
          throw LatentModelError.size(expected: "a scale for each of \(symbols.count) elements", found: "\(indexes.count) scales")
        }
        return try Symbols.samples(of: shape).map { range in
          try RANS.encode(
            symbols: .init(rebasing: symbols[range]), indexes: .init(rebasing: indexes[range]), tables: tables, form: form)
        }
      }
    }
  }

  private func symbolsAndIndexes(of latent: Tensor, parameters: GaussianParameters) throws -> (symbols: Tensor, indexes: Tensor) {
    let (shape, means, scales) = (latent.shape, parameters.means, parameters.scales)
    if let kernel = try QuantizationKernel(shape: shape, latent: latent, centers: means, scales: scales) {
      let symbols = try Tensor.empty(shape, type: .int32)
      let (boundaries, bound) = try boundaries()
      return (symbols, try kernel.rows(among: boundaries, bound: bound, andSymbols: symbols))
    }
    return (try symbols(of: latent, means: means), try indexes(of: scales))
  }

  /// Returns the latent, of the shape `[N, M, H, W]` of the scales, of one payload for each sample.
  ///
  /// - Throws: `EntropyCodingError` when a payload is cut or damaged, and ``LatentModelError`` when their number is not N.
  public func decompress(_ payloads: [[UInt8]], parameters: GaussianParameters, form: StreamForm = .compatible) throws -> Tensor {
    let (shape, tables) = (parameters.scales.shape, try tables())
    guard payloads.count == shape[0] else {
      throw LatentModelError.size(expected: "one payload for each of \(shape[0]) pictures", found: "\(payloads.count)")
    }
    return try withoutGradients {
      let ranges = Symbols.samples(of: shape)
      let symbols = try indexes(of: parameters.scales).withElements(Int32.self) { indexes in
        try Tensor.make(Int32.self, shape: shape) { symbols in
          for (payload, range) in zip(payloads, ranges) {
            var decoder = try RANSDecoder(payload, form: form)
            try decoder.decode(into: .init(rebasing: symbols[range]), indexes: .init(rebasing: indexes[range]), tables: tables)
            try decoder.finish()
          }
        }
      }
      if let kernel = try QuantizationKernel(shape: shape, centers: parameters.means, scales: parameters.scales) {
        return try kernel.restored(symbols.pointer(to: Int32.self))
      }
      let values = try symbols.to(.float32).to(parameters.scales.device)
      return try parameters.means.map { try values + $0 } ?? values
    }
  }
}
