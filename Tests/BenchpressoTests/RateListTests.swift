import Configuration
import Registry
import Testing

@testable import Benchpresso

struct RateListTests {
  private static func read(_ text: String) throws -> RateList {
    let folder = try TestFolder()
    try folder.add("r.yaml", text)
    return try RateList(path: "\(folder.path)/r.yaml")
  }

  @Test(arguments: ["mse", "ms_ssim"])
  func theShippedOnes(metric: String) throws {
    let rates = try RateList(path: "\(ConfigurationFilesTests.root)/configs/rates/\(metric).yaml")
    #expect(rates.lossMetric == metric && rates.values.map(\.label) == (1...8).map { "q\($0)" })
    #expect(rates.key == "model.rate_distortion_function.lagrangian_multiplier")
  }

  @Test(arguments: [
    ("values: [0.1, 0.2]", ["q1", "q2"], [0.1, 0.2]), ("values: {q2: 1, q5: 2}", ["q2", "q5"], [1.0, 2]),
    ("rates: {values: [1e-3]}", ["q1"], [0.001]),
    ("loss_metric: mse\nvalues: [3]", ["q1"], [3]),
  ])
  func labels(text: String, labels: [String], values: [Double]) throws {
    let rates = try Self.read(text)
    #expect(rates.values.map(\.label) == labels && rates.values.map(\.value) == values)
    #expect(rates.lossMetric == "mse")
  }

  @Test(arguments: [
    ("", "expected the values of λ, as a map"), ("values: 3", "expected the values of λ, as a map"),
    ("values: []", "expected the values of λ, as a map"),
    ("values: [0]", "expected a positive number, found 0"), ("values: [-1]", "expected a positive number, found -1"),
    ("values: [.inf]", "expected a positive number, found .inf"),
    ("values: [x]", "expected a positive number, found the text 'x'"),
    ("values: [2, 1]", "the values have to rise, but q2 (1.0) does not lie above q1 (2.0)"),
    ("values: [1, 1]", "the values have to rise"), ("values: {a: 1}", "labels are q1, q2, …, found 'a'"),
    ("values: {q0: 1}", "labels are q1, q2, …, found 'q0'"),
    ("values: {q+1: 1}", "labels are q1, q2, …, found 'q+1'"), ("values: {q01: 1}", "labels are q1, q2, …, found 'q01'"),
    ("values: [1]\nmetric: mse", "unknown key 'metric'"),
  ])
  func mistakes(text: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Self.read(text) }
    #expect(error.problems.contains { $0.sentence.hasPrefix(sentence) }, "\(error)")
  }

  @Test func ratesOfAnotherMetricAreRefused() throws {
    let rates = try RateList(path: "\(ConfigurationFilesTests.root)/configs/rates/ms_ssim.yaml")
    let (mse, msSSIM) = (try SpellingTests.file([]), try SpellingTests.file(["--model.rate_distortion_function.loss_metric=ms_ssim"]))
    try rates.check(msSSIM)
    let error = try #require(throws: ConfigurationError.self) { try rates.check(mse) }
    #expect("\(error)".contains("'ms_ssim'") && "\(error)".contains("loss_metric 'mse'"))
  }
}
