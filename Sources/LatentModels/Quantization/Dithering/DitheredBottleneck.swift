import Layers
public import Torch
import Weights

/// A latent that is rounded after an offset which both sides know and take away again, with the densities of an ``EntropyBottleneck``.
///
///     k = round(y − m − u)     ŷ = k + u + m     P(k) = c(k + u + m + ½) − c(k + u + m − ½)
///
/// with the median m and the cumulative c of the channel. For u ~ U(−½, ½) the error ŷ − y is uniform and independent of y (Ziv, "On universal
/// quantization", IEEE Trans. Inf. Theory 31(3), 1985), so that noise in training is no approximation and coding no mismatch. With a
/// ``SoftRounding`` s_α and r_α stand around it: k = round(s_α(y − m) − u), ŷ = r_α(k + u) + m. Agustsson, Theis, "Universally quantized neural
/// compression", NeurIPS 2020. The offsets are those of ``Dither``, stated in the second stream of each picture.
public final class DitheredBottleneck: LatentCoding {
  let bottleneck: EntropyBottleneck
  let dither: Dither
  private let rounding: SoftRounding?
  private let sharpness: Buffer

  /// Creates the coding.
  ///
  /// - Parameters:
  ///   - dither: the offsets of what is coded; a decoder takes the seed from the stream.
  ///   - rounding: soft rounding around the dithered quantizer; nil for none.
  public init(_ bottleneck: EntropyBottleneck, dither: Dither, rounding: SoftRounding? = nil) throws {
    self.bottleneck = bottleneck
    self.dither = dither
    self.rounding = rounding
    let own = Float(rounding?.sharpness ?? 0)
    // A decoder of another sharpness would give other values: it is a part of what the weights' hash covers.
    sharpness = Buffer(
      try Tensor([own], shape: [1]),
      loading: .compares { stored in
        guard let value = try? Tensor(stored).item(), Float(value) != own else { return nil }
        return "the quantizer's alpha is \(value) in the file and \(own) in the model (0 stands for null)"
      })
  }

  /// The entropy model under CompressAI's name, and α.
  public var members: [Member] { [.module("entropy_bottleneck", bottleneck), .buffer("quantizer.alpha", sharpness)] }

  /// Two: the numbers and the statement of the offsets.
  public var streamCount: Int { 2 }

  /// Returns y + u, or with soft rounding r_α(s_α(y − m) + u) + m, and the likelihoods; without noise u is the dither and k is coded.
  public func forward(_ latent: Tensor, name: String, noise: (any NoiseSource)?) throws -> (values: Tensor, likelihoods: Tensor) {
    let latent = try latent.inFullPrecision()
    let relaxed: RelaxedLatent
    if let noise {
      let noise = try noise.noise(for: name, shape: latent.shape)
      if let rounding {
        relaxed = try rounding.relaxed(latent, around: bottleneck.medians(), noise: noise)
      } else {
        let noisy = try latent + noise
        relaxed = RelaxedLatent(values: noisy, rated: noisy)
      }
    } else {
      let offsets = try offsets(shape: latent.shape, dither: dither).to(latent.device)
      let shifted = try whole(latent, offsets: offsets) + offsets
      relaxed = RelaxedLatent(values: try restored(shifted), rated: try shifted + bottleneck.medians())
    }
    return (relaxed.values, try withFullPrecision(on: latent.device) { try bottleneck.likelihoods(of: relaxed.rated) })
  }

  /// Returns the bottleneck's auxiliary loss.
  public func auxiliaryLoss() throws -> Tensor { try bottleneck.auxiliaryLoss() }

  /// Returns the offsets of a latent `[N, C, H, W]` as `[C, H, W]`; every picture has the same.
  func offsets(shape: [Int], dither: Dither) throws -> Tensor {
    let count = shape[1] * shape[2] * shape[3]
    return try Tensor((0..<count).map { dither.offset(ofLevel: dither.level(at: $0)) }, shape: Array(shape.dropFirst()))
  }

  /// Returns k as floating-point numbers.
  func whole(_ latent: Tensor, offsets: Tensor) throws -> Tensor {
    let centered = try latent - bottleneck.medians()
    return try ((rounding?.rounded(centered) ?? centered) - offsets).rounded()
  }

  /// Returns ŷ of k + u.
  func restored(_ shifted: Tensor) throws -> Tensor { try (rounding?.undone(shifted) ?? shifted) + bottleneck.medians() }
}
