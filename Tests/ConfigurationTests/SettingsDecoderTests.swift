import Configuration
import Testing

private enum Metric: String, Codable, CaseIterable, Sendable { case mse, msSSIM = "ms_ssim" }

private struct Inner: ValidatedSettings {
  var channels = 128
  var betaMin = 1e-6
  var activation: String?

  static let documentation = ["channels": "How many.", "betaMin": "The least β."]

  func problems() -> [(key: String, sentence: String)] { channels > 0 ? [] : [("channels", "must be positive, found \(channels)")] }
}

private struct Outer: Settings {
  var inner = Inner()
  var optionalInner: Inner?
  var list: [Inner] = []
  var numbers = [1, 2]
  var names: [String: Double] = ["a": 1]
  var metric = Metric.mse
  var optionalMetric: Metric?
  var steps: Int?
  var small: UInt8 = 3
  var single: Float = 0.1
  var flag = true
  var text = "x"

  static let documentation = ["inner": "What is inside.", "optionalMetric": "A measure or none."]
}

private func decode(_ text: String) throws -> Outer {
  try SettingsDecoder.decode(Outer.self, from: ConfigurationFile.parse(text, source: "a.yaml"), path: "model")
}

private func problems(_ text: String) -> String? {
  do {
    _ = try decode(text)
    return nil
  } catch {
    return "\(error)"
  }
}

@Suite struct SettingsDecoderTests {
  @Test func nothingGivesTheDefaults() throws {
    #expect(try decode("") == Outer())
    #expect(try decode("inner: {}") == Outer())
  }

  @Test func valuesAreLaidOverDefaults() throws {
    let text = """
      inner: {beta_min: 1e-3, activation: 1e-3}
      optional_inner: {channels: 3}
      list: [{channels: 1}, {beta_min: 2}]
      numbers: [3.0, 1e6]
      names: {someKey: 2}
      metric: ms_ssim
      optional_metric: mse
      steps: 1e6
      single: 2
      flag: false
      text: 0x10
      """
    var expected = Outer()
    expected.inner.betaMin = 1e-3
    expected.inner.activation = "1e-3"
    expected.optionalInner = Inner(channels: 3)
    expected.list = [Inner(channels: 1), Inner(betaMin: 2)]
    expected.numbers = [3, 1_000_000]
    expected.names = ["a": 1, "someKey": 2]
    expected.metric = .msSSIM
    expected.optionalMetric = .mse
    expected.steps = 1_000_000
    expected.single = 2
    expected.flag = false
    expected.text = "0x10"
    #expect(try decode(text) == expected)
  }

  @Test(arguments: [
    (
      "inner: {chanels: 3}",
      "a.yaml:1:9: model.inner.chanels: unknown key 'chanels'; did you mean 'channels'? Valid keys: channels, beta_min, activation"
    ),
    ("inner: {zzz: 3}", "a.yaml:1:9: model.inner.zzz: unknown key 'zzz'; valid keys: channels, beta_min, activation"),
    (
      "list: [{channels: 1}, {betaMin: 3}]",
      "a.yaml:1:24: model.list[1].betaMin: unknown key 'betaMin'; did you mean 'beta_min'? Valid keys: channels, beta_min, activation"
    ),
    ("inner: {channels: many}", "a.yaml:1:19: model.inner.channels: expected an integer, found the text 'many'"),
    ("inner: {channels: 3.5}", "a.yaml:1:19: model.inner.channels: expected an integer, found 3.5"),
    (
      "inner: {channels: 1e300}",
      "a.yaml:1:19: model.inner.channels: expected an integer from -9223372036854775808 to 9223372036854775807, found 1e300"
    ),
    ("inner: {channels: .nan}", "a.yaml:1:19: model.inner.channels: expected an integer, found .nan"),
    (
      "inner: {channels: null}",
      "a.yaml:1:19: model.inner.channels: null is not possible here, expected an integer; leave the key out for the default (128)"
    ),
    ("inner: {channels: 0}", "a.yaml:1:19: model.inner.channels: must be positive, found 0"),
    ("inner: 3", "a.yaml:1:8: model.inner: expected a map of settings, found 3"),
    ("inner: ", "a.yaml:1:7: model.inner: null is not possible here, expected a map; leave the key out for the default"),
    ("small: 256", "a.yaml:1:8: model.small: expected an integer from 0 to 255, found 256"),
    ("small: -1", "a.yaml:1:8: model.small: expected an integer from 0 to 255, found -1"),
    ("single: 1e300", "a.yaml:1:9: model.single: the number 1e300 is too large for 32 bits"),
    ("single: big", "a.yaml:1:9: model.single: expected a number, found the text 'big'"),
    ("flag: yes", "a.yaml:1:7: model.flag: expected true or false, found the text 'yes'"),
    ("flag: 1", "a.yaml:1:7: model.flag: expected true or false, found 1"),
    ("text: [a]", "a.yaml:1:7: model.text: expected a text, found a list"),
    ("metric: ms-ssim", "a.yaml:1:9: model.metric: expected one of mse, ms_ssim, found 'ms-ssim'; did you mean 'ms_ssim'?"),
    ("metric: msSSIM", "a.yaml:1:9: model.metric: expected one of mse, ms_ssim, found 'msSSIM'; did you mean 'ms_ssim'?"),
    ("metric: [1]", "a.yaml:1:9: model.metric: expected one of mse, ms_ssim, found a list"),
    ("optional_metric: psnr", "a.yaml:1:18: model.optional_metric: expected one of mse, ms_ssim, found 'psnr'"),
    ("steps: many", "a.yaml:1:8: model.steps: expected an integer, found the text 'many'"),
    ("numbers: 3", "a.yaml:1:10: model.numbers: expected a list, found 3; write it in brackets or with a '-' before each element"),
    ("names: [1]", "a.yaml:1:8: model.names: expected a map, found a list"),
    ("names: {b: x}", "a.yaml:1:12: model.names.b: expected a number, found the text 'x'"),
    ("optional_inner: {channels: x}", "a.yaml:1:28: model.optional_inner.channels: expected an integer, found the text 'x'"),
  ])
  func oneProblem(text: String, expected: String) {
    #expect(problems(text) == expected)
  }

