import Synchronization

/// What the layers of a network do in one forward pass: the shapes of their outputs, their multiply–accumulates and, where a ``MemoryWatch`` is on, what
/// they leave in memory.
///
/// Layers in a ``Sequential`` are recorded, and those that others call by ``Layer/traced(_:)``, within each other, too; the multiply–accumulates are
/// those of convolutions and matrix products.
public final class LayerTrace: Sendable {
  /// What one layer did at one call.
  public struct Record: Sendable, Equatable {
    /// The layer.
    public let layer: ObjectIdentifier
    /// The shape of its output.
    public let outputShape: [Int]
    /// The multiply–accumulates within it.
    public let multiplyAccumulates: Int
    /// The bytes of tensors that are there after it and were not before: its output, and in training what its backward needs; nil where no memory is
    /// watched.
    public let keptBytes: Int?

    /// The record with what another call of the layer did.
    public func adding(_ other: Record) -> Record {
      Record(
        layer: layer, outputShape: outputShape, multiplyAccumulates: multiplyAccumulates + other.multiplyAccumulates,
        keptBytes: keptBytes.map { $0 + (other.keptBytes ?? 0) })
    }
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

  func record(_ module: any Module, _ body: () throws -> Tensor) rethrows -> Tensor {
    let before = multiplyAccumulates
    let watch = MemoryWatch.current?.watch
    let live = watch?.live
    let output = try body()
    let kept = live.flatMap { live in watch.map { $0.live - live } }
    state.withLock { state in
      state.records.append(
        Record(
          layer: ObjectIdentifier(module), outputShape: output.shape, multiplyAccumulates: state.multiplyAccumulates - before,
          keptBytes: kept))
    }
    return output
  }
}

extension Layer {
  /// Returns the layer's output; a ``LayerTrace`` that is on learns what it did.
  ///
  /// For layers that others call by themselves, outside a ``Sequential``.
  public func traced(_ input: Tensor) throws -> Tensor { try traced { try forward(input) } }
}

extension Module {
  /// Returns what `body` computes with the module; a ``LayerTrace`` that is on learns what it did.
  ///
  /// For modules that see more than one tensor.
  public func traced(_ body: () throws -> Tensor) rethrows -> Tensor {
    guard let trace = LayerTrace.current else { return try body() }
    return try trace.record(self, body)
  }
}
