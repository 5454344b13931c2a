import Configuration
import Registry
import Testing
import Training

/// Numbers of batches, spans of time, names of metrics and checkpoints, as a configuration writes them.
struct SettingFormsTests {
  @Test(arguments: [
    ("3", BatchCount.count(3)), ("1", .count(1)), ("2.0", .count(2)), ("0.25", .share(0.25)), ("25%", .share(0.25)), ("100%", .all),
    ("0.5%", .share(0.005)),
  ])
  func batches(yaml: String, expected: BatchCount) throws {
    #expect(try TrainerChoicesTests.settings("limit_val_batches: \(yaml)").limitValBatches == expected)
    let node = try #require(try TrainerChoicesTests.node("limit_val_batches: \(yaml)", "limit_val_batches"))
    let again = node.string ?? node.summary
    #expect(try TrainerChoicesTests.settings("limit_val_batches: \(again)").limitValBatches == expected, "\(again)")
  }

  @Test(arguments: [(BatchCount.share(0.5), 8, Int?(4)), (.share(0.5), 1, nil), (.all, 7, 7), (.count(100), 8, 8), (.share(1.0 / 3), 3, 1)])
  func numbers(count: BatchCount, batches: Int, expected: Int?) { #expect(count.number(of: batches) == expected) }

  @Test(arguments: [
    ("00:00:00:05", 5), ("01:02:03:04", 93784), ("12:00:00", 43200), ("90m", 5400), ("1.5h", 5400), ("2d", 172_800), ("30s", 30),
  ])
  func times(yaml: String, seconds: Int) throws {
    #expect(try TrainerChoicesTests.settings("max_time: \"\(yaml)\"").maxTime == TimeLimit(seconds: seconds))
  }

  @Test(arguments: [
    ("limit_train_batches: 1.0", "1.0 could mean one batch or all of them; write 1 for one batch, or 100%"),
    ("limit_train_batches: 1.5", "expected a number of batches, or a share such as 0.25 or 25%, found 1.5"),
    ("limit_train_batches: 0", "limit_train_batches: must be positive, found 0"),
    ("limit_val_batches: 0%", "a share must be more than 0% and at most 100%, found '0%'"),
    ("limit_val_batches: -1", "must not be negative, found -1"), ("val_check_interval: often", "found the text 'often'"),
    ("max_time: later", "expected a time such as 12h, 90m, 2d or DD:HH:MM:SS (00:12:00:00), found the text 'later'"),
    ("max_steps: -5", "must be positive, or -1 for no limit, found -5"),
    ("max_steps: -1", "max_steps: is -1, and neither max_epochs nor max_time ends the training; set one of them"),
    ("accelerator: tpu", "expected one of auto, cpu, cuda, gpu, mps, found 'tpu'"),
    ("devices: 0", "expected auto or a number of devices of at least 1, found 0"),
    ("callbacks: [{class_path: EarlyStopping, init_args: {monitor: val_los}}]", "no training measures 'val_los'; did you mean 'val_loss'?"),
    (
      "callbacks: [{class_path: EarlyStopping, init_args: {monitor: loss}}]",
      "monitor: must be a metric of the validation (val_loss, val_bpp, val_psnr, val_mse), found 'loss'"
    ),
    ("callbacks: [{class_path: EarlyStopping, init_args: {mode: best}}]", "expected one of min, max, found 'best'"),
    ("callbacks: [{class_path: ModelCheckpoint, init_args: {filename: \"{epoch}-{nope}\"}}]", "names 'nope', which no training measures"),
    ("callbacks: [{class_path: ModelCheckpoint, init_args: {filename: \"a{epoch\"}}]", "has a brace without its partner, found 'a{epoch'"),
    ("callbacks: [{class_path: ModelCheckpoint, init_args: {filename: a/b}}]", "no '/', found 'a/b'"),
    ("callbacks: [{class_path: ModelCheckpoint, init_args: {filename: \"{step:.3f}\"}}]", "has the format '.3f', which is none for 'step'"),
    ("callbacks: [{class_path: ModelCheckpoint, init_args: {save_top_k: -2}}]", "save_top_k: must be at least -1, found -2"),
  ])
  func mistakes(yaml: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try TrainerChoicesTests.settings(yaml) }
    #expect(error.problems.count == 1 && "\(error)".contains(sentence), "\(error)")
  }

  @Test(arguments: [
    ("{epoch}-{step}", true, "epoch=4-step=18"), ("{epoch:02d}-{val_loss:.3f}", true, "epoch=04-val_loss=1.235"),
    ("e{epoch:02d}-v{val_loss:.2f}", false, "e04-v1.23"), ("fp_q8_mse-{epoch:02d}", true, "fp_q8_mse-epoch=04"), ("plain", true, "plain"),
    ("{step:06d}", false, "000018"), ("{train_loss:.1f}", true, "loss=2.0"),
  ])
  func names(template: String, autoInsert: Bool, expected: String) {
    let name = CheckpointName(template).text(epoch: 4, step: 18, metrics: ["val_loss": 1.2346, "loss": 2], autoInsert: autoInsert)
    #expect(name == expected)
  }
}
