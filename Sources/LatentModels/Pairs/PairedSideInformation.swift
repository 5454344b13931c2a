public import Torch

/// Side information of two latents, each of its own: what is told of one is not known to the other.
public final class PairedSideInformation: SideInformation {
  private let high: any SideInformation
  private let low: any SideInformation
  private let layout: PairLayout
  private let hyperLayout: PairLayout

  /// Gathers the parts.
  ///
  /// - Parameters:
  ///   - layout: that of the latents.
  ///   - hyperLayout: that of what is told of them, with 0 channels where nothing is told.
  public init(high: any SideInformation, low: any SideInformation, layout: PairLayout, hyperLayout: PairLayout) {
    (self.high, self.low, self.layout, self.hyperLayout) = (high, low, layout, hyperLayout)
  }

  /// Both parts.
  public var members: [Member] { [.module("high", high), .module("low", low)] }

  /// Those of both.
  public var streamCount: Int { high.streamCount + low.streamCount }

  /// The least number that makes both divide.
  public var sideMultiple: Int {
    let ofHigh = high.sideMultiple / Self.divisor(high.sideMultiple, layout.factor)
    return low.sideMultiple / Self.divisor(low.sideMultiple, ofHigh) * ofHigh
  }

  private static func divisor(_ first: Int, _ second: Int) -> Int { second == 0 ? first : divisor(second, first % second) }

  /// Returns ψ of both and the likelihoods of their further latents.
  public func forward(
    _ latent: Tensor, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (hyper: Tensor?, likelihoods: [(name: String, tensor: Tensor)]) {
    let pair = try layout.unpacked(latent)
    let ofHigh = try high.forward(pair.high, quantizer: quantizer, noise: noise?.named("_high"))
    let ofLow = try low.forward(pair.low, quantizer: quantizer, noise: noise?.named("_low"))
    let likelihoods =
      ofHigh.likelihoods.map { ("\($0.name)_high", $0.tensor) } + ofLow.likelihoods.map { ("\($0.name)_low", $0.tensor) }
    return (try hyperLayout.packed(high: ofHigh.hyper, low: ofLow.hyper), likelihoods)
  }

  /// Returns the payloads of both and ψ.
  public func compress(_ latent: Tensor) throws -> (streams: [[[UInt8]]], hyper: Tensor?) {
    let pair = try layout.unpacked(latent)
    let (ofHigh, ofLow) = (try high.compress(pair.high), try low.compress(pair.low))
    return (ofHigh.streams + ofLow.streams, try hyperLayout.packed(high: ofHigh.hyper, low: ofLow.hyper))
  }

  /// Returns ψ.
  public func decompress(_ streams: [[[UInt8]]], height: Int, width: Int) throws -> Tensor? {
    guard streams.count == streamCount else {
      throw LatentModelError.size(expected: "\(streamCount) streams of side information for each picture", found: "\(streams.count)")
    }
    let factor = layout.factor
    return try hyperLayout.packed(
      high: high.decompress(Array(streams.prefix(high.streamCount)), height: factor * height, width: factor * width),
      low: low.decompress(Array(streams.dropFirst(high.streamCount)), height: height, width: width))
  }

  /// Returns the sum of both losses.
  public func auxiliaryLoss() throws -> Tensor? {
    guard let first = try high.auxiliaryLoss() else { return try low.auxiliaryLoss() }
    return try low.auxiliaryLoss().map { try first + $0 } ?? first
  }

  /// Computes the tables of both.
  public func updateTables() throws {
    try high.updateTables()
    try low.updateTables()
  }
}
