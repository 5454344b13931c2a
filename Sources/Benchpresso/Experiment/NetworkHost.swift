import Configuration
import Registry

/// The model that a network is made for.
struct NetworkHost {
  /// The first model of the catalogue that has the network by default.
  let model: Entry
  /// The setting that says so.
  let setting: String

  /// Finds the model; nil where no model has the network by default.
  init?(of network: Entry, catalogue: Catalogue) {
    for model in catalogue.entries where model.kind == ModelKind.name {
      for field in catalogue.defaultArguments(of: model).fields ?? [] where field.value["class_path"]?.string == network.classPath {
        (self.model, setting) = (model, field.key)
        return
      }
    }
    return nil
  }
}
