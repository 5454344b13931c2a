import Testing
import Torch

/// What is counted of tensors, and of layers that are traced.
struct MemoryWatchTests {
  @Test func countsWhatIsLiveAndWhatWas() throws {
    try MemoryWatch.watching { watch in
      #expect(watch.live == 0 && watch.peak == 0)
      let kept = try Tensor.zeros([1000])
      #expect(watch.live == 4000)
      do {
        let passing = try Tensor.zeros([5000])
        #expect(passing.count == 5000 && watch.live == 24_000)
      }
      #expect(watch.live == 4000 && watch.peak == 24_000)
      watch.resetPeak()
      #expect(watch.peak == 4000 && kept.count == 1000)
    }
  }

  @Test func seesOperatorsAndBackwards() throws {
    let weight = try Parameter(Tensor.full([64, 64], 0.5))
    try MemoryWatch.watching { watch in
      let input = try Tensor.full([256, 64], 1)
      let before = watch.live
      let output = try input.multiplied(byMatrix: weight.tensor).squared()
      // The product is kept for the backward of the square.
      #expect(watch.live - before == 2 * 256 * 64 * 4)
      try output.sum().backward()
      #expect(watch.peak >= before + 3 * 256 * 64 * 4)
    }
    #expect(try weight.tensor.gradient()?.shape == [64, 64])
  }

  @Test func anInnerWatchCountsForItself() throws {
    try MemoryWatch.watching { outer in
      let inner = try MemoryWatch.watching { watch in
        _ = try Tensor.zeros([1000])
        return watch.peak
      }
      #expect(inner == 4000 && outer.peak == 0)
      let after = try Tensor.zeros([10])
      #expect(outer.live >= after.count * 4)
    }
  }

  /// Two layers, of which the second is called twice.
  private final class Pair: Layer {
    private let first: Double
    private let inner = Scale(3)

    init(_ factor: Double) { first = factor }

    var members: [Member] { [.module("inner", inner)] }

    func forward(_ input: Tensor) throws -> Tensor { try inner.traced(inner.traced(input * first)) }
  }

  private final class Scale: Layer {
    private let factor: Double

    init(_ factor: Double) { self.factor = factor }

    var members: [Member] { [] }

    func forward(_ input: Tensor) throws -> Tensor { try input * factor }
  }

  @Test func partsOfALayerAreRecorded() throws {
    let pair = Pair(2)
    let trace = try MemoryWatch.watching { _ in
      try LayerTrace.recording { _ = try withoutGradients { try Sequential([pair]).forward(Tensor.full([1, 100], 1)) } }
    }
    #expect(trace.records.count == 3 && trace.records.allSatisfy { $0.outputShape == [1, 100] })
    #expect(trace.records.last?.layer == ObjectIdentifier(pair))
    // What was there before a call and is no longer needed after it is not taken off by the call itself.
    #expect(trace.records.allSatisfy { $0.keptBytes == 400 }, "\(trace.records)")
    let outside = try LayerTrace.recording { _ = try Pair(1).traced(Tensor.full([1, 4], 1)) }
    #expect(outside.records.allSatisfy { $0.keptBytes == nil })
    #expect(try Pair(2).traced(Tensor.full([1, 2], 1)).elements() == [18, 18])
  }
}
