import Benchpresso
import Configuration
import Registry
import Testing

/// What users can read about every setting.
struct SettingTextsTests {
  @Test(arguments: BuiltIn.entries.map(\.classPath))
  func everyArgumentIsExplained(classPath: String) throws {
    let entry = try #require(BuiltIn.entries.first { $0.classPath == classPath })
    for setting in entry.settings { #expect(setting.documentation.hasSuffix("."), "\(classPath): \(setting.key)") }
  }

  @Test func everySettingOfAnExperimentIsExplained() {
    let settings = SettingDescription.all(of: Experiment.self)
    for setting in settings { #expect(setting.documentation.hasSuffix("."), "\(setting.key)") }
    let threads = settings.first { $0.key == "trainer.threads" }?.documentation
    #expect(
      threads == "The number of threads of one tensor operation, 1 to 1024; null lets libtorch choose. "
        + "MS-SSIM uses up to three threads whatever stands here, since it computes the three colours side by side.")
  }

  @Test func choicesAreExplained() {
    let subsampling = BuiltIn.entries.first { $0.classPath == "codecs.JPEG" }?.settings.first { $0.key == "subsampling" }
    #expect(
      subsampling?.documentation
        == "How the chroma planes are stored. `yuv420`: Half the width and half the height (4:2:0). `yuv444`: Full size (4:4:4).")
  }
}
