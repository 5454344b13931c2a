import Testing
import Training

/// Against the rules of `torch.optim.lr_scheduler.ReduceLROnPlateau`.
struct PlateauScheduleTests {
  private func rates(_ losses: [Double], _ change: (inout PlateauSchedule.Settings) -> Void) -> [Double] {
    var settings = PlateauSchedule.Settings()
    (settings.factor, settings.patience) = (0.5, 1)
    change(&settings)
    let schedule = PlateauSchedule(settings).start()
    return losses.map { loss in
      schedule.observe(["val_loss": loss], base: 1)
      return schedule.rate(step: 0, base: 1)
    }
  }

  @Test func itFallsAfterMoreThanPatienceBadValidations() {
    #expect(rates([3, 2, 2, 2, 2, 2, 1.5, 1.5, 1.5], { _ in }) == [1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125])
  }

  @Test func aFloorACooldownAndAThreshold() {
    #expect(rates([1, 1, 1, 1, 1, 1, 1], { $0.minLr = 0.4 }) == [1, 1, 0.5, 0.5, 0.4, 0.4, 0.4])
    #expect(rates([1, 1, 1, 1, 1, 1, 1], { $0.cooldown = 2 }) == [1, 1, 0.5, 0.5, 0.5, 0.5, 0.25])
    #expect(rates([1, 0.95, 0.9], { $0.threshold = 0.2 }) == [1, 1, 0.5], "improvements of less than a fifth are none")
    #expect(rates([1, 0.95, 0.9], { ($0.threshold, $0.thresholdMode) = (0.04, .abs) }) == [1, 1, 1])
    #expect(rates([1, 2, 3], { $0.mode = .max }) == [1, 1, 1])
  }

  @Test func itGoesOnFromItsState() {
    let schedule = PlateauSchedule(PlateauSchedule.Settings())
    let whole = schedule.start()
    for _ in 0..<8 { whole.observe(["val_loss": 1], base: 1) }
    let continued = schedule.start()
    continued.restore(whole.state)
    for count in 0..<20 {
      whole.observe(["val_loss": 1], base: 1)
      continued.observe(["val_loss": 1], base: 1)
      #expect(whole.rate(step: count, base: 1) == continued.rate(step: count, base: 1))
    }
    #expect(whole.rate(step: 0, base: 1) < 1)
  }
}
