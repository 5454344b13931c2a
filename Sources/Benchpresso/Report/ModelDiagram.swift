import LatentModels
import Layers
import Models
import Reporting
import Torch
import Training

/// The drawing of a model, whose blocks and shapes are those that a forward pass of the model itself shows.
enum ModelDiagram {
  /// Draws a model.
  ///
  /// - Parameters:
  ///   - model: any model; of one that is no transform coding only the parts are known.
  ///   - title: what stands over the drawing.
  /// - Throws: what the forward pass throws, and `UsageError` for a model of another kind.
  static func diagram(of model: any CompressionModel, title: String) throws -> ArchitectureDiagram {
    let model = try model.atRate(nil, name: title)
    guard let coding = model as? any TransformCodingModel else {
      throw UsageError.needs("a drawing needs a model with analysis and synthesis, which \(type(of: model)) is not")
    }
    let multiple = model.sideMultiple
    let side = (256 + multiple - 1) / multiple * multiple
    let trace = try LayerTrace.recording {
      try withoutGradients { _ = try model.forward(Tensor.zeros([1, 3, side, side]), noise: nil) }
    }
    let (latent, second) = try withoutGradients { () -> ([Int], [Int]?) in
      let y = try coding.analyze(Tensor.zeros([1, 3, side, side]))
      let z =
        try (model as? any HyperpriorModel)?.hyperAnalyze(y).shape ?? (model as? any AutoregressiveModel)?.hyperAnalyze(y).shape
      return (y.shape, z)
    }
    let writer = BlockWriter(trace: trace, side: side)
    let parts = (model as? any HyperpriorModel)?.parts ?? (model as? any AutoregressiveModel)?.parts
    let context = (model as? any AutoregressiveModel)?.contextModel
    var levels = [
      ArchitectureDiagram.Level(
        name: "y", shape: writer.shape(latent),
        analysis: .init(title: "analysis g_a", blocks: writer.blocks(coding.analysis, input: [1, 3, side, side])),
        synthesis: .init(title: "synthesis g_s", blocks: writer.blocks(coding.synthesis, input: latent)),
        entropyModel: parts == nil
          ? ["factorized entropy model", "(a density for each channel)"]
          : ["Gaussian conditional", context == nil ? "parameters from z" : "parameters from z and context"],
        context: context.map { writer.context($0) } ?? [])
    ]
    if let parts, let second {
      levels.append(
        ArchitectureDiagram.Level(
          name: "z", shape: writer.shape(second),
          analysis: .init(title: "hyper analysis h_a", blocks: writer.blocks(parts.hyperAnalysis, input: latent)),
          synthesis: .init(title: "hyper synthesis h_s", blocks: writer.blocks(parts.hyperSynthesis, input: second)),
          entropyModel: ["factorized entropy model", "(a density for each channel)"]))
    }
    let operations = Double(trace.multiplyAccumulates) / Double(side * side)
    return ArchitectureDiagram(
      title: title,
      subtitle:
        "\(NumberText.grouped(model.parameterCount)) parameters, \(NumberText.grouped(Int(operations.rounded()))) multiply–accumulates for each pixel",
      input: "3 × H × W", levels: levels)
  }
}

/// Words for layers.
struct BlockWriter {
  private let records: [ObjectIdentifier: [Int]]
  private let side: Int

  init(trace: LayerTrace, side: Int) {
    records = Dictionary(trace.records.map { ($0.layer, $0.outputShape) }, uniquingKeysWith: { first, _ in first })
    self.side = side
  }

  /// `192 × H/16 × W/16`.
  func shape(_ shape: [Int]) -> String {
    guard shape.count == 4 else { return shape.map(String.init).joined(separator: " × ") }
    func extent(_ size: Int, _ letter: String) -> String {
      if size == side { return letter }
      if size > 0, side % size == 0 { return "\(letter)/\(side / size)" }
      return "\(size)"
    }
    return "\(shape[1]) × \(extent(shape[2], "H")) × \(extent(shape[3], "W"))"
  }

