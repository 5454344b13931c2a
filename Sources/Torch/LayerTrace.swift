import Synchronization

/// What the layers of a network do in one forward pass: the shapes of their outputs and their multiply–accumulates.
///
/// Layers in a ``Sequential`` are recorded, those within others, too; the multiply–accumulates are those of convolutions and matrix products.
public final class LayerTrace: Sendable {
  /// What one layer did.
  public struct Record: Sendable, Equatable {
    /// The layer.
    public let layer: ObjectIdentifier
    /// The shape of its output.
    public let outputShape: [Int]
    /// The multiply–accumulates within it.
    public let multiplyAccumulates: Int
  }

  private struct State {
    var records: [Record] = []
    var multiplyAccumulates = 0
  }

  private let state = Mutex(State())

  @TaskLocal static var current: LayerTrace?

  /// Returns what the layers did in `body`.
  public static func recording(_ body: () throws -> Void) rethrows -> LayerTrace {
    let trace = LayerTrace()
    try $current.withValue(trace, operation: body)
    return trace
  }

  /// What was recorded, in the order in which the layers ended.
  public var records: [Record] { state.withLock { $0.records } }

  /// All multiply–accumulates of the pass.
  public var multiplyAccumulates: Int { state.withLock { $0.multiplyAccumulates } }

  func add(multiplyAccumulates: Int) { state.withLock { $0.multiplyAccumulates += multiplyAccumulates } }

  func forward(_ layer: any Layer, _ input: Tensor) throws -> Tensor {
    let before = multiplyAccumulates
    let output = try layer.forward(input)
    state.withLock { state in
      state.records.append(
        Record(layer: ObjectIdentifier(layer), outputShape: output.shape, multiplyAccumulates: state.multiplyAccumulates - before))
    }
    return output
  }
}
