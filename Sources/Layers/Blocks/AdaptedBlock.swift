import Torch

/// A block of another number of channels between two convolutions 1×1: `[N, C, H, W]` to the same.
///
///     out = W₂·b(W₁·x)          W₁: C → C', b: a block of C' channels, W₂: C' → C
final class AdaptedBlock: LocalLayer {
  private let entrance: Convolution
  private let block: any Layer
  private let exit: Convolution

  /// Creates the block around one of `inner` channels.
  init(channels: Int, inner: Int, block: (SeedSequence) throws -> any Layer, seeds: SeedSequence) throws {
    entrance = try Convolution(inputChannels: channels, outputChannels: inner, kernel: 1, stride: 1, seeds: seeds)
    self.block = try block(seeds)
    exit = try Convolution(inputChannels: inner, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds)
  }

  var members: [Member] { [.module("entrance", entrance), .module("block", block), .module("exit", exit)] }

  func forward(_ input: Tensor) throws -> Tensor { try exit.forward(block.forward(entrance.forward(input))) }

  func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try block.neededRows(for: rows) }
}
