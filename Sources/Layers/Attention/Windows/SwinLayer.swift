package import Torch

/// One block of a Swin transformer over tokens: `[N, H, W, C]` to the same.
///
///     ┌─────────────────────────┐    ┌──────────────┐
///     x ─ norm ─ (S)W-MSA ──── (+) ──── norm ─ MLP ─(+)
///
/// Liu et al., "Swin transformer: hierarchical vision transformer using shifted windows", ICCV 2021, figure 3b. W-MSA is ``WindowSelfAttention``, SW-MSA the
/// same over moved windows, MLP is ``FeedForward``. Stochastic depth, with which the authors of Swin and of TIC train, is left out.
package final class SwinLayer: Layer {
  private let firstNormalization: LayerNormalization
  private let attention: WindowSelfAttention
  private let secondNormalization: LayerNormalization
  private let feedForward: FeedForward
  private let naming: WindowSelfAttention.Naming

  /// Creates the block with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - heads: a divisor of `channels`.
  ///   - ratio: how many times as wide the inner features of the MLP are.
  ///   - naming: whose names the state has.
  package init(
    channels: Int, heads: Int, grid: WindowGrid, ratio: Double = 4, naming: WindowSelfAttention.Naming = .swin, seeds: SeedSequence
  ) throws {
    firstNormalization = try LayerNormalization(features: channels)
    attention = try WindowSelfAttention(channels: channels, heads: heads, grid: grid, naming: naming, seeds: seeds)
    secondNormalization = try LayerNormalization(features: channels)
    feedForward = try FeedForward(
      features: channels, hidden: max(1, Int(Double(channels) * ratio)), names: naming == .swin ? ("fc1", "fc2") : ("0", "2"),
      initialization: naming == .swin ? .normal(0.02) : .uniform, seeds: seeds)
    self.naming = naming
  }

  /// The parts under the names of the authors' code.
  package var members: [Member] {
    let names = naming == .swin ? ["norm1", "attn", "norm2", "mlp"] : ["ln1", "msa", "ln2", "mlp"]
    let parts: [any Module] = [firstNormalization, attention, secondNormalization, feedForward]
    return zip(names, parts).map { .module($0, $1) }
  }

  /// Returns the tokens after both halves.
  package func forward(_ input: Tensor) throws -> Tensor {
    let attended = try input + attention.forward(firstNormalization.forward(input))
    return try attended + feedForward.forward(secondNormalization.forward(attended))
  }
}

extension Tensor {
  /// The places of `[N, C, H, W]` with their channels side by side, `[N, H, W, C]` without gaps; no copy where the channels lie last.
  package func asTokens() throws(TorchError) -> Tensor { try permuted([0, 2, 3, 1]).contiguous() }

  /// The way back, without a copy.
  package func fromTokens() throws(TorchError) -> Tensor { try permuted([0, 3, 1, 2]) }
}
