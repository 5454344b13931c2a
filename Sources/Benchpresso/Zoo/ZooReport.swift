import Configuration
import ModelRegistry
import Reporting

/// The models of a zoo as a table and as JSON.
struct ZooReport: Encodable {
  /// One model; its card has the keys of the front matter.
  struct Model: Encodable {
    let name: String
    let path: String
    let isDefault: Bool
    let card: Node

    private enum CodingKeys: String, CodingKey {
      case name, path, card
      case isDefault = "is_default"
    }

    init(_ model: ModelZoo.Model) throws {
      (name, path, isDefault, card) = (model.name, model.path, model.isDefault, try SettingsEncoder.node(of: model.card))
    }
  }

  let folder: String
  let models: [Model]

  init(_ zoo: ModelZoo) throws { (folder, models) = (zoo.folder, try zoo.models.map { try Model($0) }) }

  /// A row for each model and each set of pictures it was measured on.
  static func text(_ zoo: ModelZoo) -> String {
    var table = TextTable([
      .init("name", .left), .init("model", .left), .init("λ"), .init("measured on", .left), .init("bpp"), .init("PSNR [dB]"),
      .init("MS-SSIM"),
    ])
    for model in zoo.models {
      let start = [model.name, model.card.model, model.card.lambda.map { NumberText.fixed($0, decimals: 4) } ?? "–"]
      if model.card.measured.isEmpty { table.append(start + ["–", "–", "–", "–"]) }
      for measured in model.card.measured {
        table.append(
          start + [
            measured.data, NumberText.fixed(measured.bpp, decimals: 4), NumberText.fixed(measured.psnr, decimals: 2),
            NumberText.fixed(measured.msSsim, decimals: 4),
          ])
      }
    }
    return table.text(.plain)
  }
}
