public import EntropyCoding
public import Torch

/// A latent of whole numbers around the medians of an ``EntropyBottleneck``.
public final class BottleneckCoding: LatentCoding {
  private let bottleneck: EntropyBottleneck
  private let quantizer: any WholeNumberQuantizer

  /// Creates the coding.
  public init(_ bottleneck: EntropyBottleneck, quantizer: any WholeNumberQuantizer = AdditiveNoiseQuantizer()) {
    self.bottleneck = bottleneck
    self.quantizer = quantizer
  }

  /// The entropy model under CompressAI's name.
  public var members: [Member] { [.module("entropy_bottleneck", bottleneck)] + quantizer.asMembers }

  /// Returns the coding of a bottleneck with that width.
  public func stepped(width: Tensor) throws -> (any LatentCoding)? {
    BottleneckCoding(try bottleneck.stepped(width: width), quantizer: quantizer)
  }

  /// Whether the intervals have another width than 1, of which no table is stored.
  public var predictsTables: Bool { bottleneck.width != nil }

  /// One.
  public var streamCount: Int { 1 }

  /// Returns the relaxed or rounded latent and the likelihood of each element.
  public func forward(_ latent: Tensor, name: String, noise: (any NoiseSource)?) throws -> (values: Tensor, likelihoods: Tensor) {
    try bottleneck.forward(latent, quantizer: quantizer, name: name, noise: noise)
  }

  /// Returns the bottleneck's auxiliary loss.
  public func auxiliaryLoss() throws -> Tensor { try bottleneck.auxiliaryLoss() }

  /// Computes the bottleneck's tables.
  public func updateTables() throws { try bottleneck.updateTables() }

  /// All.
  public var streamForms: Set<StreamForm> { Set(StreamForm.allCases) }

  /// Returns the payloads in the compatible form.
  public func compress(_ latent: Tensor) throws -> [[[UInt8]]] { try compress(latent, form: .compatible) }

  /// Returns the bottleneck's payloads.
  public func compress(_ latent: Tensor, form: StreamForm) throws -> [[[UInt8]]] { [try bottleneck.compress(latent, form: form)] }

  /// Returns the latent of streams in the compatible form.
  public func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor {
    try decompress(streams, form: .compatible, height: height, width: width)
  }

  /// Returns the latent of the bottleneck's payloads.
  public func decompress(_ streams: [[[UInt8]]], form: StreamForm, height: Int, width: Int) throws -> Tensor {
    try bottleneck.decompress(streams[0], form: form, height: height, width: width)
  }
}

extension EntropyBottleneck {
  /// Returns the latent as a quantizer relaxes it and the likelihood of each element; without noise, rounded as in coding.
  ///
  /// - Parameter name: the latent's name, for the noise.
  public func forward(
    _ latent: Tensor, quantizer: any WholeNumberQuantizer, name: String, noise: (any NoiseSource)?
  ) throws -> (values: Tensor, likelihoods: Tensor) {
    guard let noise else { return try forward(latent, noise: nil) }
    let latent = try latent.inFullPrecision()
    let (scaled, center) = try width.map { (try latent / $0, try medians() / $0) } ?? (latent, try medians())
    var relaxed = try quantizer.relaxed(scaled, around: center) { try noise.noise(for: name, shape: latent.shape) }
    if let width { relaxed = RelaxedLatent(values: try relaxed.values * width, rated: try relaxed.rated * width) }
    return (relaxed.values, try withFullPrecision(on: latent.device) { try likelihoods(of: relaxed.rated) })
  }
}

extension GaussianConditional {
  /// Returns the latent as a quantizer relaxes it and the likelihood of each element; without noise, rounded as in coding.
  ///
  /// - Parameter name: the latent's name, for the noise.
  public func forward(
    _ latent: Tensor, parameters: GaussianParameters, quantizer: any WholeNumberQuantizer, name: String, noise: (any NoiseSource)?
  ) throws -> (values: Tensor, likelihoods: Tensor) {
    guard let noise else { return try forward(latent, parameters: parameters, noise: nil) }
    let latent = try latent.inFullPrecision()
    let parameters = try parameters.inFullPrecision()
    let relaxed = try quantizer.relaxed(latent, around: parameters.means) { try noise.noise(for: name, shape: latent.shape) }
    return (relaxed.values, try likelihoods(of: relaxed.rated, parameters: parameters))
  }
}
