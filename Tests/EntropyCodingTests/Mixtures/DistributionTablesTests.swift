import Foundation
import Testing

@testable import EntropyCoding

@Suite struct DistributionTablesTests {
  @Test(arguments: StandardDistribution.allCases) func rowsAreProbabilities(distribution: StandardDistribution) throws {
    let scales: [Float] = [0.11, 0.5, 1, 3, 40]
    let tables = try DistributionTables.make(distribution, scales: scales, tailMass: 1e-5)
    for (row, scale) in scales.enumerated() {
      let entries = Array(tables.quantizedCDF[row * tables.width..<(row + 1) * tables.width].prefix(Int(tables.lengths[row])))
      #expect(entries.last == 65536)
      // What a wrong table costs: the divergence from the exact probabilities, in bits.
      var cost = 0.0
      for (index, edges) in zip(entries, entries.dropFirst().dropLast()).enumerated() {
        let value = Double(Int(tables.offsets[row]) + index)
        let exact = distribution.cumulative((value + 0.5) / Double(scale)) - distribution.cumulative((value - 0.5) / Double(scale))
        cost += exact * log2(exact / (Double(edges.1 - edges.0) / 65536))
      }
      #expect(abs(cost) < 0.015, "\(distribution), \(scale): \(cost) bits")
    }
  }

  @Test(arguments: StandardDistribution.allCases) func tailsHoldTheirMass(distribution: StandardDistribution) {
    let distance = distribution.tailDistance(mass: 1e-6)
    #expect(abs(2 * distribution.cumulative(-distance) / 1e-6 - 1) < 1e-4)
    // A standard deviation of 1, by the trapezoid rule.
    let steps = stride(from: -40.0, through: 40, by: 0.01)
    let variance = steps.reduce(0.0) { sum, t in
      sum + t * t * (distribution.cumulative(t + 0.005) - distribution.cumulative(t - 0.005))
    }
    #expect(abs(variance - 1) < 1e-3)
  }

  @Test func impossibleScalesAreRefused() {
    for scales: [Float] in [[0], [1, 1], [2, 1], [.nan], [1e6]] {
      #expect(throws: EntropyCodingError.self) { try DistributionTables.make(.laplacian, scales: scales, tailMass: 1e-9) }
    }
  }
}
