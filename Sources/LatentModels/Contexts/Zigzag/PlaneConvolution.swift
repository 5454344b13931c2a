import Torch

/// A convolution over blocks, rows and columns that is computed for the elements of one diagonal plane, from planes before it.
///
///     out_b(r, c) = Σ_{s, i, j} m · w_b(s, i, j) · in_s(r + i, c + j),  m = 1 where s − b + i + j < 0, or ≤ 0
///
/// Li et al., IEEE Transactions on Image Processing 2020: the filters of a block are its own and do not depend on the place.
final class PlaneConvolution: Module {
  private let weight: Parameter  // [B, B·Cin·k², Cout]
  private let bias: Parameter  // [B, 1, Cout]
  private let mask: Buffer  // [B, B·Cin·k², 1]
  private let blocks: Int
  private let kernel: Int
  private let inputs: Int
  private let outputs: Int

  /// Creates the convolution.
  ///
  /// - Parameters:
  ///   - inputChannels: those of each block.
  ///   - seesOwnPlane: whether elements of the same plane are seen, which is right where the input is features and not ŷ.
  init(blocks: Int, inputChannels: Int, outputChannels: Int, kernel: Int, seesOwnPlane: Bool, seeds: SeedSequence) throws {
    let (half, taps) = (kernel / 2, blocks * inputChannels * kernel * kernel)
    let ones = (0..<blocks).flatMap { block in
      (0..<blocks).flatMap { other -> [Float] in
        let square = (0..<kernel * kernel).map { tap -> Float in
          let distance = other - block + tap / kernel - half + tap % kernel - half
          return distance < 0 || (seesOwnPlane && distance == 0) ? 1 : 0
        }
        return (0..<inputChannels).flatMap { _ in square }
      }
    }
    let limit = 1 / Double(taps).squareRoot()
    weight = try Parameter(Tensor.uniform([blocks, taps, outputChannels], in: -limit...limit, seed: seeds.next()))
    bias = try Parameter(Tensor.uniform([blocks, 1, outputChannels], in: -limit...limit, seed: seeds.next()))
    mask = Buffer(try Tensor(ones, shape: [blocks, taps, 1]))
    (self.blocks, self.kernel, inputs, outputs) = (blocks, kernel, inputChannels, outputChannels)
  }

  var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias), .buffer("mask", mask)] }

  /// Returns the output of a plane's elements, `[B, N·n, Cout]`.
  ///
  /// - Parameters:
  ///   - map: `[N, B·Cin, H + k − 1, W + k − 1]`, with a border of zeros.
  ///   - taps: those of the plane.
  func forward(_ map: Tensor, taps: Tensor, lines: Int) throws -> Tensor {
    try traced {
      let shape = map.shape
      let patches = try map.reshaped([shape[0], blocks * inputs, -1]).slices(along: 2, at: taps)
        .reshaped([shape[0], blocks * inputs, blocks, lines, kernel * kernel])
        .permuted([2, 0, 3, 1, 4]).reshaped([blocks, shape[0] * lines, -1])
      return try patches.multiplied(byMatrix: weight.tensor * mask.tensor) + bias.tensor
    }
  }
}

/// A layer of each block's own over the features of one element: `[B, L, Cin]` to `[B, L, Cout]`.
final class BlockLayer: Module {
  private let weight: Parameter  // [B, Cin, Cout]
  private let bias: Parameter  // [B, 1, Cout]

  init(blocks: Int, inputChannels: Int, outputChannels: Int, seeds: SeedSequence) throws {
    let limit = 1 / Double(inputChannels).squareRoot()
    weight = try Parameter(Tensor.uniform([blocks, inputChannels, outputChannels], in: -limit...limit, seed: seeds.next()))
    bias = try Parameter(Tensor.uniform([blocks, 1, outputChannels], in: -limit...limit, seed: seeds.next()))
  }

  var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias)] }

  func forward(_ input: Tensor) throws -> Tensor { try traced { try input.multiplied(byMatrix: weight.tensor) + bias.tensor } }
}
