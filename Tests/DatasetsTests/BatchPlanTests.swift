import Datasets
import Testing

@Suite struct BatchPlanTests {
  @Test(arguments: [(10, 3, 4), (9, 3, 3), (2, 5, 1), (1, 1, 1)])
  func shufflesEachEpochAnew(count: Int, batchSize: Int, steps: Int) throws {
    let plan = try BatchPlan.shuffled(count: count, batchSize: batchSize, seed: 3)
    #expect(plan.stepsPerEpoch == steps && plan.isShuffled)
    let epochs = (0..<5).map { epoch in ((epoch * steps)..<((epoch + 1) * steps)).flatMap { plan.indices(step: $0) } }
    for epoch in epochs { #expect(epoch.sorted() == Array(0..<count)) }
    if count == 10 { #expect(Set(epochs).count == 5) }
    #expect(plan.epoch(ofStep: steps) == 1)
    #expect(try BatchPlan.shuffled(count: count, batchSize: batchSize, seed: 3) == plan)
    if count == 10 {
      #expect(try BatchPlan.shuffled(count: count, batchSize: batchSize, seed: 4).indices(step: 0) != plan.indices(step: 0))
    }
  }

  @Test func sortsWithinGroups() throws {
    let plan = try BatchPlan.sorted(groupSizes: [3, 1, 4], batchSize: 2)
    #expect(plan.stepsPerEpoch == 5 && plan.count == 8)
    #expect((0..<6).map { plan.indices(step: $0) } == [[0, 1], [2], [3], [4, 5], [6, 7], [0, 1]])
  }

  @Test(arguments: [0, -1])
  func refusesWrongBatchSizes(batchSize: Int) {
    let error = DatasetError.setting(name: "batch_size", value: "\(batchSize)", allowed: "at least 1")
    #expect(throws: error) { try BatchPlan.shuffled(count: 3, batchSize: batchSize, seed: 0) }
    #expect(throws: error) { try BatchPlan.sorted(groupSizes: [3], batchSize: batchSize) }
  }
}
