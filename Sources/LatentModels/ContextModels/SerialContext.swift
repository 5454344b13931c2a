import Layers
import Torch
import Weights

/// A context model's weights, arranged for a walk over the places of one latent in raster order.
///
/// Encoder and decoder take the same walk. All sums run in one order that depends on nothing but the model: bias, the rows above, the row itself,
/// tap by tap and channel by channel; then the layers 1×1, input by input, each in parts of 32. Numbers have 32 bits, products are rounded first,
/// and one thread does the work, so that machines with IEEE arithmetic agree to the last bit, whatever their instruction sets and the number of
/// threads. (ψ itself comes from libtorch, for which this does not hold.)
///
/// What does not depend on the row at work is computed for the whole row at once: the taps above, and what the first layer makes of ψ. Place
/// by place remain two taps and the rest of the layers. Taps outside of the picture are left out.
struct SerialContext {
  let channels: Int
  private let above: ArrangedMatrix  // the taps of the rows above: [row][tap][channel] to φ
  private let left: ArrangedMatrix  // the taps of the row at work: [tap][channel] to φ
  private let firstOfHyper: ArrangedMatrix  // the first layer's part for ψ
  private let firstOfContext: ArrangedMatrix  // its part for φ
  private let later: [ArrangedMatrix]
  private let contextBias: [Float]
  private let biases: [[Float]]

  private static let reach = ContextModel.kernel / 2

  /// What is done at a place: `values` is to be filled with ŷ, of M numbers as `scales` and `means`.
  typealias Step = (
    _ place: Int, _ scales: UnsafePointer<Float>, _ means: UnsafePointer<Float>, _ values: UnsafeMutablePointer<Float>
  ) throws -> Void

  /// Arranges weights.
  ///
  /// - Throws: ``LatentModelError/notCausal`` when the mask of a file lets through what is not decoded yet.
  init(_ weights: ContextWeights) throws {
    let (m, kernel) = (weights.channels, ContextModel.kernel)
    channels = m
    let taps = kernel * kernel
    let used = MaskedConvolution.usedTaps(kernel: kernel)
    let masked = try weights.masked()
    for filter in stride(from: 0, to: masked.count, by: taps) {
      guard masked[(filter + used)..<(filter + taps)].allSatisfy({ $0 == 0 }) else { throw LatentModelError.notCausal }
    }
    // An input is a channel of a tap; a stored weight is [output][channel][tap].
    func arranged(_ range: Range<Int>) -> ArrangedMatrix {
      ArrangedMatrix(
        masked, first: range.lowerBound, outputs: 2 * m, outputStride: m * taps, groups: range.count, groupStride: 1, members: m,
        memberStride: taps)
    }
    above = arranged(0..<Self.reach * kernel)
    left = arranged(Self.reach * kernel..<used)
    let first = weights.layers[0]
    func arrangedFirst(_ input: Int) -> ArrangedMatrix {
      ArrangedMatrix(first.weight, first: input, outputs: first.bias.count, outputStride: 4 * m, members: 2 * m)
    }
    firstOfHyper = arrangedFirst(0)
    firstOfContext = arrangedFirst(2 * m)
    later = weights.layers.dropFirst().map { layer in
      let inputs = layer.weight.count / layer.bias.count
      return ArrangedMatrix(layer.weight, outputs: layer.bias.count, outputStride: inputs, members: inputs)
    }
    contextBias = Self.padded(weights.contextBias)
    biases = weights.layers.map { Self.padded($0.bias) }
  }

  private static func padded(_ bias: [Float]) -> [Float] {
    bias + [Float](repeating: 0, count: ArrangedMatrix.padded(bias.count) - bias.count)
  }

  /// Walks over the places of one latent.
  ///
  /// - Parameters:
  ///   - hyper: ψ, `[H, W, 2·M]`.
  ///   - values: ŷ, `[H, W, M]`, which the steps fill.
  ///   - step: called for each place in raster order.
  func walk(
    height: Int, width: Int, hyper: UnsafePointer<Float>, values: UnsafeMutablePointer<Float>, _ step: Step
  ) throws {
    let context = FloatRows(count: width, width: contextBias.count)
    let hidden = FloatRows(count: width, width: biases[0].count)
    let outputs = biases.dropFirst().map { FloatRows(count: 1, width: $0.count) }
    // Rows are lent by bare pointers.
    defer { withExtendedLifetime((context, hidden, outputs)) {} }
    for row in 0..<height {
      prepare(row: row, width: width, values: values, context: context)
      for column in 0..<width { hidden.set(column, to: biases[0]) }
      firstOfHyper.accumulate(
        hyper + row * width * 2 * channels, inputs: 0..<2 * channels, count: width, stride: 2 * channels, into: hidden[0])
      for column in 0..<width {
        let place = row * width + column
        addLeft(column: column, width: width, values: values + place * channels, to: context)
        firstOfContext.accumulate(context[column], inputs: 0..<2 * channels, into: hidden[column])
        var input = hidden[column]
        for (layer, (output, bias)) in zip(later, zip(outputs, biases.dropFirst())) {
          Self.rectify(input, count: layer.inputs)
          output.set(0, to: bias)
          layer.accumulate(input, inputs: 0..<layer.inputs, into: output[0])
          input = output[0]
        }
        try step(place, input, input + channels, values + place * channels)
      }
    }
  }

  /// Adds to φ of a place what comes of the values left of it, which end at `values`.
  ///
  /// The farther tap is taken for two places at once, as soon as both values are known.
  private func addLeft(column: Int, width: Int, values: UnsafePointer<Float>, to context: FloatRows) {
    if column >= 2, column.isMultiple(of: 2) {
      left.accumulate(
        values - 2 * channels, inputs: 0..<channels, count: min(2, width - column), stride: channels, into: context[column])
    }
    if column >= 1 { left.accumulate(values - channels, inputs: channels..<2 * channels, into: context[column]) }
  }

  /// Begins φ for all places of a row: the bias and the taps of the rows above.
  private func prepare(row: Int, width: Int, values: UnsafeMutablePointer<Float>, context: FloatRows) {
    let (reach, kernel) = (Self.reach, ContextModel.kernel)
    for column in 0..<width { context.set(column, to: contextBias) }
    for kernelRow in max(0, reach - row)..<reach {
      let source = values + (row + kernelRow - reach) * width * channels
      var column = 0
      while column < width {
        let taps = Self.taps(column: column, width: width)
        var end = column + 1
        while end < width, Self.taps(column: end, width: width) == taps { end += 1 }
        let inputs = (kernelRow * kernel + taps.lowerBound) * channels..<(kernelRow * kernel + taps.upperBound) * channels
        above.accumulate(
          source + (column - reach + taps.lowerBound) * channels, inputs: inputs, count: end - column, stride: channels,
          into: context[column])
        column = end
      }
    }
  }

  /// The taps of a kernel's row that lie inside of the picture.
  private static func taps(column: Int, width: Int) -> Range<Int> {
    max(0, reach - column)..<min(ContextModel.kernel, width - column + reach)
  }

  private static func rectify(_ numbers: UnsafeMutablePointer<Float>, count: Int) {
    let slope = Float(ContextModel.slope)
    // Without a branch, which random signs would mislead.
    for index in 0..<count {
      let number = numbers[index]
      numbers[index] = number > 0 ? number : number * slope
    }
  }
}
