package import Codecs
import Configuration
import Models
package import Registry
import Results
import Torch
import Training
import Weights

/// A model with trained weights, ready to code pictures.
package struct ModelUnderTest {
  let component: Component<ModelKind>
  let lambda: Double
  package let codec: LearnedCodec
  let description: ModelDescription
  /// The configuration that the file of weights carries, as YAML; nil for files of other programs.
  let configuration: String?
  /// Things the user should know, such as tables that had to be computed.
  let notes: [String]

  /// Builds the model of `component` and loads `weights` into it.
  init(
    component: Component<ModelKind>, weights: ModelWeights, options: LearnedCodec.Options, device: Device = .cpu, catalogue: Catalogue
  ) throws {
    self.component = component
    configuration = weights.configuration
    let plan: ModelPlan = try catalogue.build(component)
    let loss: RateDistortionLoss = try catalogue.build(plan.loss)
    lambda = loss.lambda
    let model = try plan.build(seed: 0)
    try StateMismatch.naming(weights.path) { try model.load(weights.tensors) }
    let hasTables = weights.tensors.contains { $0.name.hasSuffix("._quantized_cdf") && $0.tensor.elementCount > 0 }
    if !hasTables || weights.isAverage { try model.updateTables() }
    notes =
      weights.isAverage
      ? ["'\(weights.path)' has a running mean of the weights (WeightAveraging), which is what is measured"]
      : hasTables ? [] : ["the weights carry no coder tables; they were computed now"]
    if device != .cpu { try model.move(to: device) }
    codec = try LearnedCodec(model: model, identity: component.classPath, options: options)
    description = ModelDescription(
      classPath: component.classPath, settings: try JSONValue(encoding: component.arguments), parameterCount: model.parameterCount,
      weightsSHA256: Hash.hexadecimal(codec.weightsHash), trainingStep: weights.step)
  }

  /// Reads a file of weights, or a model of the zoo, and builds the model that the file itself names.
  package init(path: String, options: LearnedCodec.Options = LearnedCodec.Options(), catalogue: Catalogue) throws {
    let path = try ModelZoo.path(path)
    let weights = try ModelWeights(path: path)
    let base = try Self.configuration(of: weights, path: path)
    guard base["model"] != nil else { throw ModelError.noConfiguration(path: path) }
    let file = try ExperimentFile(ConfigurationRequest(base: base), catalogue: catalogue)
    try self.init(component: file.experiment.model, weights: weights, options: options, catalogue: catalogue)
  }

  /// The model's part of the configuration that a file of weights carries; empty for files of other programs.
  static func configuration(of weights: ModelWeights, path: String) throws -> Node {
    guard let text = weights.configuration else { return Node(.map([])) }
    let whole = try ConfigurationFile.parse(text, source: path)
    return whole["model"].map { .map([("model", $0)]) } ?? Node(.map([]))
  }
}

/// What is wrong with a request for a model.
enum ModelError: Error, CustomStringConvertible {
  case noConfiguration(path: String)

  var description: String {
    switch self {
    case .noConfiguration(let path):
      "'\(path)' does not say which model its weights belong to; use 'test' with a configuration, or write a file that says it with 'export'"
    }
  }
}
