import LatentModels
import Layers
public import Torch

/// Interval widths of the latent that the rate decides, and learned offsets of what is put back.
///
///     q = round((y − μ)·g_s), σ_q = σ·g_s
///     ŷ = μ + sign(q)·(|q| + o(σ_q, g_s))/g_s, o = 0 where q = 0
///     with a context model also φ' = φ + W·g_s + b
///     with steps of z also ẑ = m + round((z − m)/Δ)·Δ, Δ = max(softplus(f(1/g_s)), ½), f: 1 → 10 → 10 → 1 with rectified linear units between
///
/// Kamisli, Racapé, Choi, "Variable-rate learned image compression with multi-objective optimization and quantization-reconstruction offsets", DCC 2024.
/// The state is that of CompressAI's models `…-vbr`: `Gain`, `QuantABCD` and, with a context model, `scale_to_context`;
/// with `vr_entbttlnck` also `gayn2zqstep`. There `forward` estimates the bits of z with intervals of width 1 whatever Δ is, as an argument goes to the
/// wrong place; here they are those that coding takes.
///
/// What the paper leaves open: the gains are given numbers here and are not trained, as in CompressAI, whose forward pass cuts them off from the
/// gradients; a rate is drawn for each update in place of several losses for one; between two points the gain is interpolated exponentially. In
/// training a context model sees the latent rounded without means, all places at once, as the model does without this control; CompressAI
/// walks place after place. Coding is the same. Without offsets (`no_quantoffset`) CompressAI's `forward` raises an error; here the
/// elements then are put back at the middle of their intervals.
public final class QuantizationOffsets: RateControl {
  /// The rates.
  public let axis: RateAxis
  private let gains: Parameter  // [points]
  private let offsets: ReconstructionOffsets
  private let usesOffsets: Bool
  private let contextShift: DenseLayer?
  private let hyperStep: HyperStep?

  /// Creates a control.
  ///
  /// - Parameters:
  ///   - axis: the rates.
  ///   - gains: g of each point.
  ///   - usesOffsets: whether elements are put back with offsets; the network is part of the state either way.
  ///   - scalesHyper: whether the intervals of z depend on the rate, too.
  ///   - contextChannels: 2·M where a context model predicts y; nil where none does.
  ///   - seeds: where the initial weights come from.
  public init(
    axis: RateAxis, gains: [Double], usesOffsets: Bool = true, scalesHyper: Bool = false, contextChannels: Int?, seeds: SeedSequence
  ) throws {
    self.axis = axis
    self.gains = try Parameter(Tensor(gains.map { Float($0) }, shape: [gains.count]), isTrained: false)
    self.usesOffsets = usesOffsets
    offsets = try ReconstructionOffsets(seeds: seeds)
    contextShift = try contextChannels.map { try DenseLayer(inputs: 1, outputs: $0, seeds: seeds) }
    hyperStep = scalesHyper ? try HyperStep(seeds: seeds) : nil
  }

  /// The gains and the networks under CompressAI's names.
  public var members: [Member] {
    [.parameter("Gain", gains), .module("QuantABCD", offsets)] + (contextShift.map { [.module("scale_to_context", $0)] } ?? [])
      + (hyperStep?.members ?? [])
  }

  /// Returns the step at a rate.
  public func adaptation(at point: RatePosition) throws -> RateAdaptation {
    let interval = try axis.interval(at: point)
    let numbers = try gains.tensor.elements(Float.self).map { abs(Double($0)) }
    return try adaptation(gain: Float(interval.interpolated(numbers)))
  }

  /// Returns the step of any gain, a positive number: what CompressAI calls `inputscale`.
  public func adaptation(gain: Float) throws -> RateAdaptation {
    let gain = try Tensor(scalar: gain).to(gains.tensor.device)
    var adaptation = RateAdaptation()
    adaptation.gain = gain
    if usesOffsets { adaptation.offsets = offsets }
    adaptation.contextShift = try contextShift.map { try $0.forward(gain.reshaped([1, 1])).reshaped([-1]) }
    adaptation.hyperWidth = try hyperStep?.width(gain: gain)
    return adaptation
  }
}
