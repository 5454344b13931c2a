public import Configuration
import EventFiles

extension LoggedRun.Hyperparameter {
  /// The settings of a configuration as one flat list: `model.init_args.channels`, `trainer.callbacks[0].class_path`.
  ///
  /// Values that are null are left out.
  public static func all(of node: Node, at path: String = "") -> [LoggedRun.Hyperparameter] {
    func one(_ value: HyperparameterValue) -> [LoggedRun.Hyperparameter] { [LoggedRun.Hyperparameter(name: path, value: value)] }
    switch node.value {
    case .null: return []
    case .bool(let value): return one(.truth(value))
    case .int(let value): return one(.number(Double(value)))
    case .double(let value): return one(.number(value))
    case .string(let value): return one(.text(value))
    case .list(let elements):
      return elements.enumerated().flatMap { all(of: $0.element, at: "\(path)[\($0.offset)]") }
    case .map(let fields): return fields.flatMap { all(of: $0.value, at: path.isEmpty ? $0.key : "\(path).\($0.key)") }
    }
  }
}
