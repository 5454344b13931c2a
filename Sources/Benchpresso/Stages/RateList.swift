import Configuration
import Registry

/// The rates of a curve, as `--rates_config` names them: `loss_metric`, `key` and `values`.
package struct RateList {
  /// One rate: its label and the value of λ.
  struct Rate: Equatable {
    let label: String
    let value: Double
  }

  /// The metric of the loss that the values of λ are meant for.
  let lossMetric: String
  /// The dotted path of the setting that gets the values.
  let key: String
  /// The rates, the smallest value first.
  let values: [Rate]
  /// The place of the values.
  let mark: Mark

  /// What the file holds.
  private struct Keys: Settings {
    var lossMetric = "mse"
    var key = "model.rate_distortion_function.lagrangian_multiplier"
    init() {}
  }

  /// Reads a file: `values` is a map of labels (`q1: 0.0018`), or a list, whose labels are q1, q2, … from the smallest value on.
  ///
  /// - Throws: `ConfigurationError` with what is wrong.
  package init(path: String) throws {
    let node = try ConfigurationFile.read(path)
    if let inner = node["rates"], node.fields?.count == 1 {
      try self.init(inner)
    } else {
      try self.init(node)
    }
  }

  /// Reads the map that a file holds.
  ///
  /// - Throws: `ConfigurationError` with what is wrong.
  init(_ node: Node) throws(ConfigurationError) {
    let values = node["values"] ?? .null
    var rest = node
    rest["values"] = nil
    var problems: [Problem] = []
    let keys = SettingsDecoder.decode(Keys.self, from: rest, problems: &problems)
    var rates: [Rate] = []
    func add(_ label: String, _ node: Node) {
      switch node.value {
      case .int(let value) where value > 0: rates.append(Rate(label: label, value: Double(value)))
      case .double(let value) where value > 0 && value.isFinite: rates.append(Rate(label: label, value: value))
      default:
        problems.append(Problem(mark: node.mark, path: "values.\(label)", sentence: "expected a positive number, found \(node.summary)"))
      }
    }
    if let fields = values.fields {
      for field in fields { add(field.key, field.value) }
    } else {
      for (index, element) in (values.elements ?? []).enumerated() { add("q\(index + 1)", element) }
    }
    if rates.isEmpty && problems.isEmpty {
      let sentence = "expected the values of λ, as a map (values: {q1: 0.0018, q2: 0.0035}) or a list"
      problems.append(Problem(mark: values.isNull ? node.mark : values.mark, path: "values", sentence: sentence))
    }
    for (before, after) in zip(rates, rates.dropFirst()) where before.value >= after.value {
      let sentence = "the values have to rise, but \(after.label) (\(after.value)) does not lie above \(before.label) (\(before.value))"
      problems.append(Problem(mark: values.mark, path: "values", sentence: sentence))
    }
    for rate in rates where !RunName.isQuality(rate.label) {
      problems.append(Problem(mark: values.mark, path: "values.\(rate.label)", sentence: "labels are q1, q2, …, found '\(rate.label)'"))
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    lossMetric = keys.lossMetric
    key = keys.key
    self.values = rates
    mark = values.mark
  }

  /// Refuses rates of another metric than that of the configuration's loss: λ of mean squared error means nothing for MS-SSIM.
  ///
  /// - Throws: `ConfigurationError` naming both.
  func check(_ file: ExperimentFile) throws(ConfigurationError) {
    guard let metric = file.tree.node(at: "model.init_args.rate_distortion_function.init_args.loss_metric")?.string, metric != lossMetric
    else { return }
    throw ConfigurationError(
      mark: mark, path: "loss_metric",
      "the rates are meant for '\(lossMetric)', but the loss of the model has loss_metric '\(metric)'; use the rates of that metric")
  }
}
