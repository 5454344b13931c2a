public import EntropyCoding
public import Torch
import Weights

extension DitheredBottleneck {
  /// Computes a table for each channel and offset, the offsets of a channel one after the other.
  ///
  /// - Throws: an error when a density is not finite, as after a training that diverged.
  public func updateTables() throws {
    try withoutGradients {
      let spans = try bottleneck.spans()
      let (longest, channels, levels) = (spans.map(\.count).max() ?? 1, bottleneck.channels, dither.count)
      let starts = try Tensor(spans.map(\.first), shape: [channels, 1, 1])
      let offsets = try Tensor((0..<levels).map { dither.offset(ofLevel: $0) }, shape: [1, levels, 1])
      let samples = try (Tensor.range(longest).reshaped([1, 1, longest]) + starts + offsets).reshaped([channels, 1, levels * longest])
      let probabilities = try bottleneck.unboundedLikelihoods(of: samples).elements(Float.self)
      var rows: [[Int32]] = []
      for (channel, span) in spans.enumerated() {
        for level in 0..<levels {
          let start = (channel * levels + level) * longest
          let own = probabilities[start..<start + span.count]
          let tails = max(0, 1 - own.reduce(0.0) { $0 + Double($1) })
          rows.append(try QuantizedCDF.make(pmf: Array(own) + [Float(tails)]))
        }
      }
      let minima = spans.flatMap { span in Array(repeating: -span.minimum, count: levels) }
      try bottleneck.setTables(CodingTables(rows: rows, offsets: minima))
    }
  }

  /// All.
  public var streamForms: Set<StreamForm> { Set(StreamForm.allCases) }

  /// Returns the payloads in the compatible form.
  public func compress(_ latent: Tensor) throws -> [[[UInt8]]] { try compress(latent, form: .compatible) }

  /// Returns the streams of k and of the statement of the offsets, which has no symbols and so is the same in all forms.
  public func compress(_ latent: Tensor, form: StreamForm) throws -> [[[UInt8]]] {
    try withoutGradients {
      let tables = try bottleneck.tables(forEachChannel: dither.count)
      let shape = latent.shape
      let latent = try latent.detached().inFullPrecision()
      let symbols = try Symbols.make(whole(latent, offsets: offsets(shape: shape, dither: dither).to(latent.device)))
      let indexes = (0..<shape[1]).flatMap { self.indexes(channel: $0, places: shape[2] * shape[3], dither: dither) }
      let payloads = try symbols.withElements(Int32.self) { symbols in
        try indexes.withUnsafeBufferPointer { indexes in
          try Symbols.samples(of: shape).map {
            try RANS.encode(symbols: .init(rebasing: symbols[$0]), indexes: indexes, tables: tables, form: form)
          }
        }
      }
      return [payloads, payloads.map { _ in dither.statement }]
    }
  }

  /// Returns the latent of streams in the compatible form.
  public func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor {
    try decompress(streams, form: .compatible, height: height, width: width)
  }

  /// Returns ŷ `[N, C, height, width]`, with the offsets that the streams state.
  public func decompress(_ streams: [[[UInt8]]], form: StreamForm, height: Int, width: Int) throws -> Tensor {
    let tables = try bottleneck.tables(forEachChannel: dither.count)
    let shape = [1, bottleneck.channels, height, width]
    guard streams[0].count == streams[1].count else {
      throw LatentModelError.size(
        expected: "a statement of the offsets for each of \(streams[0].count) pictures", found: "\(streams[1].count)")
    }
    return try withoutGradients {
      let samples = try zip(streams[0], streams[1]).map { payload, statement in
        let stated = try Dither(statement: statement)
        guard stated.count == dither.count else {
          throw LatentModelError.stream(reason: "it has \(stated.count) offsets, and the model's tables are for \(dither.count)")
        }
        let symbols = try symbols(of: payload, form: form, places: height * width, dither: stated, tables: tables)
        let device = bottleneck.quantiles.tensor.device
        let whole = try Tensor(symbols, shape: shape).to(.float32).to(device)
        return try restored(whole + offsets(shape: shape, dither: stated).to(device))
      }
      return try samples.count == 1 ? samples[0] : Tensor.concatenated(samples)
    }
  }

  /// Decodes channel after channel, so that memory is taken only for what the stream holds.
  private func symbols(
    of payload: [UInt8], form: StreamForm, places: Int, dither: Dither, tables: CodingTables
  ) throws -> [Int32] {
    var decoder = try RANSDecoder(payload, form: form)
    var symbols: [Int32] = []
    for channel in 0..<bottleneck.channels {
      symbols += try decoder.decode(indexes: indexes(channel: channel, places: places, dither: dither), tables: tables)
    }
    try decoder.finish()
    return symbols
  }

  /// The rows of the tables for the elements of a channel.
  private func indexes(channel: Int, places: Int, dither: Dither) -> [Int32] {
    (channel * places..<(channel + 1) * places).map { Int32(channel * dither.count + dither.level(at: $0)) }
  }
}
