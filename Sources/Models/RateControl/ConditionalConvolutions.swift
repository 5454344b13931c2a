public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Convolutions that λ scales and shifts, and an interval width for what lies between two values of λ.
///
///     h' = softplus(u_λ) ⊙ h + v_λ behind each convolution, with vectors u, v for each λ
///     q = round((y − μ)/Δ) ~ N(0, (σ/Δ)²) ∗ U(−½, ½), ŷ = μ + q·Δ
///
/// Choi, El-Khamy, Lee, "Variable rate deep image compression with a conditional autoencoder", ICCV 2019, sections 3.1 and 3.2. A rate near λ_s takes
/// the vectors of λ_s, and Δ moves it: with D ∝ Δ² at high rates the width that is best for λ is Δ = √(λ_s/λ).
///
/// What the paper leaves open: the control works on encoder and decoder, not on the hyper networks, which the paper has not; behind residual and attention
/// blocks as behind convolutions, but not behind the last stage of the decoder, which gives the picture. u starts with softplus(u) = 1, v with 0. A
/// training draws from the whole axis, and so Δ with λ, where the paper draws both by themselves in a second training.
public final class ConditionalConvolutions: RateControl {
  /// The rates.
  public let axis: RateAxis
  private let encoder: [Vectors]
  private let decoder: [Vectors]

  /// What belongs to one stage.
  private struct Vectors {
    let stage: Int
    let scale: Parameter  // [points, C], before softplus
    let shift: Parameter  // [points, C]

    init(stage: Int, channels: Int, points: Int) throws {
      self.stage = stage
      scale = try Parameter(Tensor.full([points, channels], log(expm1(1))))
      shift = try Parameter(Tensor.zeros([points, channels]))
    }

    func members(_ side: String) -> [Member] {
      [.parameter("conditional.\(side).\(stage).scale", scale), .parameter("conditional.\(side).\(stage).shift", shift)]
    }

    func modulation(at point: Int) throws -> ChannelModulation {
      try ChannelModulation(scale: scale.tensor.selected(0, point).softplus(), shift: shift.tensor.selected(0, point))
    }
  }

  /// Creates a control for the networks of a place.
  init(lambdas: [Double], place: RateControlPlan.Place) throws {
    axis = RateAxis(lambdas: lambdas, isTrainedBetween: true)
    func vectors(_ stages: ArraySlice<StageShape>) throws -> [Vectors] {
      try stages.indices.filter { !stages[$0].isNonlinearity }.map {
        try Vectors(stage: $0, channels: stages[$0].outputChannels, points: lambdas.count)
      }
    }
    encoder = try vectors(StageShape.encoder(place)[...])
    decoder = try vectors(StageShape.decoder(place).dropLast())
  }

  /// The vectors of all stages.
  public var members: [Member] { encoder.flatMap { $0.members("encoder") } + decoder.flatMap { $0.members("decoder") } }

  /// Returns the networks with the vectors of the nearest λ, and the interval width that is left.
  public func adaptation(at point: RatePosition) throws -> RateAdaptation {
    let lambda = try axis.lambda(at: point)
    let nearest = Int(point.position.rounded())
    func modulations(_ vectors: [Vectors]) throws -> [Int: ChannelModulation] {
      Dictionary(uniqueKeysWithValues: try vectors.map { ($0.stage, try $0.modulation(at: nearest)) })
    }
    let (encoding, decoding) = (try modulations(encoder), try modulations(decoder))
    var adaptation = RateAdaptation()
    adaptation.analysis = { ModulatedNetwork(try stagedNetwork($0), after: encoding) }
    adaptation.synthesis = { ModulatedNetwork(try stagedNetwork($0), after: decoding) }
    if Double(nearest) != point.position {
      let device = members.isEmpty ? Device.cpu : encoder[0].scale.tensor.device
      adaptation.gain = try Tensor(scalar: Float((lambda / axis.lambdas[nearest]).squareRoot())).to(device)
    }
    return adaptation
  }
}
