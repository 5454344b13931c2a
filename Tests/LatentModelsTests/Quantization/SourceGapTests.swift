import Foundation
import LatentModels
import Testing
import Torch

/// How far each quantizer stays from the rate–distortion bound of a Gaussian and of a Laplacian source at three rates, coded to bytes, in dB.
///
/// The limits are what an ideal quantizer of the kind reaches with ideal entropy coding, computed here on the same source, and a little for the training:
/// for rounding 1.53 dB (0.25 bits) at high rates.
@Suite(.serialized) struct SourceGapTests {
  /// Both sources, each for three weights of the error.
  private static let rows: [KnownSource] = [.gaussian, .gaussian, .gaussian, .laplacian, .laplacian, .laplacian]
  private static let steps = [0.6, 1.2, 2.2, 0.6, 1.2, 2.2]
  /// The weight at which a small step is best: dR/dD = −1/(2·ln 2·D) with D = step²/12.
  private static func weight(step: Double) -> Double { 6 / (log(2) * step * step) }

  private static func tensor(_ sources: [KnownSource], count: Int, perRow: Int = 1) throws -> Tensor {
    let numbers = sources.flatMap { source in
      (0..<perRow).flatMap { source.samples(count, multiplier: $0 == 0 ? 1 : count / 2 * 5 / 4 + 1) }
    }
    return try Tensor(numbers.map(Float.init), shape: [1, sources.count * perRow, 1, count])
  }

  private static func expectGaps(
    _ name: String, _ points: [RatePoint], sources: [KnownSource] = rows, slack: Double, limit: (Int, RatePoint) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (row, point) in points.enumerated() {
      let (gap, most) = (sources[row].gap(point), limit(row, point))
      print(
        "\(name): \(sources[row].rawValue) "
          + String(format: "%.3f bits, %.2f dB, gap %.2f dB, ideal %.2f dB", point.rate, -10 * log10(point.distortion), gap, most))
      #expect(gap < most + slack, "\(name), row \(row): \(point)", sourceLocation: sourceLocation)
      #expect(gap > 0, "\(name), row \(row): nothing is below the bound", sourceLocation: sourceLocation)
    }
  }

  private static let wholeNumbers: [(name: String, make: @Sendable () -> any WholeNumberQuantizer)] = [
    ("AdditiveNoise", { AdditiveNoiseQuantizer() }), ("StraightThrough", { StraightThroughQuantizer() }), ("Mixed", { MixedQuantizer() }),
    ("SoftRounding", { SoftRoundingQuantizer(annealing: Annealing(from: 1, to: 12, steps: 240, course: .linear)) }),
  ]

  /// All of them at once, each for channels of its own.
  @Test func quantizersOfWholeNumbers() throws {
    func coding(_ channels: Int, _ quantizer: any WholeNumberQuantizer) throws -> any LatentCoding {
      BottleneckCoding(try EntropyBottleneck(channels: channels, initialScale: 2, seeds: SeedSequence(1)), quantizer: quantizer)
    }
    let makers = Self.wholeNumbers.map(\.make)
    let points = try Self.trained(
      coding(Self.rows.count * makers.count, SideBySide(makers.map { $0() })), times: makers.count, learnsSteps: 300
    ) { try coding(1, makers[$0 / Self.rows.count]()) }
    for (number, quantizer) in Self.wholeNumbers.enumerated() {
      let own = Array(points[number * Self.rows.count..<(number + 1) * Self.rows.count])
      // What is learned of noise is not quite right for rounding.
      Self.expectGaps(quantizer.name, own, slack: 0.3) { row, point in IdealQuantizers(Self.rows[row]).uniformGap(rate: point.rate) }
    }
  }

  @Test(arguments: [Double?.none, 3]) func universal(alpha: Double?) throws {
    func coding(_ channels: Int) throws -> any LatentCoding {
      try DitheredBottleneck(
        EntropyBottleneck(channels: channels, initialScale: 2, seeds: SeedSequence(1)), dither: Dither(seed: 5, count: 16),
        rounding: alpha.map { SoftRounding(sharpness: $0) })
    }
    let points = try Self.trained(coding(Self.rows.count), learnsSteps: 280) { _ in try coding(1) }
    Self.expectGaps("Universal\(alpha.map { " alpha \($0)" } ?? "")", points, slack: 0.25) { row, point in
      IdealQuantizers(Self.rows[row]).uniformGap(rate: point.rate, offsets: 16, alpha: alpha)
    }
  }

  /// Trains a coding of the sources, so many times side by side, and codes each channel.
  private static func trained(
    _ coding: any LatentCoding, times: Int = 1, learnsSteps: Int, single: (Int) throws -> any LatentCoding
  ) throws -> [RatePoint] {
    try Runtime.setThreads(1)
    let (rows, steps) = (Array(repeating: rows, count: times).flatMap { $0 }, Array(repeating: steps, count: times).flatMap { $0 })
    let codec = try SourceCodec(coding, gains: steps.map { -log($0) }, weights: steps.map(weight), learnsGain: true)
    let losses = try codec.train(tensor(rows, count: 512), steps: learnsSteps)
    #expect(losses.last < losses.first)
    let values = try tensor(rows, count: 16384)
    return try rows.indices.map { try codec.coded(group: $0, of: rows.count, values: values, single: single($0)) }
  }

