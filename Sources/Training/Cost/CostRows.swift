import Torch

/// Makes the rows of a model's cost.
struct CostRows {
  private let growth: CostGrowth
  private let size: (height: Int, width: Int)
  private let depth: Int

  init(_ growth: CostGrowth, size: (height: Int, width: Int), depth: Int) {
    (self.growth, self.size, self.depth) = (growth, size, depth)
  }

  private var pixels: Double { Double(size.height * size.width) }

  /// The rows of the parts of a model.
  func rows(of model: any Module) -> [ModelCost.Row] { rows(in: model, prefix: "", level: 0) }

  private func rows(in module: any Module, prefix: String, level: Int) -> [ModelCost.Row] {
    module.members.flatMap { member -> [ModelCost.Row] in
      guard case .module(let name, let part) = member else { return [] }
      let full = prefix + name
      // What bounds numbers and the like says nothing of costs.
      guard part.parameterCount > 0 || !seen(in: part).isEmpty else { return [] }
      let inner = level + 1 < depth ? rows(in: part, prefix: "\(full).", level: level + 1) : []
      return [row(full, part, level: level)] + inner
    }
  }

  private func row(_ name: String, _ part: any Module, level: Int) -> ModelCost.Row {
    let operations = operations(of: part)
    return ModelCost.Row(
      name: name, type: "\(type(of: part))", depth: level, parameterCount: part.parameterCount, outputShape: shape(of: part),
      multiplyAccumulatesPerPixel: operations.map { $0.value / pixels }, activationBytes: kept(by: part),
      isQuadratic: operations?.isQuadratic ?? false)
  }

  /// The modules in a part that were seen, the outermost: the part itself, or those in it.
  private func seen(in part: any Module) -> [ObjectIdentifier] {
    let own = ObjectIdentifier(part)
    if growth.probes.allSatisfy({ $0.parts[own] != nil }) { return [own] }
    return part.members.flatMap { member -> [ObjectIdentifier] in
      if case .module(_, let inner) = member { seen(in: inner) } else { [] }
    }
  }

  private func operations(of part: any Module) -> (value: Double, isQuadratic: Bool)? {
    let seen = seen(in: part)
    guard !seen.isEmpty else { return nil }
    let numbers = growth.probes.map { probe in Double(seen.reduce(0) { $0 + (probe.parts[$1]?.multiplyAccumulates ?? 0) }) }
    guard numbers.count == 3 else { return (numbers[0], false) }
    let growth = Growth(pixels: growth.probes.map(\.pixels), values: numbers)
    return (growth.value(at: size.height * size.width), growth.kind == .quadratic)
  }

  private func kept(by part: any Module) -> Int? {
    let seen = seen(in: part)
    guard !seen.isEmpty else { return nil }
    return Int(growth.memory { probe in seen.reduce(0) { $0 + (probe.parts[$1]?.keptBytes ?? 0) } }(size))
  }

  private func shape(of part: any Module) -> [Int]? {
    let own = ObjectIdentifier(part)
    let shapes = growth.probes.compactMap { $0.parts[own]?.outputShape }
    guard shapes.count == growth.probes.count, let first = shapes.first, shapes.allSatisfy({ $0.count == first.count }) else { return nil }
    var shape: [Int] = []
    for place in first.indices {
      let sizes = growth.probes.map { (height: $0.height, width: $0.width) }
      guard let extent = Growth.extent(shapes.map { $0[place] }, of: sizes, at: size) else { return nil }
      shape.append(extent)
    }
    return shape
  }
}
