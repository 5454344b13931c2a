public import LatentModels
public import Torch

/// A model put together of parts that do not know each other: two transforms, side information, a context model with a density family, a quantizer.
///
///     x ─ g_a ─ y ───────────── Q ─ ŷ ─ g_s ─ x̂
///               │               │
///        side information ─ ψ ─ context model ─ densities
///
/// A network for thumbnails can stand beside g_s.
///
/// Names of the state are those of CompressAI's `SimpleVAECompressionModel` with a `HyperpriorLatentCodec`.
public final class ComposedModel: ThumbnailModel, CodingTransforms, RateAdaptable {
  /// g_a.
  public let analysis: any Layer
  /// g_s.
  public let synthesis: any Layer
  /// What is told beside y.
  public let sideInformation: any SideInformation
  /// The context model with its densities.
  public let coding: any ConditionalCoding
  /// What stands for the rounding of all latents in training.
  public let quantizer: any WholeNumberQuantizer
  /// What shows ŷ as thumbnails; nil for none.
  public let thumbnailSynthesis: (any Layer)?
  /// The product of all halvings of the encoder and of the side information.
  public let sideMultiple: Int

  /// Gathers parts that fit each other.
  ///
  /// - Parameters:
  ///   - thumbnailSynthesis: what shows ŷ as thumbnails.
  ///   - encoderMultiple: the product of all halvings of the encoder.
  public init(
    analysis: any Layer, synthesis: any Layer, sideInformation: any SideInformation, coding: any ConditionalCoding,
    quantizer: any WholeNumberQuantizer, thumbnailSynthesis: (any Layer)? = nil, encoderMultiple: Int
  ) {
    (self.analysis, self.synthesis, self.thumbnailSynthesis) = (analysis, synthesis, thumbnailSynthesis)
    (self.sideInformation, self.coding, self.quantizer) = (sideInformation, coding, quantizer)
    sideMultiple = encoderMultiple * sideInformation.sideMultiple
  }

  /// The parts under CompressAI's names.
  public var members: [Member] {
    let side: [Member] = sideInformation.members.isEmpty ? [] : [.module("hyper", sideInformation)]
    return [.module("g_a", analysis), .module("g_s", synthesis), .module("latent_codec", Parts([.module("y", coding)] + side))]
      + quantizer.asMembers + (thumbnailSynthesis.map { [.module(ThumbnailName.member, $0)] } ?? [])
  }

  private final class Parts: Module {
    let members: [Member]

    init(_ members: [Member]) { self.members = members }
  }

  /// Returns the model with the changes of a rate.
  ///
  /// - Throws: `LatentModelError` for changes that a part does not take, which no plan lets through.
  public func adapted(by adaptation: RateAdaptation) throws -> any TransformCodingModel {
    let side = try sideInformation.adapted(
      analysis: adaptation.hyperAnalysis, synthesis: adaptation.hyperSynthesis, width: adaptation.hyperWidth)
    let gained: (any ConditionalCoding)? = if let gain = adaptation.gain { try coding.gained(gain) } else { coding }
    guard let side, let coding = gained, adaptation.offsets == nil, adaptation.contextShift == nil else {
      throw LatentModelError.size(expected: "parts that take the changes of the rate control", found: "others")
    }
    return ComposedModel(
      analysis: try adaptation.analysis?(analysis) ?? analysis, synthesis: try adaptation.synthesis?(synthesis) ?? synthesis,
      sideInformation: side, coding: coding, quantizer: quantizer, thumbnailSynthesis: thumbnailSynthesis,
      encoderMultiple: sideMultiple / sideInformation.sideMultiple)
  }

  /// Returns the reconstruction and the likelihoods of all latents, y at the end.
  public func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput {
    let (values, likelihoods) = try code(analyze(pictures), noise: noise)
    let thumbnails = try thumbnailSynthesis?.traced(values.detached())
    return ForwardOutput(reconstruction: try synthesize(values), likelihoods: likelihoods, thumbnails: thumbnails)
  }

  /// Returns the likelihoods of the rounded latents.
  public func likelihoods(ofLatent latent: Tensor) throws -> [(name: String, tensor: Tensor)] { try code(latent, noise: nil).likelihoods }

  private func code(
    _ y: Tensor, noise: (any NoiseSource)?
  ) throws -> (values: Tensor, likelihoods: [(name: String, tensor: Tensor)]) {
    let side = try sideInformation.forward(y, quantizer: quantizer, noise: noise)
    let main = try coding.forward(y, hyper: side.hyper, quantizer: quantizer, noise: noise)
    return (main.values, side.likelihoods + [("y", main.likelihoods)])
  }

