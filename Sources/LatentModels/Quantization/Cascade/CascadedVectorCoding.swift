public import EntropyCoding
public import Torch
import Weights

/// A latent that is coded by a ``VectorCascade``: the numbers of its entries, with a stream for each level.
///
/// The rate −Σ log₂ P of the nearest entries is constant to gradients: a training moves the networks and entries by the distortion alone, as the
/// authors' program does, and the rate follows from the number and sizes of the codebooks.
public final class CascadedVectorCoding: LatentCoding {
  /// The levels.
  public let cascade: VectorCascade

  /// Creates the coding.
  public init(_ cascade: VectorCascade) { self.cascade = cascade }

  /// The cascade.
  public var members: [Member] { [.module("quantizer", cascade)] }

  /// One for each level.
  public var streamCount: Int { cascade.levels.count }

  /// By which number the coarsest level divides the sides.
  public var reduction: Int { cascade.reduction }

  /// Returns the latent that the levels restore, and one likelihood for each number, `[N, Σ m·h·w]`.
  public func forward(_ latent: Tensor, name: String, noise: (any NoiseSource)?) throws -> (values: Tensor, likelihoods: Tensor) {
    try cascade.forward(latent, name: name, noise: noise)
  }

  /// Returns zero: there are no quantiles.
  public func auxiliaryLoss() throws -> Tensor { try Tensor.zeros([]) }

  /// Computes the tables of the frequencies.
  public func updateTables() throws { for level in cascade.levels { try level.codebook.updateTables() } }

  /// What the levels are asked to quantise.
  public func encodingTransforms(_ latent: Tensor) throws -> [Tensor] { try cascade.analyze(latent) }

  /// What the levels restore.
  public func decodingTransforms(_ latents: [Tensor]) throws -> Tensor { try cascade.restore(latents) }

  /// All.
  public var streamForms: Set<StreamForm> { Set(StreamForm.allCases) }

  /// Returns the payloads in the compatible form.
  public func compress(_ latent: Tensor) throws -> [[[UInt8]]] { try compress(latent, form: .compatible) }

  /// Returns for each level, the finest first, the payload of each picture: group by group the numbers of its places in raster order.
  ///
  /// - Throws: ``LatentModelError/notCodable(reason:)`` when an element is not finite.
  public func compress(_ latent: Tensor, form: StreamForm) throws -> [[[UInt8]]] {
    try withoutGradients {
      let latent = try latent.detached().inFullPrecision()
      guard try latent.isFinite() else {
        throw LatentModelError.notCodable(reason: "an element is not finite; did the training diverge?")
      }
      return try zip(cascade.levels, cascade.numbers(of: latent)).map { level, numbers in
        let (tables, shape) = (try level.codebook.tables(), numbers.shape)
        return try numbers.withElements(Int32.self) { numbers in
          try Symbols.samples(of: shape).map {
            try RANS.encode(symbols: .init(rebasing: numbers[$0]), runLength: shape[2] * shape[3], tables: tables, form: form)
          }
        }
      }
    }
  }

  /// Returns the latent of streams in the compatible form.
  public func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor {
    try decompress(streams, form: .compatible, height: height, width: width)
  }

  /// Returns the latent of the entries that the payloads name; all of them are read before a network runs.
  ///
  /// - Throws: `EntropyCodingError`, and ``LatentModelError/stream(reason:)`` for the number of no entry.
  public func decompress(_ streams: [[[UInt8]]], form: StreamForm, height: Int, width: Int) throws -> Tensor {
    try withoutGradients {
      let numbers = try zip(cascade.levels, streams).enumerated().map { number, pair in
        try pair.1.map { payload in
          try self.numbers(
            in: payload, of: pair.0.codebook, form: form, places: (height >> (number + 1)) * (width >> (number + 1)))
        }
      }
      let quantized = try zip(cascade.levels, numbers).enumerated().map { number, pair in
        let (codebook, shape) = (
          pair.0.codebook, [1, pair.0.codebook.groups * pair.0.codebook.dimension] + [height, width].map { $0 >> (number + 1) }
        )
        let samples = try pair.1.map { numbers in
          let places = try Tensor(numbers, shape: [codebook.groups, shape[2] * shape[3]]).to(.int64).to(codebook.entries.tensor.device)
          return try codebook.layout.latent(of: codebook.entries(at: places), shape: shape)
        }
        return try (samples.count == 1 ? samples[0] : Tensor.concatenated(samples)).contiguous()
      }
      return try cascade.restore(quantized)
    }
  }

  private func numbers(in payload: [UInt8], of codebook: FrequencyCodebook, form: StreamForm, places: Int) throws -> [Int32] {
    let numbers = try RANS.decode(payload, runLength: places, tables: codebook.tables(), form: form)
    guard numbers.allSatisfy({ 0..<Int32(codebook.size) ~= $0 }) else {
      throw LatentModelError.stream(reason: "it names an entry that the codebook of \(codebook.size) has not")
    }
    return numbers
  }
}
