import Datasets
import Testing

@Suite struct DatasetMixtureTests {
  private func epochs(_ plan: BatchPlan, _ count: Int) -> [[Int]] {
    (0..<count).map { epoch in
      ((epoch * plan.stepsPerEpoch)..<((epoch + 1) * plan.stepsPerEpoch)).flatMap { plan.indices(step: $0) }
    }
  }

  @Test func everySetGivesItsShare() throws {
    let mixture = DatasetMixture(counts: [30, 10], weights: [1, 1])
    #expect(mixture.shares == [20, 20] && mixture.samplesPerEpoch == 40 && mixture.count == 40)
    let plan = try BatchPlan.mixed(mixture, batchSize: 7, seed: 3)
    #expect(plan.stepsPerEpoch == 6 && plan.isShuffled && plan.count == 40)
    let epochs = epochs(plan, 3)
    for epoch in epochs { #expect(epoch.count { $0 < 30 } == 20 && epoch.count { $0 >= 30 } == 20) }
    // After three epochs each picture of the first has been seen twice, each of the second six times.
    let counts = Dictionary(epochs.joined().map { ($0, 1) }, uniquingKeysWith: +)
    #expect((0..<30).allSatisfy { counts[$0] == 2 } && (30..<40).allSatisfy { counts[$0] == 6 })
    #expect(Set(epochs).count == 3)
    #expect(try BatchPlan.mixed(mixture, batchSize: 7, seed: 4).indices(step: 0) != plan.indices(step: 0))
  }

  @Test func noSetIsLeftOut() {
    #expect(DatasetMixture(counts: [1000, 3], weights: [1_000_000, 1]).shares == [1003, 1])
  }

  @Test func stepsDoNotNeedThoseBefore() throws {
    let plan = try BatchPlan.mixed(DatasetMixture(counts: [5, 9], weights: [2, 1]), batchSize: 4, seed: 1)
    let steps = (0..<20).map { plan.indices(step: $0) }
    #expect((0..<20).reversed().map { plan.indices(step: $0) } == steps.reversed())
    #expect(try BatchPlan.mixed(DatasetMixture(counts: [5, 9], weights: [2, 1]), batchSize: 4, seed: 1, limit: 2).stepsPerEpoch == 2)
  }
}
