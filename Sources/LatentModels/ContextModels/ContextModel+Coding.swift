import EntropyCoding
public import Torch
import Weights

extension ContextModel {
  /// Returns ŷ as a decoder gets it, and the scales and means that its elements were predicted with.
  ///
  /// Bit for bit what ``decompress(_:hyper:conditional:)`` gives for the payloads of ``compress(_:hyper:conditional:)``.
  ///
  /// - Parameters:
  ///   - latent: y, `[N, M, H, W]`.
  ///   - hyper: ψ, `[N, 2·M, H, W]`.
  ///   - step: how fine; nil for whole numbers. Scales and means are those without it.
  /// - Returns: three tensors of the latent's shape, without gradients.
  /// - Throws: ``LatentModelError`` for a latent that cannot be coded.
  public func quantized(
    _ latent: Tensor, hyper: Tensor, step: QuantizationStep? = nil
  ) throws -> (values: Tensor, parameters: GaussianParameters) {
    try withoutGradients {
      let shape = latent.shape
      var (scales, means) = ([Float](repeating: 0, count: latent.count), [Float](repeating: 0, count: latent.count))
      let values = try walk(latent: latent, hyper: hyper, step: SerialStep(step, channels: channels)) { place, foundScales, foundMeans, _ in
        for channel in 0..<channels {
          scales[place * channels + channel] = foundScales[channel]
          means[place * channels + channel] = foundMeans[channel]
        }
      }
      func tensor(_ numbers: [Float]) throws -> Tensor {
        try Tensor(numbers, shape: [shape[0], shape[2], shape[3], channels]).permuted([0, 3, 1, 2]).contiguous().to(latent.device)
      }
      return (try values.to(latent.device), GaussianParameters(scales: try tensor(scales), means: try tensor(means)))
    }
  }

  /// Returns the payload of each sample of an `[N, M, H, W]` latent: its places in raster order, at each place the channels.
  ///
  /// It is always in the compatible form: a decoder reads the symbols of one place at a time, and what it waits for is the prediction of the next.
  ///
  /// - Parameters:
  ///   - hyper: ψ, `[N, 2·M, H, W]`, which the decoder has to compute to the last bit alike.
  ///   - conditional: the tables.
  ///   - step: how fine; nil for whole numbers.
  /// - Throws: ``LatentModelError`` for a latent that cannot be coded, or before there are tables.
  public func compress(
    _ latent: Tensor, hyper: Tensor, conditional: GaussianConditional, step: QuantizationStep? = nil
  ) throws -> [[UInt8]] {
    try withoutGradients {
      let step = try SerialStep(step, channels: channels)
      let (tables, rows) = (try conditional.tables(), try conditional.scaleRows())
      var (symbols, indexes) = ([Int32](repeating: 0, count: latent.count), [Int32](repeating: 0, count: latent.count))
      _ = try walk(latent: latent, hyper: hyper, step: step) { place, scales, _, wholes in
        for channel in 0..<channels {
          symbols[place * channels + channel] = Int32(wholes[channel])
          indexes[place * channels + channel] = rows.row(of: scales[channel] * step.gains[channel])
        }
      }
      return try symbols.withUnsafeBufferPointer { symbols in
        try indexes.withUnsafeBufferPointer { indexes in
          try Symbols.samples(of: latent.shape).map {
            try RANS.encode(symbols: .init(rebasing: symbols[$0]), indexes: .init(rebasing: indexes[$0]), tables: tables)
          }
        }
      }
    }
  }

  /// Returns ŷ, `[N, M, height, width]` in row-major order, of one payload for each sample.
  ///
  /// - Parameters:
  ///   - hyper: ψ, `[N, 2·M, height, width]`.
  ///   - conditional: the tables.
  ///   - step: how fine; nil for whole numbers.
  /// - Throws: `EntropyCodingError` when a payload is cut or damaged, and ``LatentModelError`` when their number is not N.
  public func decompress(
    _ payloads: [[UInt8]], hyper: Tensor, conditional: GaussianConditional, step: QuantizationStep? = nil
  ) throws -> Tensor {
    let shape = hyper.shape
    guard shape.count == 4, payloads.count == shape[0] else {
      throw LatentModelError.size(expected: "one payload for each of \(shape.first ?? 0) pictures", found: "\(payloads.count)")
    }
    return try withoutGradients {
      let step = try SerialStep(step, channels: channels)
      let (tables, rows) = (try conditional.tables(), try conditional.scaleRows())
      var decoders = try payloads.map { try RANSDecoder($0) }
      let places = shape[2] * shape[3]
      var (symbols, indexes) = ([Int32](repeating: 0, count: channels), [Int32](repeating: 0, count: channels))
      let values = try walk(.raster, samples: shape[0], height: shape[2], width: shape[3], hyper: hyper) { place, scales, means, values in
        for channel in 0..<channels { indexes[channel] = rows.row(of: scales[channel] * step.gains[channel]) }
        try symbols.withUnsafeMutableBufferPointer { symbols in
          try indexes.withUnsafeBufferPointer { try decoders[place / places].decode(into: symbols, indexes: $0, tables: tables) }
        }
        for channel in 0..<channels {
          values[channel] =
            step.value(of: Float(symbols[channel]), scale: scales[channel] * step.gains[channel], channel: channel) + means[channel]
        }
      }
      for decoder in decoders { try decoder.finish() }
      return try values.to(hyper.device)
    }
  }
}