  /// Returns the loss of the side information's quantiles; zero without any.
  public func auxiliaryLoss() throws -> Tensor { try sideInformation.auxiliaryLoss() ?? Tensor.zeros([]) }

  /// Computes the tables of all entropy models.
  public func updateTables() throws {
    try sideInformation.updateTables()
    try coding.updateTables()
  }

  /// Returns the payloads of y and then of the side information for each picture; the size is that of the smallest latent.
  public func compress(latent y: Tensor) throws -> CodedBatch {
    try withoutGradients {
      let side = try sideInformation.compress(y)
      let own = try StageTrace.measuring(.entropyCoding) { try coding.compress(y, hyper: side.hyper) }
      let multiple = sideInformation.sideMultiple
      return CodedBatch(payloads: own + side.streams, latentHeight: y.shape[2] / multiple, latentWidth: y.shape[3] / multiple)
    }
  }

  /// Returns the decoded latent.
  public func decodedLatent(of coded: CodedBatch) throws -> Tensor {
    let own = coding.streamCount
    guard coded.payloads.count == own + sideInformation.streamCount else {
      throw LatentModelError.size(
        expected: "\(own + sideInformation.streamCount) payloads for each picture", found: "\(coded.payloads.count)")
    }
    let multiple = sideInformation.sideMultiple
    let (height, width) = (coded.latentHeight * multiple, coded.latentWidth * multiple)
    return try withoutGradients {
      let hyper = try sideInformation.decompress(Array(coded.payloads.dropFirst(own)), height: height, width: width)
      return try StageTrace.measuring(.entropyCoding) {
        try coding.decompress(Array(coded.payloads.prefix(own)), hyper: hyper, height: height, width: width)
      }
    }
  }

  /// The number of groups in which a picture of some latent is coded; nil where nothing can be shown before the end.
  ///
  /// - Parameter coded: one picture.
  public func groupCount(of coded: CodedBatch) -> Int? {
    let multiple = sideInformation.sideMultiple
    return (coding as? any ProgressiveCoding)?
      .groupCount(height: coded.latentHeight * multiple, width: coded.latentWidth * multiple)
  }

  /// Returns the pictures of one coded picture after some of its groups, clamped to 0…1, with what is expected of the groups behind them.
  ///
  /// - Parameters:
  ///   - coded: one picture.
  ///   - groups: the numbers of groups, counted from 1, increasing.
  /// - Throws: `LatentModelError` for a coding in one piece and for more pictures than one.
  public func previews(of coded: CodedBatch, after groups: [Int]) throws -> [Tensor] {
    let latents = try latents(of: coded, after: groups)
    return try withoutGradients { try latents.map(picture) }
  }

  private func picture(of latent: Tensor) throws -> Tensor { try synthesize(latent).clamped(from: 0, to: 1) }

  /// Returns ŷ of one coded picture after some of its groups, with what is expected of the groups behind them.
  ///
  /// - Throws: as ``previews(of:after:)``.
  public func latents(of coded: CodedBatch, after groups: [Int]) throws -> [Tensor] {
    guard let coding = coding as? any ProgressiveCoding else {
      throw LatentModelError.size(expected: "a context model that codes in groups", found: "one that does not")
    }
    let streams = try coded.payloads.map { stream in
      guard stream.count == 1, let own = stream.first else {
        throw LatentModelError.size(expected: "one picture", found: "\(stream.count)")
      }
      return own
    }
    let own = coding.streamCount
    guard streams.count == own + sideInformation.streamCount else {
      throw LatentModelError.size(expected: "\(own + sideInformation.streamCount) payloads", found: "\(streams.count)")
    }
    let multiple = sideInformation.sideMultiple
    let (height, width) = (coded.latentHeight * multiple, coded.latentWidth * multiple)
    return try withoutGradients {
      let hyper = try sideInformation.decompress(streams.dropFirst(own).map { [$0] }, height: height, width: width)
      return try coding.decompress(Array(streams.prefix(own)), hyper: hyper, height: height, width: width, after: groups)
    }
  }

  /// Returns y and, where the side information has networks of its own to run, its latents, after the transforms of the encoder.
  public func encodingTransforms(_ pictures: Tensor) throws -> [Tensor] {
    let y = try analyze(pictures)
    if let side = sideInformation as? any SideTransforms { return [y] + (try side.encodingTransforms(y)) }
    _ = try sideInformation.forward(y, quantizer: quantizer, noise: nil)
    return [y]
  }

  /// Returns the pictures of y.
  public func decodingTransforms(_ latents: [Tensor]) throws -> Tensor {
    if let side = sideInformation as? any SideTransforms { try side.decodingTransforms(Array(latents.dropFirst())) }
    return try synthesize(latents[0])
  }
}
