import Configuration
import Registry
import Testing
import Training

struct LearningRateScheduleTests {
  @Test func constant() {
    #expect([0, 1, 1_000_000].map { ConstantSchedule().factor(step: $0) } == [1, 1, 1])
  }

  @Test func multiStepIsPyTorchs() throws {
    for golden in try AdamTests.Golden.read().multiStep {
      var settings = MultiStepSchedule.Settings()
      (settings.milestones, settings.gamma) = (golden.milestones, golden.gamma)
      let schedule = MultiStepSchedule(settings)
      for (step, factor) in golden.factors.enumerated() {
        #expect(abs(schedule.factor(step: step) - factor) <= 1e-12 * factor, "step \(step) of \(golden.milestones)")
      }
    }
  }

  @Test func cosineIsPyTorchs() throws {
    for golden in try AdamTests.Golden.read().cosine {
      var settings = CosineSchedule.Settings()
      (settings.totalSteps, settings.finalFactor) = (golden.totalSteps, golden.finalFactor)
      let schedule = CosineSchedule(settings)
      for (step, factor) in golden.factors.enumerated() { #expect(abs(schedule.factor(step: step) - factor) < 1e-12, "step \(step)") }
      #expect(schedule.factor(step: golden.totalSteps * 3) == golden.finalFactor, "it stays at the end")
    }
  }

  @Test func warmingUp() {
    var settings = CosineSchedule.Settings()
    (settings.warmupSteps, settings.totalSteps, settings.finalFactor) = (4, 8, 0)
    let schedule = CosineSchedule(settings)
    let expected = [0.25, 0.5, 0.75, 1, 1, 0.853_553_390_593_273_8, 0.5, 0.146_446_609_406_726_2, 0]
    for (step, factor) in expected.enumerated() { #expect(abs(schedule.factor(step: step) - factor) < 1e-12, "step \(step)") }
  }

  @Test(arguments: [(0, 0), (5, 5), (5, 6), (10, -1)])
  func stepsThatMakeNoSenseAreRefused(total: Int, warmup: Int) {
    var settings = CosineSchedule.Settings()
    (settings.totalSteps, settings.warmupSteps) = (total, warmup)
    #expect(settings.problems().map(\.key) == ["totalSteps"])
  }

  @Test(arguments: [
    "scheduler.Constant", "scheduler.MultiStep", "scheduler.Cosine", "torch.optim.lr_scheduler.MultiStepLR", "scheduler.Exponential",
    "torch.optim.lr_scheduler.ReduceLROnPlateau",
  ])
  func theCatalogueMakesThem(name: String) throws {
    let schedule = try Catalogue(TrainingEntries.all).build(Component<SchedulerKind>(name), as: (any LearningRateSchedule).self)
    #expect(schedule.start().rate(step: 0, base: 3) == 3)
  }
}
