import CMatrix
import Layers
import Torch
import Weights

/// A context model's weights, arranged for walks over the places of one latent.
///
/// All sums of a place run in one order that depends on nothing but the model: bias, the rows above, the row itself, tap by tap and channel by
/// channel; then the layers 1×1, input by input, each in parts of 32. Numbers have 32 bits, products are rounded first, and one thread does the
/// work, so that machines with IEEE arithmetic agree to the last bit, whatever their instruction sets and the number of threads. (ψ itself comes
/// from libtorch, for which this does not hold.) Which places are computed together, a ``PlaceLine``, therefore changes no bit. Taps outside of the
/// picture are left out.
struct SerialContext {
  let channels: Int
  private let above: ArrangedMatrix  // the taps of the rows above: [row][tap][channel] to φ
  private let left: ArrangedMatrix  // the taps of the row at work: [tap][channel] to φ
  private let firstOfHyper: ArrangedMatrix  // the first layer's part for ψ
  private let firstOfContext: ArrangedMatrix  // its part for φ
  private let firstBias: FloatRows
  private let later: [(matrix: ArrangedMatrix, bias: FloatRows)]
  private let contextBias: FloatRows
  /// The taps of a kernel's row that are multiplied together.
  ///
  /// One by one nearly all places of a line have them, which is faster. The parts of a sum must not move by that, though, so a tap has to be some
  /// whole parts.
  private let tapGroups: [Range<Int>]

  static let reach = ContextModel.kernel / 2

  /// Arranges weights.
  ///
  /// - Throws: ``LatentModelError/notCausal`` when the mask of a file lets through what is not decoded yet.
  init(_ weights: ContextWeights) throws {
    let (m, kernel) = (weights.channels, ContextModel.kernel)
    channels = m
    tapGroups = m.isMultiple(of: Int(BP_MATRIX_PART)) ? (0..<kernel).map { $0..<$0 + 1 } : [0..<kernel]
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
      let matrix = ArrangedMatrix(layer.weight, outputs: layer.bias.count, outputStride: inputs, members: inputs)
      return (matrix: matrix, bias: FloatRows(layer.bias, width: matrix.paddedOutputs))
    }
    contextBias = FloatRows(weights.contextStart, width: above.paddedOutputs)
    firstBias = FloatRows(first.bias, width: firstOfHyper.paddedOutputs)
  }

  /// Returns memory for lines of up to `count` places.
  ///
  /// - Parameter together: how many of them ``layers(_:at:count:)`` takes at once.
  func rows(count: Int, together: Int) -> SerialRows {
    SerialRows(
      context: FloatRows(count: count, width: contextBias.width), hidden: FloatRows(count: count, width: firstBias.width),
      outputs: later.map { FloatRows(count: together, width: $0.bias.width) })
  }

  /// Begins φ and the first layer for a line: biases, the taps of the rows above, and what the layer makes of ψ.
  func prepare(_ line: PlaceLine, hyper: UnsafePointer<Float>, values: UnsafePointer<Float>, rows: SerialRows) {
    rows.context.fill(0..<line.count, with: contextBias)
    rows.hidden.fill(0..<line.count, with: firstBias)
    for kernelRow in 0..<Self.reach {
      for group in tapGroups {
        line.forRuns(
          sharing: { row, column in row + kernelRow < Self.reach ? 0..<0 : line.taps(column: column).clamped(to: group) },
          do: { run, taps in
            guard !taps.isEmpty else { return }
            let first = line.place(run.lowerBound) + (kernelRow - Self.reach) * line.width + taps.lowerBound - Self.reach
            let inputs = (kernelRow * ContextModel.kernel + taps.lowerBound) * channels
            above.accumulate(
              values + first * channels, inputs: inputs..<inputs + taps.count * channels, count: run.count, stride: line.stride * channels,
              into: rows.context[run.lowerBound])
          })
      }
    }
    firstOfHyper.accumulate(
      hyper + line.place(0) * 2 * channels, inputs: 0..<2 * channels, count: line.count, stride: line.stride * 2 * channels,
      into: rows.hidden[0])
  }

  /// Adds to φ what comes of the values `distance` places to the left, for a run of the places of a line.
  ///
  /// The farther tap, `reach`, comes first. Places that have no such value are left out.
  func addLeft(_ distance: Int, to run: Range<Int>, of line: PlaceLine, values: UnsafePointer<Float>, rows: SerialRows) {
    let tap = Self.reach - distance
    line.forRuns(
      in: run, sharing: { _, column in column >= distance },
      do: { run, known in
        guard known else { return }
        left.accumulate(
          values + (line.place(run.lowerBound) - distance) * channels, inputs: tap * channels..<(tap + 1) * channels, count: run.count,
          stride: line.stride * channels, into: rows.context[run.lowerBound])
      })
  }

  /// Takes φ of some places through the layers.
  ///
  /// - Returns: the scales and then the means of each, in rows ``outputWidth`` wide.
  func layers(_ rows: SerialRows, at first: Int, count: Int) -> UnsafePointer<Float> {
    firstOfContext.accumulate(
      rows.context[first], inputs: 0..<2 * channels, count: count, stride: rows.context.width, into: rows.hidden[first])
    var (input, width) = (rows.hidden[first], rows.hidden.width)
    for (layer, output) in zip(later, rows.outputs) {
      bp_matrix_rectify(input, Int64(count * width), Float(ContextModel.slope))
      output.fill(0..<count, with: layer.bias)
      layer.matrix.accumulate(input, inputs: 0..<layer.matrix.inputs, count: count, stride: width, into: output[0])
      (input, width) = (output[0], output.width)
    }
    return UnsafePointer(input)
  }

  /// From the numbers of one place to those of the next in what ``layers(_:at:count:)`` returns.
  var outputWidth: Int { later.last?.bias.width ?? firstBias.width }
}
