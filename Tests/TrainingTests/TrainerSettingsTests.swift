import Configuration
import Registry
import Testing
import Training

struct TrainerSettingsTests {
  @Test func defaultsAreSound() {
    #expect(TrainerSettings().problems().isEmpty)
    #expect(RateDistortionSettings().problems().isEmpty)
  }

  @Test func everyNumberOutOfRangeIsNamed() {
    var settings = TrainerSettings()
    (settings.maxSteps, settings.minSteps, settings.accumulateGradBatches, settings.gradientClipVal) = (0, -1, 0, 0)
    (settings.logEveryNSteps, settings.threads) = (0, 0)
    (settings.maxEpochs, settings.limitTrainBatches, settings.limitTestBatches) = (0, .count(0), .count(0))
    #expect(
      Set(settings.problems().map(\.key)) == [
        "maxSteps", "maxEpochs", "limitTrainBatches", "minSteps", "accumulateGradBatches", "limitTestBatches", "gradientClipVal",
        "logEveryNSteps", "threads",
      ])
    #expect(settings.problems().allSatisfy { $0.sentence.contains("found") })
  }

  @Test func aliasesOfTheThesisAndOfPyTorch() throws {
    let catalogue = try Catalogue(TrainingEntries.all)
    for name in ["loss.RateDistortion", "loss.rate_distortion_loss_compressai.RateDistortionLoss"] {
      let loss: RateDistortionLoss = try catalogue.build(Component<LossKind>(name, ["lagrangian_multiplier": 0.05]))
      #expect(loss.lambda == 0.05)
    }
    for name in ["Adam", "AdamW", "SGD"] {
      let optimizer = try catalogue.build(Component<OptimizerKind>("torch.optim.\(name)", ["lr": 0.5]), as: (any OptimizerSettings).self)
      #expect(optimizer.lr == 0.5)
    }
  }
}
