import Models
package import Registry
import Torch
package import Weights

/// Files of weights that say which model they are of, for programs beside this one.
package enum ExportedWeights {
  /// Writes the weights and tables of a model.
  ///
  /// - Throws: `WeightsError` when the file cannot be written.
  package static func write(_ state: StoredTensors, of model: Component<ModelKind>, to path: String) throws {
    try ExportedModel(model: model).write(state, to: path)
  }
}