  /// Once all assignments are hard, levels become the means of what is nearest to them: the worst that is left is the quantizer of Lloyd and Max.
  @Test func softToHard() throws {
    func coding(_ channels: Int) throws -> any LatentCoding {
      CodebookCoding(
        try Codebook(groups: channels, size: 25, dimension: 1, range: 12, seeds: SeedSequence(2)),
        rule: SoftToHardRule(annealing: Annealing(from: 6, to: 30, steps: 200, course: .geometric)))
    }
    let codec = try SourceCodec(
      coding(Self.rows.count), gains: Self.steps.map { -log($0) }, weights: Self.steps.map(Self.weight), learnsGain: false,
      learnsOutput: false)
    try Runtime.setThreads(1)
    let losses = try codec.train(Self.tensor(Self.rows, count: 512), steps: 450)
    #expect(losses.last < losses.first)
    let values = try Self.tensor(Self.rows, count: 16384)
    let points = try Self.rows.indices.map { try codec.coded(group: $0, of: Self.rows.count, values: values, single: coding(1)) }
    Self.expectGaps("SoftToHard", points, slack: 0.4) { row, point in IdealQuantizers(Self.rows[row]).lloydMaxGap(rate: point.rate) }
  }

  /// Levels that follow the error alone are those of Lloyd and Max.
  @Test(arguments: [2, 4, 8]) func nonUniform(levels: Int) throws {
    func coding(_ channels: Int) throws -> any LatentCoding {
      CodebookCoding(
        try Codebook(groups: channels, size: levels, dimension: 1, range: 2.5, seeds: SeedSequence(2)),
        rule: NonUniformRule(warmupSteps: 0, turnSteps: 0))
    }
    try Runtime.setThreads(1)
    let codec = try SourceCodec(
      coding(2), gains: [0, 0], weights: [4, 4].map { $0 * Double(levels * levels) }, learnsGain: false,
      learnsOutput: false)
    try codec.train(Self.tensor(KnownSource.allCases, count: 512), steps: 300)
    let values = try Self.tensor(KnownSource.allCases, count: 16384)
    let points = try (0..<2).map { try codec.coded(group: $0, of: 2, values: values, single: coding(1)) }
    Self.expectGaps("NonUniform \(levels)", points, sources: KnownSource.allCases, slack: 0.1) { row, _ in
      let source = KnownSource.allCases[row]
      return source.gap(IdealQuantizers(source).lloydMax(levels: levels))
    }
  }

  /// Rates below 1 bit through thresholds away from the middle.
  @Test func stochasticBinarization() throws {
    let thresholds = [0, 0.5, 1, 0, 0.5, 1.0]
    func coding(_ channels: Int) throws -> any LatentCoding {
      CodebookCoding(try BinarizationRule.codebook(channels: channels), rule: BinarizationRule())
    }
    try Runtime.setThreads(1)
    let codec = try SourceCodec(
      coding(6), gains: Self.rows.map { _ in 3 }, thresholds: thresholds, weights: Self.rows.map { _ in 60 }, learnsGain: false)
    try codec.train(Self.tensor(Self.rows, count: 512), steps: 250)
    let values = try Self.tensor(Self.rows, count: 16384)
    let points = try Self.rows.indices.map { try codec.coded(group: $0, of: 6, values: values, single: coding(1)) }
    Self.expectGaps("StochasticBinarization", points, slack: 0.15) { row, _ in
      Self.rows[row].gap(IdealQuantizers(Self.rows[row]).twoCells(threshold: thresholds[row]))
    }
  }

  /// Of pairs of values.
  ///
  /// At high rates hexagonal cells are the best, with 10·log₁₀(2πe·0.0801875) = 1.366 dB; a scalar quantizer stays 1.533 dB away.
  @Test func entropyConstrainedVectors() throws {
    func coding(_ groups: Int) throws -> any LatentCoding {
      CodebookCoding(
        try Codebook(groups: groups, size: 96, dimension: 2, range: 2.4, seeds: SeedSequence(2)),
        rule: EntropyConstrainedRule(weight: Self.weight(step: 1)))
    }
    try Runtime.setThreads(1)
    let steps = [1.5, 2, 2.5, 1.5, 2, 2.5]
    let pairs = steps.flatMap { [$0, $0] }
    let codec = try SourceCodec(
      coding(6), gains: pairs.map { -log($0) }, weights: pairs.map(Self.weight), learnsGain: false,
      learnsOutput: false)
    try codec.train(Self.tensor(Self.rows, count: 1024, perRow: 2), steps: 350, rates: (0.08, 0.005))
    let values = try Self.tensor(Self.rows, count: 16384, perRow: 2)
    let points = try Self.rows.indices.map { try codec.coded(group: $0, of: 6, values: values, single: coding(1)) }
    Self.expectGaps("EntropyConstrainedVector", points, slack: 0.1) { _, _ in 10 * log10(2 * .pi * M_E * 0.0801875) }
  }
}

/// Several quantizers, each for as many adjacent channels.
private final class SideBySide: WholeNumberQuantizer {
  private let quantizers: [any WholeNumberQuantizer]

  init(_ quantizers: [any WholeNumberQuantizer]) { self.quantizers = quantizers }

  var members: [Member] { quantizers.enumerated().map { .module("\($0.offset)", $0.element) } }

  func relaxed(_ latent: Tensor, around center: Tensor?, noise: () throws -> Tensor) throws -> RelaxedLatent {
    let (width, noise) = (latent.shape[1] / quantizers.count, try noise())
    let parts = try quantizers.enumerated().map { number, quantizer in
      func own(_ tensor: Tensor) throws -> Tensor { try tensor.narrowed(1, from: number * width, length: width) }
      return try quantizer.relaxed(own(latent), around: center.map(own)) { try own(noise) }
    }
    return RelaxedLatent(
      values: try Tensor.concatenated(parts.map(\.values), along: 1), rated: try Tensor.concatenated(parts.map(\.rated), along: 1))
  }
}
