public import Torch

/// A 2-D convolution that sees only what comes before its place: `[N, Cin, H, W]` to `[N, Cout, H, W]`.
///
/// The other taps are multiplied by a mask of zeros: their weights are stored but neither used nor trained. In raster order that is mask A of Van den
/// Oord, Kalchbrenner, Kavukcuoglu, "Pixel recurrent neural networks", ICML 2016, section 3.4. In CompressAI, where the mask is applied to the stored weights beside the gradients, the gradient
/// of masked weights is not zero, and it counts in the norm that clipping looks at.
public final class MaskedConvolution: LocalLayer {
  package let weight: Parameter  // [Cout, Cin, k, k]
  package let bias: Parameter  // [Cout]
  package let mask: Buffer  // [Cout, Cin, k, k] of zeros and ones
  private let padding: Int

  /// Which taps of the kernel are used.
  public enum Pattern: Sendable {
    /// Those above the centre and those left of it in its row.
    case raster
    /// Those whose row and column differ from the centre's by an odd sum, the squares of the other colour: He et al., "Checkerboard context model for
    /// efficient learned image compression", CVPR 2021, figure 3.
    case checkerboard

    func holds(row: Int, column: Int, center: Int) -> Bool {
      switch self {
      case .raster: row < center || (row == center && column < center)
      case .checkerboard: (row + column) % 2 != 0
      }
    }
  }

  /// Creates a convolution with random weights drawn from `seeds`, uniform within ±1/√(Cin·k²).
  ///
  /// - Parameters:
  ///   - kernel: k, an odd number.
  ///   - pattern: which taps are used.
  public init(inputChannels: Int, outputChannels: Int, kernel: Int = 5, pattern: Pattern = .raster, seeds: SeedSequence) throws {
    precondition(kernel % 2 == 1, "a masked kernel needs a centre")
    let shape = [outputChannels, inputChannels, kernel, kernel]
    let limit = 1 / Double(inputChannels * kernel * kernel).squareRoot()
    weight = try Parameter(Tensor.uniform(shape, in: -limit...limit, seed: seeds.next()))
    bias = try Parameter(Tensor.uniform([outputChannels], in: -limit...limit, seed: seeds.next()))
    let taps = (0..<kernel * kernel).map { tap -> Float in
      pattern.holds(row: tap / kernel, column: tap % kernel, center: kernel / 2) ? 1 : 0
    }
    mask = Buffer(try Tensor(taps, shape: [1, 1, kernel, kernel]).expanded(shape).copy())
    padding = kernel / 2
  }

  /// The number of taps in raster order that lie before the centre of a k×k kernel.
  package static func usedTaps(kernel: Int) -> Int { kernel * kernel / 2 }

  /// The weight, the bias and the mask, as CompressAI stores them.
  public var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias), .buffer("mask", mask)] }

  /// Returns the convolution of `input`; what is outside counts as zero.
  public func forward(_ input: Tensor) throws -> Tensor {
    try input.convolved(weight: weight.tensor * mask.tensor, bias: bias.tensor, padding: padding)
  }

  /// All rows that the kernel covers, those under the mask, too.
  public func inputRows(for rows: Range<Int>) -> Range<Int> { (rows.lowerBound - padding)..<(rows.upperBound + padding) }
}
