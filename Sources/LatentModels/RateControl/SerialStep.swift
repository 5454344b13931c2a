import Torch

/// A ``QuantizationStep`` for single elements; without one nothing is scaled.
struct SerialStep {
  /// g of each channel.
  let gains: [Float]
  private let inverses: [Float]
  private let curve: OffsetCurve?
  private let scaleBound: Float

  /// Takes a step apart.
  init(_ step: QuantizationStep?, channels: Int) throws {
    let stated = try step.map { try $0.gain.detached().elements(Float.self) } ?? [1]
    gains = stated.count == channels ? stated : [Float](repeating: stated[0], count: channels)
    inverses = gains.map { 1 / $0 }
    curve = try step?.offsets?.curve(gain: stated[0])
    scaleBound = step?.scaleBound ?? 0
  }

  /// Returns ŷ − μ.
  ///
  /// - Parameters:
  ///   - whole: q.
  ///   - scale: σ·g.
  func value(of whole: Float, scale: Float, channel: Int) -> Float {
    guard let curve, whole != 0 else { return whole * inverses[channel] }
    let offset = curve.offset(at: scale < scaleBound ? scaleBound : scale)
    return (whole < 0 ? whole - offset : whole + offset) * inverses[channel]
  }
}
