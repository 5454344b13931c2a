extension Tensor {
  /// Returns the 2-D cross-correlation of an `[N, C, H, W]` tensor with `weight` `[O, C / groups, kH, kW]` and `bias` `[O]`.
  public func convolved(weight: Tensor, bias: Tensor?, stride: Int = 1, padding: Int = 0, groups: Int = 1) throws(TorchError) -> Tensor {
    let output = try wholeOrPieces(weight: weight, bias: bias, stride: stride, padding: padding, groups: groups)
    if let trace = LayerTrace.current {
      trace.add(multiplyAccumulates: output.count * weight.count / max(weight.shape.first ?? 1, 1))
    }
    return output
  }

  private func wholeOrPieces(weight: Tensor, bias: Tensor?, stride: Int, padding: Int, groups: Int) throws(TorchError) -> Tensor {
    if groups == 1, let output = try ConvolutionPieces.convolved(self, weight: weight, bias: bias, stride: stride, padding: padding) {
      return output
    }
    return try Operators.convolution(self, weight, bias, [stride, stride], [padding, padding], [1, 1], groups)
  }

  /// Returns the transposed 2-D convolution of an `[N, C, H, W]` tensor with `weight` `[C, O / groups, kH, kW]` and `bias` `[O]`.
  public func transposeConvolved(
    weight: Tensor, bias: Tensor?, stride: Int = 1, padding: Int = 0, outputPadding: Int = 0, groups: Int = 1
  ) throws(TorchError) -> Tensor {
    try transposeConvolved(
      weight: weight, bias: bias, stride: stride, padding: padding, outputPaddings: (outputPadding, outputPadding), groups: groups)
  }

  /// Returns the transposed 2-D convolution with an output padding of its own for rows and columns.
  public func transposeConvolved(
    weight: Tensor, bias: Tensor?, stride: Int = 1, padding: Int = 0, outputPaddings: (rows: Int, columns: Int), groups: Int = 1
  ) throws(TorchError) -> Tensor {
    if let trace = LayerTrace.current { trace.add(multiplyAccumulates: count * weight.count / max(weight.shape.first ?? 1, 1)) }
    return try Operators.transposedConvolution(
      self, weight, bias, [stride, stride], [padding, padding], [outputPaddings.rows, outputPaddings.columns], groups, [1, 1])
  }

  /// Returns `[N, C, factor·H, factor·W]` of an `[N, C·factor², H, W]` tensor: each run of factor² channels fills the square of its place, row by
  /// row.
  public func pixelsShuffled(factor: Int) throws(TorchError) -> Tensor { try Operators.pixelShuffle(self, factor) }

  /// Returns `[N, C·factor², H/factor, W/factor]` of an `[N, C, H, W]` tensor, the way back of ``pixelsShuffled(factor:)``.
  public func pixelsUnshuffled(factor: Int) throws(TorchError) -> Tensor { try Operators.pixelUnshuffle(self, factor) }

  /// Returns the square patches around all places of an `[N, C, H, W]` tensor, `[N, C·k², H·W]`; what is outside counts as zeros.
  ///
  /// - Parameter side: k, an odd number.
  public func patches(side: Int) throws(TorchError) -> Tensor {
    try Operators.imageToColumns(self, [side, side], [1, 1], [side / 2, side / 2], [1, 1])
  }

  /// Returns the means of square windows; the border counts as zeros.
  public func averagePooled(kernel: Int, stride: Int, padding: [Int]) throws(TorchError) -> Tensor {
    try Operators.averagePool(self, [kernel, kernel], [stride, stride], padding)
  }

  /// Returns the means of squares of `side`² places of an `[N, C, H, W]` tensor, `[N, C, ⌈H/side⌉, ⌈W/side⌉]`; those at the border are of what is there.
  public func averagePooled(side: Int) throws(TorchError) -> Tensor {
    try Operators.averagePool(self, [side, side], [side, side], [0, 0], true, false)
  }

  /// Returns an `[N, C, H, W]` tensor whose places are those of this one, each `factor`² times.
  public func repeatedPlaces(factor: Int) throws(TorchError) -> Tensor {
    try Operators.repeatNearest(self, [factor * shape[2], factor * shape[3]])
  }

  /// Returns an `[N, C, H, W]` tensor at other places, interpolated between four neighbours, of which those outside count as zeros.
  ///
  /// - Parameter grid: `[N, H', W', 2]`, (column, row), where −1 is the left and upper edge of the tensor and 1 the right and lower one: the middle of the
  ///   column x lies at (2·x + 1) / W − 1.
  public func sampled(at grid: Tensor) throws(TorchError) -> Tensor { try Operators.sampleGrid(self, grid, 0, 0, false) }

  /// Returns the (batched) matrix product.
  public func multiplied(byMatrix other: Tensor) throws(TorchError) -> Tensor {
    let output = try Operators.matmul(self, other)
    if let trace = LayerTrace.current { trace.add(multiplyAccumulates: output.count * (shape.last ?? 1)) }
    return output
  }

  /// Returns W·x + b for the last dimension of the tensor, with `weight` `[O, I]` and `bias` `[O]`, in one pass.
  public func mapped(weight: Tensor, bias: Tensor?) throws(TorchError) -> Tensor {
    let output = try Operators.linear(self, weight, bias)
    if let trace = LayerTrace.current { trace.add(multiplyAccumulates: output.count * (shape.last ?? 1)) }
    return output
  }
}