  /// The layers of a network, those of chains within it one by one; a network that shows none is one block.
  func blocks(_ network: any Module, input: [Int]) -> [ArchitectureDiagram.Block] {
    var before = input
    let layers = Self.layers(network).filter { records[ObjectIdentifier($0)] != nil }
    guard !layers.isEmpty else { return [ArchitectureDiagram.Block(Self.words("\(type(of: network))"))] }
    return layers.map { layer in
      let after = records[ObjectIdentifier(layer)] ?? before
      defer { before = after }
      let isSame = after == before
      return ArchitectureDiagram.Block(
        title(layer, before: before, after: after), kind: isSame && !Self.isConvolution(layer) ? kind(layer) : .layer,
        shape: isSame ? "" : shape(after))
    }
  }

  /// The parts of a context model.
  func context(_ model: ContextModel) -> [ArchitectureDiagram.Block] {
    model.members.compactMap { member in
      guard case .module(let name, let module) = member else { return nil }
      let count = Self.layers(module).count
      let kernel = Self.kernel(module).map { " \($0)×\($0)" } ?? ""
      guard count > 1 else { return ArchitectureDiagram.Block(Self.words("\(type(of: module))") + kernel) }
      return ArchitectureDiagram.Block("\(name.split(separator: "_").joined(separator: " ")): \(count) layers")
    }
  }

  /// The layers in the order of their names; a residual block is one.
  private static func layers(_ module: any Module) -> [any Module] {
    module.members.compactMap { member in if case .module(_, let inner) = member { inner } else { nil } }
  }

  private func kind(_ layer: any Module) -> ArchitectureDiagram.Kind { Self.isNonlinearity(layer) ? .nonlinearity : .layer }

  private static func isNonlinearity(_ layer: any Module) -> Bool { layer is any Nonlinearity }

  private static func isConvolution(_ layer: any Module) -> Bool { kernel(layer) != nil }

  /// The side of the kernel of a layer that has one itself.
  private static func kernel(_ layer: any Module) -> Int? {
    for member in layer.members {
      guard case .parameter("weight", let parameter) = member, parameter.tensor.shape.count == 4 else { continue }
      return parameter.tensor.shape[3]
    }
    return nil
  }

  /// `Convolution 5×5, 128, ↓2`.
  private func title(_ layer: any Module, before: [Int], after: [Int]) -> String {
    var parts = [(Self.isInverse(layer) ? "I" : "") + Self.words("\(type(of: layer))")]
    if let kernel = Self.kernel(layer) { parts[0] += " \(kernel)×\(kernel)" }
    guard before.count == 4, after.count == 4 else { return parts[0] }
    if after[1] != before[1] || Self.isConvolution(layer) { parts.append("\(after[1])") }
    if after[2] > 0, after[2] < before[2] { parts.append("↓\((before[2] + after[2] - 1) / after[2])") }
    if before[2] > 0, after[2] > before[2] { parts.append("↑\(after[2] / before[2])") }
    return parts.joined(separator: ", ")
  }

  private static func isInverse(_ layer: any Module) -> Bool {
    (layer as? GeneralizedDivisiveNormalization)?.inverse ?? (layer as? OneDivisiveNormalization)?.inverse
      ?? (layer as? GeneralizedSubtractiveDivisiveNormalization)?.inverse ?? false
  }

  /// What the literature calls a layer: the name of the type in words where it has no short one.
  static func words(_ type: String) -> String {
    let known = [
      "GeneralizedDivisiveNormalization": "GDN", "OneDivisiveNormalization": "1DN",
      "GeneralizedSubtractiveDivisiveNormalization": "GSDN", "RectifiedLinear": "ReLU", "LeakyRectifiedLinear": "Leaky ReLU",
      "GaussianErrorLinear": "GELU",
    ]
    if let short = known[type] { return short }
    var words = ""
    for character in type {
      if character.isUppercase, !words.isEmpty { words += " " + character.lowercased() } else { words.append(character) }
    }
    return words
  }
}
