public import EntropyCoding
public import Torch

/// The quantizer of a latent that is coded by itself, together with its entropy model: the middle of a factorized-prior model.
public protocol LatentCoding: AnyObject {
  /// The parts under their names in the model's state.
  var members: [Member] { get }

  /// The number of streams for each picture.
  var streamCount: Int { get }

  /// By which number it divides the sides of the latent, which must be multiples.
  var reduction: Int { get }

  /// Returns what the networks of an encoder make of the latent before it is quantised; the latent alone where there are none.
  func encodingTransforms(_ latent: Tensor) throws -> [Tensor]

  /// Returns the latent that the networks of a decoder make of these.
  func decodingTransforms(_ latents: [Tensor]) throws -> Tensor

  /// Returns the quantised latent and likelihoods, the sum of whose −log₂ is the rate in bits.
  ///
  /// - Parameters:
  ///   - latent: y, `[N, C, H, W]`.
  ///   - name: the latent's name, for the noise.
  ///   - noise: the noise of a training step; nil quantises as in coding.
  /// - Returns: a tensor of the latent's shape, and one with N as its first dimension.
  func forward(_ latent: Tensor, name: String, noise: (any NoiseSource)?) throws -> (values: Tensor, likelihoods: Tensor)

  /// Returns the coding of the same densities with intervals of another width; nil where it has none.
  ///
  /// - Parameter width: one positive number, or one for each channel; gradients may go through it.
  func stepped(width: Tensor) throws -> (any LatentCoding)?

  /// Whether a decoder computes its tables, instead of taking those of the weights.
  var predictsTables: Bool { get }

  /// Returns the loss that trains the quantiles alone; one without gradients where there are none.
  func auxiliaryLoss() throws -> Tensor

  /// Computes the coder's tables from the present parameters.
  func updateTables() throws

  /// The forms that its streams can have; only the compatible one unless it says otherwise.
  var streamForms: Set<StreamForm> { get }

  /// Returns for each stream the payload of each sample of an `[N, C, H, W]` latent, in the compatible form.
  func compress(_ latent: Tensor) throws -> [[[UInt8]]]

  /// Returns for each stream the payload of each sample, in one of the ``streamForms``.
  func compress(_ latent: Tensor, form: StreamForm) throws -> [[[UInt8]]]

  /// Returns the latent `[N, C, height, width]` of ``streamCount`` streams.
  ///
  /// - Throws: `EntropyCodingError` or ``LatentModelError`` when a stream is cut or damaged.
  func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor

  /// Returns the latent `[N, C, height, width]` of ``streamCount`` streams in one of the ``streamForms``.
  ///
  /// - Throws: `EntropyCodingError` or ``LatentModelError`` when a stream is cut, damaged or of another form.
  func decompress(_ streams: [[[UInt8]]], form: StreamForm, height: Int, width: Int) throws -> Tensor
}

extension LatentCoding {
  /// One.
  public var reduction: Int { 1 }

  /// The latent.
  public func encodingTransforms(_ latent: Tensor) throws -> [Tensor] { [latent] }

  /// The first of them.
  public func decodingTransforms(_ latents: [Tensor]) throws -> Tensor { latents[0] }

  /// Nil.
  public func stepped(width: Tensor) throws -> (any LatentCoding)? { nil }

  /// False.
  public var predictsTables: Bool { false }

  /// The compatible form alone.
  public var streamForms: Set<StreamForm> { [.compatible] }

  /// Returns the payloads in the compatible form.
  public func compress(_ latent: Tensor, form: StreamForm) throws -> [[[UInt8]]] {
    precondition(form == .compatible, "streamForms does not name the form")
    return try compress(latent)
  }

  /// Returns the latent of streams in the compatible form.
  public func decompress(_ streams: [[[UInt8]]], form: StreamForm, height: Int, width: Int) throws -> Tensor {
    precondition(form == .compatible, "streamForms does not name the form")
    return try decompress(streams, height: height, width: width)
  }
}
