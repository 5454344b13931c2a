import Foundation
import Layers
import Testing
import Torch
import Weights

/// Octave convolutions against what PyTorch computes from their definitions; see `Tests/Fixtures/layers/octave/generate.py`.
struct OctaveConvolutionTests {
  enum Form: Sendable { case convolution, transposed, pooled }

  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let form: Form
    let input: OctaveChannels
    let output: OctaveChannels
    let kernel: Int
    let stride: Int

    init(_ description: String, _ form: Form, _ input: (Int, Int), _ output: (Int, Int), kernel: Int, stride: Int) {
      (self.description, self.form, self.kernel, self.stride) = (description, form, kernel, stride)
      self.input = OctaveChannels(high: input.0, low: input.1)
      self.output = OctaveChannels(high: output.0, low: output.1)
    }

    func layer() throws -> any OctaveLayer {
      let (seeds, unit) = (SeedSequence(1), { (_: Int) -> any Layer in LeakyRectifiedLinear() })
      return switch form {
      case .convolution:
        try OctaveConvolution(input: input, output: output, kernel: kernel, stride: stride, activation: unit, seeds: seeds)
      case .transposed:
        try OctaveTransposedConvolution(input: input, output: output, kernel: kernel, stride: stride, activation: unit, seeds: seeds)
      case .pooled: try PooledOctaveConvolution(input: input, output: output, kernel: kernel, stride: stride, seeds: seeds)
      }
    }
  }

  static let cases = [
    Case("middle", .convolution, (3, 2), (4, 3), kernel: 3, stride: 1), Case("strided", .convolution, (3, 2), (4, 3), kernel: 5, stride: 2),
    Case("first", .convolution, (3, 0), (4, 2), kernel: 3, stride: 2), Case("last", .convolution, (4, 2), (3, 0), kernel: 3, stride: 1),
    Case("raised", .transposed, (3, 2), (4, 3), kernel: 5, stride: 2),
    Case("raised-last", .transposed, (3, 2), (3, 0), kernel: 5, stride: 2),
    Case("raised-first", .transposed, (3, 0), (2, 2), kernel: 3, stride: 2),
    Case("pooled", .pooled, (3, 2), (4, 3), kernel: 3, stride: 1), Case("pooled-strided", .pooled, (3, 2), (4, 3), kernel: 3, stride: 2),
    Case("pooled-first", .pooled, (3, 0), (4, 3), kernel: 3, stride: 1), Case("pooled-last", .pooled, (3, 2), (4, 0), kernel: 3, stride: 1),
  ]

  private static let tensors = Result {
    try WeightsFile.read(
      "\(URL(fileURLWithPath: #filePath).deletingLastPathComponent().path)/../Fixtures/layers/octave/tensors.safetensors")
  }

  private func expectClose(_ found: Tensor?, _ expected: Tensor?, _ name: String) throws {
    guard let expected else { return #expect(found == nil, "\(name)") }
    let found = try #require(found, "\(name)")
    let scale = try expected.absolute().maximumElement().item()
    try #require(found.shape == expected.shape, "\(name)")
    let difference = try (found - expected).absolute().maximumElement().item()
    #expect(difference <= 1e-5 * scale, "\(name): \(difference) of \(scale)")
  }

  @Test(arguments: cases, [MemoryFormat.contiguous, .channelsLast])
  func agreesWithPyTorch(example: Case, format: MemoryFormat) throws {
    let tensors = try Self.tensors.get()
    func tensor(_ name: String) throws -> Tensor? { try tensors["\(example.description).\(name)"].map { try Tensor($0) } }
    let layer = try example.layer()
    var state = StoredTensors()
    let prefix = "\(example.description).weights."
    for name in tensors.names where name.hasPrefix(prefix) { state[String(name.dropFirst(prefix.count))] = tensors[name] }
    try layer.load(state)
    let (high, low) = (try #require(try tensor("high")), try tensor("low"))
    for leaf in [high, low] { try leaf?.setRequiresGradient() }
    let output = try layer.forward(OctaveFeatures(high: high.contiguous(format), low: low?.contiguous(format)))
    try expectClose(output.high.detached(), tensor("output.high"), "high")
    try expectClose(output.low?.detached(), tensor("output.low"), "low")
    var loss = try output.high.squared().sum()
    if let low = output.low { loss = try loss + low.squared().sum() }
    try loss.backward()
    try expectClose(high.gradient(), tensor("high.gradient"), "gradient of high")
    if let low { try expectClose(low.gradient(), tensor("low.gradient"), "gradient of low") }
  }

  /// Which rows a layer says that it sees, against what changes when a row of its input changes.
  @Test(arguments: cases) func rowsChangeAsSaid(example: Case) throws {
    let layer = try example.layer()
    let height = 24
    try withoutGradients {
      let high = try Tensor.uniform([1, example.input.high, height, 12], in: -1...1, seed: 3)
      let low = example.input.low > 0 ? try Tensor.uniform([1, example.input.low, height / 2, 6], in: -1...1, seed: 4) : nil
      let output = try layer.forward(OctaveFeatures(high: high, low: low))
      func rows(_ tensor: Tensor?, _ other: Tensor?) throws -> [Int] {
        guard let tensor, let other else { return [] }
        let change = try (tensor - other).absolute()
        return try (0..<tensor.shape[2]).filter { try change.narrowed(2, from: $0, length: 1).maximumElement().item() > 0 }
      }
      func check(_ other: OctaveFeatures, seen: (OctaveRows) -> Bool) throws {
        let found = try layer.forward(other)
        let low = output.low.map { $0.shape[2] } ?? 0
        // The rows of each resolution by themselves, with one row of the other that is far away from all.
        let saidHigh = try (0..<output.high.shape[2]).filter { try seen(layer.inputRows(for: OctaveRows(high: $0..<$0 + 1, low: nil))) }
        let saidLow = try (0..<low).filter { row in
          let high = 2 * row..<2 * row + 1
          return try seen(layer.inputRows(for: OctaveRows(high: high, low: row..<row + 1)))
        }
        #expect(try rows(output.high, found.high).allSatisfy(saidHigh.contains), "high")
        #expect(try rows(output.low, found.low).allSatisfy(saidLow.contains), "low")
      }
      for row in stride(from: 0, to: height, by: 3) {
        let other = try high.copy()
        try other.narrowed(2, from: row, length: 1).scale(by: -3)
        try check(OctaveFeatures(high: other, low: low)) { $0.high.contains(row) }
      }
      for row in 0..<(low == nil ? 0 : height / 2) {
        let other = try #require(low).copy()
        try other.narrowed(2, from: row, length: 1).scale(by: -3)
        try check(OctaveFeatures(high: high, low: other)) { $0.low?.contains(row) == true }
      }
    }
  }

  /// Half of the channels at half the sides take 7/16 of the multiply–accumulates.
  @Test(arguments: [Form.convolution, .pooled]) func fewerProductsThanAnOrdinaryOne(form: Form) throws {
    let layer = try Case("", form, (8, 8), (8, 8), kernel: 3, stride: 1).layer()
    let trace = try LayerTrace.recording {
      _ = try withoutGradients {
        try layer.forward(OctaveFeatures(high: Tensor.zeros([1, 8, 16, 16]), low: Tensor.zeros([1, 8, 8, 8])))
      }
    }
    #expect(trace.multiplyAccumulates * 16 == 7 * 16 * 16 * 16 * 16 * 9)
  }

  @Test(arguments: [(8, 0.5, 4, 4), (8, 0.25, 6, 2), (5, 0.5, 2, 3), (192, 0.01, 190, 2), (2, 0.99, 1, 1), (1, 0.5, 1, 1)])
  func channelsAreDivided(example: (Int, Double, Int, Int)) {
    #expect(OctaveChannels(example.0, ratio: example.1) == OctaveChannels(high: example.2, low: example.3))
  }
}
