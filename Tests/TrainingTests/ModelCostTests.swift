import LatentModels
import Layers
import Models
import Testing
import Torch

@testable import Training

/// Costs that small pictures tell, against those of the picture itself.
struct ModelCostTests {
  @Test func smallPicturesTellWhatALargeOneCosts() throws {
    let model = try TinyTraining.model()
    let cost = try ModelCost(model, height: 250, width: 384, depth: 2)
    #expect(cost.height == 256 && cost.width == 384 && cost.basis == .proportional && cost.probes == [[64, 64], [128, 128], [128, 192]])
    let whole = try CostProbe(model, height: 256, width: 384)
    #expect(cost.multiplyAccumulatesPerPixel == Double(whole.multiplyAccumulates) / Double(256 * 384))
    #expect(abs(cost.otherMultiplyAccumulatesPerPixel) < 1e-6)
    // Blocks of weights are no part of what grows; half a percent is for blocks of a few bytes.
    for (estimate, bytes) in [(cost.encodingBytes, whole.encodingBytes), (cost.decodingBytes, whole.decodingBytes)] {
      #expect(estimate >= bytes * 199 / 200 && Double(estimate) < Double(bytes) * 1.05 + 100_000, "\(estimate), \(bytes)")
    }
    let rows = Dictionary(uniqueKeysWithValues: cost.rows.map { ($0.name, $0) })
    #expect(cost.rows.map(\.name).prefix(3) == ["entropy_bottleneck", "g_a", "g_a.0"])
    #expect(rows["g_a"]?.outputShape == [1, 6, 16, 24] && rows["g_a.0"]?.outputShape == [1, 4, 128, 192])
    #expect(rows["g_a.0"]?.multiplyAccumulatesPerPixel == 75 && rows["g_a.0"]?.depth == 1)
    let parts = ["g_a", "g_s"].compactMap { rows[$0]?.multiplyAccumulatesPerPixel }
    #expect(abs(parts.reduce(0, +) - cost.multiplyAccumulatesPerPixel) < 1e-6)
    // A convolution leaves its output alone in memory.
    let kept = try #require(rows["g_a.0"]?.activationBytes)
    #expect(abs(kept - 4 * 128 * 192 * 4) < 1000, "\(kept)")
  }

  @Test func aSmallPictureIsMeasured() throws {
    let cost = try ModelCost(TinyTraining.model(), height: 100, width: 90, depth: 1)
    #expect(cost.basis == .measured && cost.probes == [[112, 96]] && cost.rows.allSatisfy { $0.depth == 0 })
  }

  /// An analysis in which all places see all.
  private final class Global: Layer {
    private let layers: Sequential

    init(_ encoder: any Layer, channels: Int) throws {
      layers = Sequential([encoder, try NonLocalAttentionBlock(channels: channels, seeds: SeedSequence(1))])
    }

    var members: [Member] { layers.members }

    func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }
  }

  private func attentive() throws -> FactorizedPrior {
    let plain = try TinyTraining.model()
    return FactorizedPrior(
      encoder: try Global(plain.analysis, channels: 6), decoder: plain.synthesis,
      entropyBottleneck: try EntropyBottleneck(channels: 6, seeds: SeedSequence(2)), sideMultiple: 16)
  }

  @Test func attentionIsNotTakenForProportional() throws {
    let model = try attentive()
    let large = try ModelCost(model, height: 512, width: 512, memoryLimit: 0)
    #expect(large.basis == .quadratic && large.rows.contains { $0.name == "g_a.1" && $0.isQuadratic })
    #expect(large.rows.contains { $0.name == "g_s" && !$0.isQuadratic })
    let measured = try ModelCost(model, height: 512, width: 512)
    #expect(measured.basis == .measured && measured.probes == [[512, 512]], "a picture that costs little is coded itself")
    #expect(abs(large.multiplyAccumulatesPerPixel / measured.multiplyAccumulatesPerPixel - 1) < 1e-9)
    #expect(large.encodingBytes >= measured.encodingBytes * 9 / 10, "\(large.encodingBytes), \(measured.encodingBytes)")
  }
}
