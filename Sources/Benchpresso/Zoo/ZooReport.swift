import ModelRegistry
import Reporting

/// The models of a zoo as a table and as JSON.
struct ZooReport: Encodable {
  struct Model: Encodable {
    let name: String
    let path: String
    let isDefault: Bool
    let card: CardSettings

    private enum CodingKeys: String, CodingKey {
      case name, path, model, summary, lambda, licence, training, measured, date, weights, identity
      case isDefault = "is_default"
    }

    private enum TrainingKeys: String, CodingKey { case data, steps, machine }
    private enum MeasuredKeys: String, CodingKey {
      case data, bpp, psnr
      case msSSIM = "ms_ssim"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      try container.encode(path, forKey: .path)
      try container.encode(isDefault, forKey: .isDefault)
      try container.encode(card.model, forKey: .model)
      try container.encode(card.summary, forKey: .summary)
      try container.encode(card.lambda, forKey: .lambda)
      try container.encode(card.licence, forKey: .licence)
      try container.encode(card.date, forKey: .date)
      try container.encode(card.weights, forKey: .weights)
      try container.encode(card.identity, forKey: .identity)
      var training = container.nestedContainer(keyedBy: TrainingKeys.self, forKey: .training)
      try training.encode(card.training.data, forKey: .data)
      try training.encode(card.training.steps, forKey: .steps)
      try training.encode(card.training.machine, forKey: .machine)
      var list = container.nestedUnkeyedContainer(forKey: .measured)
      for measured in card.measured {
        var one = list.nestedContainer(keyedBy: MeasuredKeys.self)
        try one.encode(measured.data, forKey: .data)
        try one.encode(measured.bpp, forKey: .bpp)
        try one.encode(measured.psnr, forKey: .psnr)
        try one.encode(measured.msSsim, forKey: .msSSIM)
      }
    }
  }

  let folder: String
  let models: [Model]

  init(_ zoo: ModelZoo) {
    folder = zoo.folder
    models = zoo.models.map { Model(name: $0.name, path: $0.path, isDefault: $0.isDefault, card: $0.card) }
  }

  /// A row for each model and each set of pictures it was measured on.
  var text: String {
    var table = TextTable([
      .init("name", .left), .init("model", .left), .init("λ"), .init("measured on", .left), .init("bpp"), .init("PSNR [dB]"),
      .init("MS-SSIM"),
    ])
    for model in models {
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