  @Test func allProblemsComeAtOnceInTheirOrder() {
    let text = """
      steps: x
      numbers: [1, a, 2, b]
      inner:
        chanels: 1
        beta_min: much
      metric: psnr
      optional_inner: {channels: -1}
      """
    let expected = """
      a.yaml:1:8: model.steps: expected an integer, found the text 'x'
      a.yaml:2:14: model.numbers[1]: expected an integer, found the text 'a'
      a.yaml:2:20: model.numbers[3]: expected an integer, found the text 'b'
      a.yaml:4:3: model.inner.chanels: unknown key 'chanels'; did you mean 'channels'? Valid keys: channels, beta_min, activation
      a.yaml:5:13: model.inner.beta_min: expected a number, found the text 'much'
      a.yaml:6:9: model.metric: expected one of mse, ms_ssim, found 'psnr'
      a.yaml:7:28: model.optional_inner.channels: must be positive, found -1
      """
    #expect(problems(text) == expected)
  }

  @Test func encodingIsCompleteOrderedAndRoundTrips() throws {
    var settings = Outer()
    settings.optionalInner = Inner(channels: 7)
    settings.single = 1e-6
    let node = try SettingsEncoder.node(of: settings)
    let keys = [
      "inner", "optional_inner", "list", "numbers", "names", "metric", "optional_metric", "steps", "small", "single", "flag", "text",
    ]
    #expect(node.fields?.map(\.key) == keys)
    #expect(node["steps"]?.isNull == true)
    #expect(node["single"] == 1e-6)
    #expect(try SettingsDecoder.decode(Outer.self, from: node) == settings)
    #expect(try decode(node.yaml()) == settings)
  }

  @Test func originsSayWhichValueWasUsed() throws {
    let given = try ConfigurationFile.parse("inner:\n  channels: 3\n", source: "a.yaml")
    let resolved = try SettingsEncoder.node(of: SettingsDecoder.decode(Outer.self, from: given), origins: given)
    #expect(resolved.node(at: "inner.channels")?.mark.description == "a.yaml:2:13")
    #expect(resolved.node(at: "inner.beta_min")?.mark.isDefault == true)
  }

  @Test func descriptionsNameTypesAndDefaults() {
    let all = SettingDescription.all(of: Outer.self)
    let types = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0.type) })
    #expect(types["inner.channels"] == "an integer")
    #expect(types["list"] == "a list, each a map of settings")
    #expect(types["names"] == "a map, each a number")
    #expect(types["metric"] == "one of mse, ms_ssim")
    #expect(all.first { $0.key == "inner.channels" }?.defaultValue == 128)
    #expect(all.first { $0.key == "steps" }?.isOptional == true)
    #expect(!types.keys.contains { $0.contains("[") })
    let texts = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0.documentation) })
    #expect(texts["inner"] == "What is inside." && texts["inner.beta_min"] == "The least β." && texts["inner.channels"] == "How many.")
    #expect(texts["optional_metric"] == "A measure or none." && texts["steps"] == "" && texts["inner.activation"] == "")
  }

  @Test(arguments: [
    ("betaMin", "beta_min"), ("everyNTrainSteps", "every_n_train_steps"), ("saveTopK", "save_top_k"), ("lossMSE", "loss_mse"),
    ("beta_min", "beta_min"),
    ("channels", "channels"), ("msSSIMWeight", "ms_ssim_weight"), ("kernel5x5", "kernel5x5"), ("", ""), ("N", "n"),
  ])
  func snakeCase(name: String, expected: String) {
    #expect(KeySpelling.snakeCase(name) == expected)
  }
}
