public import Torch

/// The conditions under which encoder and decoder compute the same numbers.
public enum CodingConditions {
  /// Runs a computation whose result decides about tables: each operator on one thread, large convolutions in pieces, and without kernels of ours.
  ///
  /// A convolution of a batch, or one that several threads share, can differ in the last bits, and a scale that crosses to another table makes a
  /// file unreadable; so the result must depend neither on what a picture is coded together with nor on how many processors there are, nor on
  /// whether kernels of ours are used.
  public static func run<Result>(_ body: () throws -> Result) throws -> Result {
    try ConvolutionPieces.run { try Kernels.$areOn.withValue(false) { try withoutGradients(body) } }
  }

  /// Returns the samples of a batch one by one, each in row-major order, since the order of the elements decides how libtorch adds, too.
  public static func samples(of tensor: Tensor) throws -> [Tensor] {
    try (0..<tensor.shape[0]).map { try tensor.narrowed(0, from: $0, length: 1).contiguous() }
  }

  /// Returns what a layer makes of a batch, of each sample by itself.
  public static func output(of layer: any Layer, for input: Tensor) throws -> Tensor {
    let outputs = try run { try samples(of: input).map { try layer.traced($0) } }
    return outputs.count == 1 ? outputs[0] : try Tensor.concatenated(outputs)
  }

  /// Returns what is made of two batches, of each pair of samples by itself.
  static func output(of first: Tensor, _ second: Tensor, _ body: (Tensor, Tensor) throws -> Tensor) throws -> Tensor {
    let outputs = try run { try zip(samples(of: first), samples(of: second)).map { try body($0, $1) } }
    return outputs.count == 1 ? outputs[0] : try Tensor.concatenated(outputs)
  }
}
