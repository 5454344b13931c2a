import Foundation
import Testing

/// The commands of section 6.3.2 of the thesis, with nothing but the name of the program changed.
@Suite(.serialized) struct ThesisCommandsTests {
  static let model = ["--model", "models.google_models.FactorizedPrior"]
  static let flickr = ["--data", "data_modules.flicker_2w_data_module.Flicker2WDataModule"]
  static let kodak = ["--data", "data_modules.kodak_data_module.KodakDataModule"]
  static let loss = [
    "--model.rate_distortion_function",
    "{class_path: loss.rate_distortion_loss_compressai.RateDistortionLoss, init_args: {loss_metric: ms_ssim}}",
  ]
  static let training = ["fit"] + model + flickr
  static let inference = ["test"] + model + kodak + ["--data.batch_size", "1"] + loss
  static let testFile = "configs/factorized_prior_test_q8_mse.yaml"
  static let trainingFile = "configs/factorized_prior_fit_q8_mse.yaml"

  /// What makes the thesis's model small enough for a test.
  static let tiny = ["--model.channels", "4", "--model.expansion_channels", "6", "--trainer.max_steps", "1", "--trainer.threads", "1"]

  /// A folder with pictures where the thesis has its data sets.
  static func folder() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.addPictures("data/flicker_2W_images", count: 2, side: 256)
    try folder.addPictures("data/kodak", count: 1, side: 256)
    return folder
  }

  private func copy(_ name: String, to folder: TestFolder) throws {
    try folder.add(name, String(contentsOfFile: "\(ConfigurationFilesTests.root)/\(name)", encoding: .utf8))
  }

  static let withoutData: [(arguments: [String], status: Int32, message: String)] = [
    (
      training, 1,
      "error: the data set folder 'data/flicker_2W_images' does not exist; check data_dir, "
        + "or get the set: 'benchpresso data list flickr2w' says how\n"
    ),
    (
      training + ["--data.batch_size", "32"], 1,
      "error: the data set folder 'data/flicker_2W_images' does not exist; check data_dir, "
        + "or get the set: 'benchpresso data list flickr2w' says how\n"
    ),
    (
      inference, 2,
      """
      error: test needs trained weights: name them with --ckpt_path (a path, last or best); without them the measurement would be of random \
      weights

      """
    ),
    (
      ["test", "--config", testFile], 2,
      """
      error: configs/factorized_prior_test_q8_mse.yaml:33:12: ckpt_path: there is no checkpoint in 'logs/factorized_prior_q8_mse'; give the \
      path of one, or train first
          33 | ckpt_path: best  # of the newest run of this name; or a path, or 'last'
             |            ^^^^

      """
    ),
    (
      ["fit", "--config", trainingFile], 1,
      "note: configs/factorized_prior_fit_q8_mse.yaml:30:15: data.init_args.data_dir: there is neither 'configs/data/flicker_2W_images', beside "
        + "this file, nor 'data/flicker_2W_images'\n"
        + "error: the data set folder 'data/flicker_2W_images' does not exist; check data_dir, "
        + "or get the set: 'benchpresso data list flickr2w' says how\n"
    ),
  ]

  @Test(arguments: withoutData.indices)
  func inAnEmptyFolderTheyNameWhatIsMissing(index: Int) throws {
    let (arguments, status, message) = Self.withoutData[index]
    let folder = try TestFolder()
    for name in [Self.testFile, Self.trainingFile] { try copy(name, to: folder) }
    var command = Command(arguments, in: folder)
    command.program = try folder.lonelyProgram()
    let result = try command.run()
    #expect(result.messages == message && result.status == status && result.output.isEmpty, "\(result)")
    #expect(!folder.has("logs"))
  }

  @Test func training() throws {
    let folder = try Self.folder()
    let first = try Command(Self.training + Self.tiny, in: folder).run()
    #expect(first.status == 0 && first.output.isEmpty, "\(first)")
    let second = try Command(Self.training + ["--data.batch_size", "32"] + Self.tiny, in: folder).run()
    #expect(second.status == 0, "\(second)")
    let frozen = String(decoding: try folder.bytes("logs/experiment/version_1/config.yaml"), as: UTF8.self)
    #expect(frozen.contains("class_path: datasets.Flickr2W") && frozen.contains("batch_size: 32"), "\(frozen)")
    // Inference with the weights of that training, and the loss for MS-SSIM: it is not what they were trained with.
    let weights = ["--ckpt_path", "logs/experiment/version_1/checkpoints/last.ckpt"]
    let other = try Command(Self.inference + weights, in: folder).run()
    #expect(other.status == 2, "\(other)")
    #expect(
      other.messages.contains("asked for ms_ssim, but 'logs/experiment/version_1/checkpoints/last.ckpt' was trained with mse"), "\(other)")
    let trained = try Command(["fit"] + Self.model + Self.flickr + Self.loss + Self.tiny + ["--name", "ms"], in: folder).run()
    #expect(trained.status == 0, "\(trained)")
    let measured = try Command(Self.inference + ["--ckpt_path", "logs/ms/version_0/checkpoints/last.ckpt"], in: folder).run()
    #expect(measured.status == 0 && measured.output.contains("0.0130"), "\(measured)")
    #expect(folder.has("logs/ms/version_0/test/results.json"))
  }

  /// The shipped files with the names of the thesis, made small by a further file.
  @Test func configurationFiles() throws {
    let folder = try Self.folder()
    for name in [Self.testFile, Self.trainingFile] { try copy(name, to: folder) }
    try folder.add("tiny.yaml", "model: {init_args: {channels: 4, expansion_channels: 6}}\ntrainer: {max_steps: 2, threads: 1}\n")
    let trained = try Command(["fit", "--config", Self.trainingFile, "--config", "tiny.yaml"], in: folder).run()
    #expect(trained.status == 0, "\(trained)")
    let tested = try Command(["test", "--config", Self.testFile, "--config", "tiny.yaml"], in: folder).run()
    #expect(tested.status == 0 && tested.output.contains("0.1800"), "\(tested)")
    let results = String(decoding: try folder.bytes("logs/factorized_prior_q8_mse/version_0/test/results.json"), as: UTF8.self)
    #expect(results.contains("\"0.png\"") && results.contains("factorized_prior_q8_mse"))
  }

  /// A file that gives no name gives its own; the run of a test is that of its training.
  @Test func filesGiveRunsTheirNames() throws {
    let folder = try Self.folder()
    let parts = """
      model: {class_path: models.FactorizedPrior, init_args: {channels: 4, expansion_channels: 6}}
      trainer: {max_steps: 1, threads: 1}

      """
    try folder.add("configs/fp_relu_fit_q1_mse.yaml", parts + "data: Flickr2W\n")
    try folder.add("configs/fp_relu_test_q1_mse.yaml", parts + "data: Kodak\nckpt_path: last\n")
    try folder.add("configs/FP_train_q2_ms_ssim.yaml", parts + "data: Flickr2W\n")
    for (file, name) in [("fp_relu_fit_q1_mse", "fp_relu_fit_q1_mse"), ("FP_train_q2_ms_ssim", "FP_fit_q2_ms_ssim")] {
      let result = try Command(["fit", "--config", "configs/\(file).yaml"], in: folder).run()
      #expect(result.status == 0 && folder.has("logs/\(name)/version_0/checkpoints/last.ckpt"), "\(result)")
    }
    let tested = try Command(["test", "--config", "configs/fp_relu_test_q1_mse.yaml"], in: folder).run()
    #expect(tested.status == 0 && folder.has("logs/fp_relu_fit_q1_mse/version_0/test/results.json"), "\(tested)")
    let named = try Command(["config", "show", "--config", "configs/fp_relu_fit_q1_mse.yaml", "--name", "mine"], in: folder).run()
    #expect(named.output.contains("\nname: mine\n"), "\(named)")
  }
}
