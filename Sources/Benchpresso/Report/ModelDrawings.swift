import Configuration
import Models
import Registry
import Reporting
import Reports
import Results

/// Drawings of the models behind the curves.
enum ModelDrawings {
  /// Adds a drawing of each different architecture among the curves; what cannot be built is told in the notes.
  static func add(to report: inout Report) {
    var known: [(key: String, name: String)] = []
    var failures: Set<String> = []
    for curve in report.curves {
      guard let model = curve.results?.model, model.classPath.hasPrefix("models.") else { continue }
      do {
        let component = Component<ModelKind>(model.classPath, node(model.settings))
        let plan: ModelPlan = try Program.catalogue().build(component)
        let diagram = try ModelDiagram.diagram(of: try plan.build(seed: 0), title: model.classPath)
        let svg = diagram.svg()
        guard !known.contains(where: { $0.key == svg }) else { continue }
        known.append((svg, curve.name))
        report.drawings.append(ReportDrawing(name: curve.variation ?? curve.name, svg: svg))
      } catch {
        failures.insert("\(curve.name) is not drawn: \(error)")
      }
    }
    report.notes += failures.sorted().prefix(3)
  }

  /// Settings of a results file as those of a configuration.
  static func node(_ value: JSONValue) -> Node {
    switch value {
    case .null: .null
    case .bool(let value): Node(.bool(value))
    case .integer(let value): Node(.int(value))
    case .number(let value): Node(.double(value))
    case .string(let value): Node(.string(value))
    case .array(let values): Node(.list(values.map(node)))
    case .object(let values): .map(values.sorted { $0.key < $1.key }.map { ($0.key, node($0.value)) })
    }
  }
}
