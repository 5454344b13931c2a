public import Torch

/// The parts of a model with their numbers of parameters, as a table in the form of Lightning 2.4.
public struct ModelSummary: Sendable, Equatable {
  /// One part.
  public struct Row: Sendable, Equatable {
    /// The name in the state_dict.
    public let name: String
    /// The type.
    public let type: String
    /// The number of parameters.
    public let parameterCount: Int
  }

  /// The parts in the order of the state_dict.
  public let rows: [Row]
  /// The number of parameters that are in no part.
  public let otherCount: Int
  /// The number of parameters that are not trained.
  public let frozenCount: Int

  /// Describes the parts of `model`.
  public init(_ model: any Module) {
    var rows: [Row] = []
    var otherCount = 0
    for member in model.members {
      switch member {
      case .module(let name, let module): rows.append(Row(name: name, type: "\(type(of: module))", parameterCount: module.parameterCount))
      case .parameter(_, let parameter): otherCount += parameter.tensor.count
      case .buffer: break
      }
    }
    self.rows = rows
    self.otherCount = otherCount
    frozenCount = model.parameterCount - model.trainedParameterCount
  }

  /// The number of all parameters.
  public var parameterCount: Int { rows.reduce(otherCount) { $0 + $1.parameterCount } }

  /// The table; 32-bit numbers have 4 bytes each.
  public var text: String {
    var cells = rows.enumerated().map { [String($0.offset), $0.element.name, $0.element.type, Self.short($0.element.parameterCount)] }
    if otherCount > 0 { cells.append(["", "other params", "n/a", Self.short(otherCount)]) }
    cells.insert(["", "Name", "Type", "Params"], at: 0)
    let widths = [String(max(rows.count - 1, 0)).count] + [1, 2].map { column in cells.map { $0[column].count }.max() ?? 0 } + [0]
    let lines = cells.map { row in zip(row, widths).map { Self.padded($0, to: $1) }.joined(separator: " | ") }
    let rule = String(repeating: "-", count: lines.map(\.count).max() ?? 0)
    let megabytes = Double(parameterCount) * 4 / 1_000_000
    let totals = [
      (Self.short(parameterCount - frozenCount), "Trainable params"), (Self.short(frozenCount), "Non-trainable params"),
      (Self.short(parameterCount), "Total params"),
      (Self.threeDecimals(megabytes), "Total estimated model params size (MB)"),
    ].map { Self.padded($0, to: 10) + $1 }
    return ([lines[0], rule] + lines.dropFirst() + [rule] + totals).joined(separator: "\n")
  }

  /// `304`, `6.2 K`, `128 K`, `3.0 M`: three digits or a point, as Lightning has it.
  static func short(_ count: Int) -> String {
    var (value, unit) = (Double(count), 0)
    while value >= 1000, unit < 4 { (value, unit) = (value / 1000, unit + 1) }
    let name = ["", "K", "M", "B", "T"][unit]
    if unit == 0 { return "\(count)" }
    return value >= 100 ? "\(Int(value)) \(name)" : "\((value * 10).rounded() / 10) \(name)"
  }

  private static func threeDecimals(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

  private static func padded(_ text: String, to width: Int) -> String { text + String(repeating: " ", count: max(width - text.count, 0)) }
}
