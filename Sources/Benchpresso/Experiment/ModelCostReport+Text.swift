import Reporting
import Training

extension ModelCostReport {
  /// The table of parts, and what all of it costs.
  var text: String {
    let padded = (cost.width, cost.height) == (size.width, size.height) ? "" : ", padded to \(cost.width)×\(cost.height)"
    let head = "\(classPath) for a picture of \(size.width)×\(size.height) pixels\(padded)"
    return ([head, "", table, ""] + totals + [""] + notes.map { "note: \($0)" } + explanations).joined(separator: "\n")
  }

  private var table: String {
    var table = TextTable([
      .init("Part", .left), .init("Type", .left), .init("Output", .left), .init("Parameters"), .init("MACs/pixel"), .init("Share"),
      .init("Activations"),
    ])
    for row in cost.rows {
      let indent = String(repeating: "  ", count: row.depth)
      let operations = row.multiplyAccumulatesPerPixel.map(Self.operations).map { row.isQuadratic ? "\($0)*" : $0 }
      table.append([
        "\(indent)\(row.name)", row.type, row.outputShape.map { $0.map(String.init).joined(separator: "×") } ?? "",
        NumberText.grouped(row.parameterCount), operations ?? "", Self.percent(share(of: row)),
        row.activationBytes.map(ByteCount.text) ?? "",
      ])
    }
    let other = cost.otherMultiplyAccumulatesPerPixel
    if other >= 0.05 {
      let share = cost.multiplyAccumulatesPerPixel > 0 ? other / cost.multiplyAccumulatesPerPixel : nil
      table.append(["in no part of its own", "", "", "", Self.operations(other), Self.percent(share), ""])
    }
    return table.text(.plain).trimmingLastNewline
  }

  private static func operations(_ count: Double) -> String {
    count < 100 ? NumberText.fixed(count, decimals: 1) : NumberText.grouped(Int(count.rounded()))
  }

  private static func percent(_ share: Double?) -> String { share.map { "\(NumberText.fixed($0 * 100, decimals: 1)) %" } ?? "" }

  private var totals: [String] {
    func memory(_ tensors: Int) -> String {
      "\(ByteCount.text(tensors)) of tensors, about \(ByteCount.text(process(tensors))) of a process"
    }
    var lines = [
      ("Parameters", NumberText.grouped(cost.parameterCount)),
      (
        "Multiply–accumulates",
        "\(Self.operations(cost.multiplyAccumulatesPerPixel)) for each pixel, "
          + "\(ModelSummary.short(cost.multiplyAccumulatesPerPixel * Double(cost.width * cost.height))) for the picture"
      ),
      ("Memory of encoding", memory(cost.encodingBytes)), ("Memory of decoding", memory(cost.decodingBytes)),
    ]
    if let training {
      let tensors = training.memory.tensorBytes(pictures: training.pictures)
      lines.append(
        (
          "Memory of training",
          "\(ByteCount.text(tensors)) of tensors, about \(ByteCount.text(training.bytes)) of a process, with \(training.pictures) patches of "
            + "\(training.width)×\(training.height) a step (\(ByteCount.text(Int(training.memory.bytesPerPicture))) for each)"
        ))
    } else if let trainingProblem {
      lines.append(("Memory of training", "unknown: \(trainingProblem)"))
    }
    let width = lines.map(\.0.count).max() ?? 0
    return lines.map { "\($0.0)\(String(repeating: " ", count: width - $0.0.count))  \($0.1)" }
  }

  private var explanations: [String] {
    let probes = cost.probes.map { "\($0[1])×\($0[0])" }
    let list = probes.dropLast().joined(separator: ", ") + (probes.count > 1 ? " and " : "") + (probes.last ?? "")
    let basis =
      switch cost.basis {
      case .measured: "Measured with a picture of \(list) pixels."
      case .proportional: "Measured with pictures of \(list) pixels; everything grows in proportion to the pixels."
      case .quadratic:
        "Measured with pictures of \(list) pixels; what has a * grows faster than the pixels and is extrapolated as a parabola."
      }
    let training =
      switch training?.memory.basis {
      case nil: ""
      case .smallPictures(let side)?:
        " The training step was extrapolated from steps with one and two pictures of \(side)×\(side) pixels."
      case .patches?: " The training step was extrapolated from steps with one and two patches."
      }
    return [
      TextWrap.indented(
        basis + training
          + " Activations are what a part leaves in memory in the forward pass of a training with this one picture. Coding as a "
          + "whole: 'tile' cuts large pictures.", indent: 0)
    ]
  }
}
