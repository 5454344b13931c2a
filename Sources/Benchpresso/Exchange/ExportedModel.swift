import Configuration
import Models
import Registry
import Torch
import Weights

/// The configuration that a file of weights carries.
struct ExportedModel: Settings {
  /// The model that the weights belong to.
  var model = Component<ModelKind>("models.FactorizedPrior")

  init() {}

  init(model: Component<ModelKind>) { self.model = model }

  /// Writes weights and tables into a safetensors file that says which model they are of.
  ///
  /// - Parameter step: the training step, where it is known.
  /// - Throws: `WeightsError` when the file cannot be written.
  func write(_ state: StoredTensors, step: Int? = nil, to path: String) throws {
    var state = state
    let configuration = try SettingsEncoder.node(of: self)
    state.metadata = ["benchpresso.format": "benchpresso.weights/1", "benchpresso.configuration": configuration.yaml()]
    if let step { state.metadata["benchpresso.step"] = String(step) }
    try SafeTensors.write(state, to: path)
  }
}
