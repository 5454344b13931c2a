import Foundation
import Testing

/// Every shipped configuration of a model trains: one update and one validation of one small picture each.
@Suite(.serialized) struct ShippedConfigurationsRunTests {
  /// Those that name a model; of the 512 variants of the thesis one for each model, non-linearity, size and loss.
  static let paths: [String] = {
    let root = "\(ConfigurationFilesTests.root)/configs"
    let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") }.sorted() ?? []
    return files.filter { path in
      if path.contains("variants/") { return path.hasSuffix("_fit_q3_mse.yaml") || path.hasSuffix("fp_gdn_fit_q3_ms_ssim.yaml") }
      // Parts of configurations, settings of a trainer and of data alone, and networks whose files are made first.
      let parts = [
        "parts/", "rates/", "trainer/", "thesis/flickr2w", "thesis/kodak", "thesis/training_data", "thesis/miscellaneous", "finetune",
        "torchscript", "test-photos", "codecs/",
      ]
      return !parts.contains { path.contains($0) }
    }
  }()

  @Test func thereAreAsManyAsExpected() { #expect(Self.paths.count >= 28, "\(Self.paths)") }

  @Test(arguments: paths) func oneStep(path: String) throws {
    let folder = try TestFolder()
    let side = path.contains("ms_ssim") ? 192 : path.contains("octave") ? 128 : 64
    try folder.addPictures("pictures", count: 1, side: side)
    let configuration = "\(ConfigurationFilesTests.root)/configs/\(path)"
    let data = "{class_path: datasets.ImageFolder, init_args: {data_dir: pictures, batch_size: 1, num_workers: 0}}"
    let crop = "{class_path: transform.CenterCrop, init_args: {patch_size: \(side)}}"
    var words = ["fit", "--config", configuration, "--data", data, "--data.transform", crop, "--data.val_transform", crop]
    words += ["--trainer.fast_dev_run", "true", "--trainer.threads", "1", "--trainer.enable_model_summary", "false", "--ckpt_path", "null"]
    let result = try Command(words, in: folder).run()
    #expect(result.status == 0 && result.messages.contains("fast_dev_run: 1 batch"), "\(result)")
  }
}
