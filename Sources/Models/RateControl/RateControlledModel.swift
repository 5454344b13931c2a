public import EntropyCoding
public import LatentModels
public import Torch

/// A model with a rate control, and so of several rates.
///
/// Where no rate is said it has its highest. Its state is that of the model without control and the control's beside it.
public final class RateControlledModel: QualityMapModel {
  /// The model without the control.
  public let base: any RateAdaptable
  /// The control.
  public let control: any RateControl

  /// Creates a model of parts that fit each other.
  public init(base: any RateAdaptable, control: any RateControl) {
    self.base = base
    self.control = control
  }

  /// The members of both.
  public var members: [Member] { base.members + control.members }

  /// The rates of the control.
  public var rateAxis: RateAxis { control.axis }

  /// Returns the model at a rate.
  public func bound(to point: RatePosition) throws -> any TransformCodingModel { try base.adapted(by: control.adaptation(at: point)) }

  /// Whether the control takes maps.
  public var takesQualityMaps: Bool { control is any QualityMapControl }

  /// Returns the model with a map of qualities.
  public func bound(toMap map: Tensor) throws -> any TransformCodingModel {
    guard let control = control as? any QualityMapControl else { throw RateError.noQualityMap }
    return try base.adapted(by: control.adaptation(map: map))
  }

  /// That of the model without control.
  public var sideMultiple: Int { base.sideMultiple }

  /// Returns reconstruction and likelihoods at the highest rate.
  public func forward(_ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput {
    try bound(to: rateAxis.last).forward(pictures, noise: noise)
  }

  /// Returns the likelihoods at the highest rate.
  public func likelihoods(of pictures: Tensor) throws -> [(name: String, tensor: Tensor)] {
    try bound(to: rateAxis.last).likelihoods(of: pictures)
  }

  /// Returns the auxiliary loss of the model without control.
  public func auxiliaryLoss() throws -> Tensor { try base.auxiliaryLoss() }

  /// Computes the tables of the model without control, which all rates share.
  public func updateTables() throws { try base.updateTables() }

  /// Returns the payloads at the highest rate.
  public func compress(_ pictures: Tensor) throws -> CodedBatch { try bound(to: rateAxis.last).compress(pictures) }

  /// As the model without control.
  public var streamForms: Set<StreamForm> { base.streamForms }

  /// As the model at its highest rate; a rate that cannot be had tells it when it is asked for.
  public var predictsTables: Bool { (try? bound(to: rateAxis.last))?.predictsTables ?? true }

  /// Returns the pictures of a batch that was coded at the highest rate.
  public func decompress(_ coded: CodedBatch) throws -> Tensor { try bound(to: rateAxis.last).decompress(coded) }
}
