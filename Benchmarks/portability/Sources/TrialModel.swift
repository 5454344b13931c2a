import Benchpresso
import Configuration
import Models
import Registry
import Torch

/// A model with random weights, made as a file that the program reads.
struct TrialModel {
  let name: String
  let activation: String
  let channels: Int
  let expansion: Int

  static let names = [
    "FactorizedPrior", "FactorizedPriorReLU", "ScaleHyperprior", "MeanScaleHyperprior", "JointAutoregressiveHyperprior", "Cheng2020Anchor",
    "Cheng2020Attention",
  ]
  static let activations = ["GDN", "OneDN", "GSDN", "ReLU", "LeakyReLU", "GELU", "Identity"]

  /// Writes the weights of `seed` to a file.
  func write(seed: UInt64, to path: String) throws {
    var arguments: [(String, Node)] = [("channels", .init(.int(channels)))]
    if !name.hasPrefix("Cheng") { arguments.append(("expansion_channels", .init(.int(expansion)))) }
    if name != "FactorizedPriorReLU" { arguments.append(("activation", .init(.string(activation)))) }
    let component = Component<ModelKind>("models.\(name)", .map(arguments))
    let plan: ModelPlan = try BuiltIn.catalogue().build(component)
    let model = try plan.build(seed: seed)
    // Random weights give latents and scales near zero; larger ones give scales of all tables. A context model feeds itself and must not grow.
    let isSerial = name.hasPrefix("Cheng") || name.hasPrefix("Joint")
    try withoutGradients {
      for (name, parameter) in model.namedParameters() where name.hasSuffix("weight") {
        let part = String(name.prefix(3))
        if isSerial ? ["g_a", "h_a", "h_s"].contains(part) : part != "g_s" { try parameter.tensor.scale(by: isSerial ? 2 : 3) }
      }
    }
    try model.updateTables()
    try ExportedWeights.write(try model.storedState(), of: component, to: path)
  }
}
