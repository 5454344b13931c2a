public import EntropyCoding
public import Torch
import Weights

/// A latent that is coded by the numbers of entries of a ``Codebook``, which a ``CodebookRule`` chooses.
public final class CodebookCoding: LatentCoding {
  /// The entries and their probabilities.
  public let codebook: Codebook
  private let rule: any CodebookRule

  /// Creates the coding.
  public init(_ codebook: Codebook, rule: any CodebookRule) {
    self.codebook = codebook
    self.rule = rule
  }

  /// The codebook, and the rule where it follows the training.
  public var members: [Member] {
    [.module("codebook", codebook)] + (rule is any TrainingStepFollower || !rule.members.isEmpty ? [.module("quantizer", rule)] : [])
  }

  /// One.
  public var streamCount: Int { 1 }

  /// Returns the latent of the entries, in training as the rule relaxes it, and one likelihood for each vector, `[N, G, H, W]`.
  public func forward(_ latent: Tensor, name: String, noise: (any NoiseSource)?) throws -> (values: Tensor, likelihoods: Tensor) {
    let (latent, shape) = (try latent.inFullPrecision(), latent.shape)
    return try withFullPrecision(on: latent.device) {
      let vectors = try codebook.layout.vectors(of: latent)
      let values: Tensor
      let logarithms: Tensor
      if let noise {
        (values, logarithms) = try rule.relaxed(vectors, codebook: codebook) {
          try codebook.layout.vectors(of: noise.noise(for: name, shape: shape))
        }
      } else {
        let places = try rule.places(of: vectors, codebook: codebook)
        (values, logarithms) = (try codebook.entries(at: places), try rule.logLikelihoods(at: places, codebook: codebook))
      }
      return (try codebook.layout.latent(of: values, shape: shape), try codebook.layout.perPlace(logarithms.exponential(), shape: shape))
    }
  }

  /// Returns zero: there are no quantiles.
  public func auxiliaryLoss() throws -> Tensor { try Tensor.zeros([]) }

  /// Computes the tables of the entries' probabilities.
  public func updateTables() throws { try codebook.updateTables() }

  /// Returns the numbers of the entries, int32 `[N, G, H, W]`.
  ///
  /// - Throws: ``LatentModelError/notCodable(reason:)`` when an element is not finite.
  public func symbols(of latent: Tensor) throws -> Tensor {
    try withoutGradients {
      let (latent, shape) = (try latent.detached().inFullPrecision(), latent.shape)
      guard try latent.isFinite() else {
        throw LatentModelError.notCodable(reason: "an element is not finite; did the training diverge?")
      }
      let places = try rule.places(of: codebook.layout.vectors(of: latent), codebook: codebook)
      return try codebook.layout.perPlace(places.to(.int32), shape: shape).contiguous()
    }
  }

  /// All.
  public var streamForms: Set<StreamForm> { Set(StreamForm.allCases) }

  /// Returns the payloads in the compatible form.
  public func compress(_ latent: Tensor) throws -> [[[UInt8]]] { try compress(latent, form: .compatible) }

  /// Returns the payload of each picture: group by group the numbers of its places in raster order.
  public func compress(_ latent: Tensor, form: StreamForm) throws -> [[[UInt8]]] {
    let tables = try codebook.tables()
    let symbols = try symbols(of: latent)
    let shape = symbols.shape
    return [
      try symbols.withElements(Int32.self) { symbols in
        try Symbols.samples(of: shape).map {
          try RANS.encode(symbols: .init(rebasing: symbols[$0]), runLength: shape[2] * shape[3], tables: tables, form: form)
        }
      }
    ]
  }

  /// Returns the latent of streams in the compatible form.
  public func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor {
    try decompress(streams, form: .compatible, height: height, width: width)
  }

  /// Returns the latent of the entries that the payloads name.
  ///
  /// - Throws: `EntropyCodingError`, and ``LatentModelError/stream(reason:)`` for the number of no entry.
  public func decompress(_ streams: [[[UInt8]]], form: StreamForm, height: Int, width: Int) throws -> Tensor {
    let tables = try codebook.tables()
    return try withoutGradients {
      let samples = try streams[0].map { payload in
        let symbols = try RANS.decode(payload, runLength: height * width, tables: tables, form: form)
        guard symbols.allSatisfy({ 0..<Int32(codebook.size) ~= $0 }) else {
          throw LatentModelError.stream(reason: "it names an entry that the codebook of \(codebook.size) has not")
        }
        let places = try Tensor(symbols, shape: [codebook.groups, height * width]).to(.int64).to(codebook.entries.tensor.device)
        return try codebook.layout.latent(
          of: codebook.entries(at: places), shape: [1, codebook.groups * codebook.dimension, height, width])
      }
      return try samples.count == 1 ? samples[0] : Tensor.concatenated(samples)
    }
  }
}
