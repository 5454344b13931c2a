public import EntropyCoding
public import LatentModels
public import Torch

/// What a model computes of a batch in training and in estimation.
public struct ForwardOutput {
  /// The reconstruction `[N, 3, H, W]`, not clamped.
  public let reconstruction: Tensor
  /// The likelihoods of each latent under its name (`y`, `z`), in the order in which noise is drawn.
  public let likelihoods: [(name: String, tensor: Tensor)]
  /// Thumbnails `[N, 3, H/k, W/k]`, not clamped, from which nothing flows back to the rest; nil for a model without.
  public let thumbnails: Tensor?

  /// Creates an output.
  public init(reconstruction: Tensor, likelihoods: [(name: String, tensor: Tensor)], thumbnails: Tensor? = nil) {
    self.reconstruction = reconstruction
    self.likelihoods = likelihoods
    self.thumbnails = thumbnails
  }
}

/// The coded form of a batch.
public struct CodedBatch: Sendable, Equatable {
  /// For each latent (in CompressAI's order: y, then z) the payload of each sample.
  public let payloads: [[[UInt8]]]
  /// The form of the streams, but for those that a model codes in the compatible form whatever is wanted.
  public let form: StreamForm
  /// The height of the latent that is decoded first.
  public let latentHeight: Int
  /// The width of the latent that is decoded first.
  public let latentWidth: Int

  /// Creates a coded batch.
  public init(payloads: [[[UInt8]]], form: StreamForm = .compatible, latentHeight: Int, latentWidth: Int) {
    self.payloads = payloads
    self.form = form
    self.latentHeight = latentHeight
    self.latentWidth = latentWidth
  }

  /// The payload bytes of all samples together.
  public var byteCount: Int { payloads.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }
}

/// A learned image codec: analysis, quantisation, entropy model and synthesis.
public protocol CompressionModel: Module {
  /// The sides of the pictures it codes must be multiples of this number.
  var sideMultiple: Int { get }

  /// Returns reconstruction and likelihoods of pictures `[N, 3, H, W]` in 0…1.
  ///
  /// - Parameter noise: the noise that stands for quantisation in training; nil rounds, as in coding.
  func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput

  /// Returns the likelihoods of the rounded latents of pictures `[N, 3, H, W]` in 0…1.
  ///
  /// They are those of ``forward(_:noise:)`` without noise; the reconstruction need not be computed.
  func likelihoods(of pictures: Tensor) throws -> [(name: String, tensor: Tensor)]

  /// Returns the loss that trains the quantiles of the entropy bottlenecks alone.
  func auxiliaryLoss() throws -> Tensor

  /// Computes the entropy coder's tables from the present weights.
  func updateTables() throws

  /// The forms that its streams can have; only the compatible one unless it says otherwise.
  var streamForms: Set<StreamForm> { get }

  /// Returns the payloads of pictures `[N, 3, H, W]` in 0…1, in the compatible form.
  func compress(_ pictures: Tensor) throws -> CodedBatch

  /// Whether a decoder finds the tables of some symbols by computing them, which both sides must do to the last bit alike.
  var predictsTables: Bool { get }

  /// Returns the pictures of a coded batch, clamped to 0…1.
  func decompress(_ coded: CodedBatch) throws -> Tensor
}

extension CompressionModel {
  /// True: to be on the safe side, for models that do not say it.
  public var predictsTables: Bool { true }

  /// The compatible form alone.
  public var streamForms: Set<StreamForm> { [.compatible] }

  /// The likelihoods of ``forward(_:noise:)``; a model that can do without its synthesis has a method of its own.
  public func likelihoods(of pictures: Tensor) throws -> [(name: String, tensor: Tensor)] { try forward(pictures, noise: nil).likelihoods }

  /// The parameters that the rate–distortion loss trains; frozen ones are not among them.
  public var mainParameters: [(name: String, parameter: Parameter)] {
    namedParameters().filter { $0.parameter.isTrained && !$0.name.hasSuffix(".quantiles") }
  }

  /// The quantiles, which the auxiliary loss trains.
  public var auxiliaryParameters: [(name: String, parameter: Parameter)] {
    namedParameters().filter { $0.parameter.isTrained && $0.name.hasSuffix(".quantiles") }
  }
}
