import Configuration
import ModelRegistry
import Registry
import Results

/// What the registry asks of weights: which model they are of, and their identity.
enum WeightsInspection {
  /// A reader that loads the models of weights.
  static func reader() throws -> RecordReader {
    let catalogue = try Program.catalogue()
    return RecordReader { path in
      let model = try ModelUnderTest(path: path, catalogue: catalogue)
      return WeightsFacts(
        model: model.component.classPath, identity: model.description.weightsSHA256 ?? "", lambda: model.lambda,
        step: model.description.trainingStep, configuration: model.configuration)
    }
  }
}
