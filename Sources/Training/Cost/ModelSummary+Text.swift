extension ModelSummary {
  /// The table; 32-bit numbers have 4 bytes each.
  ///
  /// - Parameter training: What a process of the training takes, with the pictures of its batches; nil where it is not known.
  public func text(training: (memory: TrainingMemory, pictures: Int)? = nil) -> String {
    let hasCosts = side != nil
    var number = 0
    var cells = rows.map { row -> [String] in
      defer { if !row.isLayer { number += 1 } }
      let costs = [row.outputShape.map { "\($0)" } ?? "", row.multiplyAccumulatesPerPixel.map(Self.short) ?? ""]
      let name = row.isLayer ? "  \(row.name)" : row.name
      return [row.isLayer ? "" : "\(number)", name, row.type, Self.short(row.parameterCount)] + (hasCosts ? costs : [])
    }
    if otherCount > 0 { cells.append(["", "other params", "n/a", Self.short(otherCount)] + (hasCosts ? ["", ""] : [])) }
    cells.insert(["", "Name", "Type", "Params"] + (hasCosts ? ["Output", "MACs/pixel"] : []), at: 0)
    let last = cells[0].count - 1
    let widths = (0...last).map { column in column == last ? 0 : cells.map { $0[column].count }.max() ?? 0 }
    let lines = cells.map { row in zip(row, widths).map { Self.padded($0, to: $1) }.joined(separator: " | ") }
    let rule = String(repeating: "-", count: lines.map(\.count).max() ?? 0)
    return ([lines[0], rule] + lines.dropFirst().map(Self.trimmed) + [rule] + totals(training: training)).joined(separator: "\n")
  }

  private func totals(training: (memory: TrainingMemory, pictures: Int)?) -> [String] {
    var totals = [
      (
        Self.short(trainableCount),
        auxiliaryCount > 0 ? "Trainable params, \(Self.short(auxiliaryCount)) of them quantiles" : "Trainable params"
      ),
      (Self.short(parameterCount - trainableCount), "Non-trainable params"), (Self.short(parameterCount), "Total params"),
      (Self.threeDecimals(Double(parameterCount) * 4 / 1_000_000), "Total estimated model params size (MB)"),
    ]
    if let side, let total = multiplyAccumulatesPerPixel {
      totals.append((Self.short(total), "MACs per pixel in a forward pass of a picture of \(side)×\(side) pixels"))
    }
    if let (memory, pictures) = training {
      let megabytes = memory.bytes(pictures: pictures) / 1_000_000
      totals.append(("\(megabytes)", "Estimated memory of the training with batches of \(pictures) pictures (MB)"))
    }
    return totals.map { Self.padded($0, to: 10) + $1 }
  }

  /// `304`, `6.2 K`, `128 K`, `3.0 M`: three digits or a point, as Lightning has it.
  public static func short(_ count: Int) -> String { count < 1000 ? "\(count)" : short(Double(count)) }

  /// The same for a number with a fraction.
  public static func short(_ number: Double) -> String {
    var (value, unit) = (number, 0)
    while value >= 1000, unit < 4 { (value, unit) = (value / 1000, unit + 1) }
    let name = ["", " K", " M", " B", " T"][unit]
    return value >= 100 ? "\(Int(value))\(name)" : "\((value * 10).rounded() / 10)\(name)"
  }

  private static func threeDecimals(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

  private static func padded(_ text: String, to width: Int) -> String { text + String(repeating: " ", count: max(width - text.count, 0)) }

  private static func trimmed(_ line: String) -> String {
    var line = Substring(line)
    while line.last == " " { line.removeLast() }
    return String(line)
  }
}
