public import Models
public import Torch

/// The parts and layers of a model with their parameters, output shapes and multiply–accumulates, as a table after that of Lightning 2.4.
public struct ModelSummary: Sendable, Equatable {
  /// One part of the model, or one layer of a part.
  public struct Row: Sendable, Equatable {
    /// The name in the state_dict.
    public let name: String
    /// The type.
    public let type: String
    /// The number of parameters.
    public let parameterCount: Int
    /// The shape of its output for the picture of the summary; nil where the forward pass did not show it.
    public let outputShape: [Int]?
    /// The multiply–accumulates for each pixel of the picture; nil where the forward pass did not show them.
    public let multiplyAccumulatesPerPixel: Double?
    /// Whether it is a layer of the part above.
    public let isLayer: Bool
  }

  /// The parts in the order of the state_dict, each followed by its layers.
  public let rows: [Row]
  /// The number of parameters that are in no part.
  public let otherCount: Int
  /// The number of parameters for which gradients are recorded.
  public let trainableCount: Int
  /// The number of parameters of the auxiliary optimiser, those of the quantiles.
  public let auxiliaryCount: Int
  /// All multiply–accumulates for each pixel; nil where no forward pass was made.
  public let multiplyAccumulatesPerPixel: Double?
  /// The side of the square picture of the forward pass, in pixels; nil where none was made.
  public let side: Int?

  /// Describes the parts of `model` without a forward pass.
  public init(_ model: any Module) { self.init(model, trace: nil, side: nil) }

  /// Describes `model` after a forward pass of one black picture.
  ///
  /// - Parameter side: The height and width of the picture, rounded up to what the model takes.
  public init(_ model: any CompressionModel, side: Int = 256) throws {
    let multiple = model.sideMultiple
    let side = (side + multiple - 1) / multiple * multiple
    let device = model.namedParameters().first?.parameter.tensor.device ?? .cpu
    let trace = try LayerTrace.recording {
      try withoutGradients { _ = try model.forward(Tensor.zeros([1, 3, side, side], device: device), noise: nil) }
    }
    self.init(model, trace: trace, side: side)
  }

  private init(_ model: any Module, trace: LayerTrace?, side: Int?) {
    var records: [ObjectIdentifier: LayerTrace.Record] = [:]
    // One that is called again is counted each time.
    for record in trace?.records ?? [] { records[record.layer] = records[record.layer].map { $0.adding(record) } ?? record }
    let pixels = side.map { Double($0 * $0) }
    func row(_ name: String, _ module: any Module, layers: [Row], isLayer: Bool) -> Row {
      let record = records[ObjectIdentifier(module)]
      let sum = layers.isEmpty ? nil : layers.reduce(0) { $0 + ($1.multiplyAccumulatesPerPixel ?? 0) }
      return Row(
        name: name, type: "\(type(of: module))", parameterCount: module.parameterCount,
        outputShape: record?.outputShape ?? layers.last?.outputShape,
        multiplyAccumulatesPerPixel: record.flatMap { record in pixels.map { Double(record.multiplyAccumulates) / $0 } } ?? sum,
        isLayer: isLayer)
    }
    var rows: [Row] = []
    var otherCount = 0
    for member in model.members {
      switch member {
      case .module(let name, let module):
        let layers = module.members.compactMap { member -> Row? in
          guard case .module(let inner, let layer) = member, records[ObjectIdentifier(layer)] != nil else { return nil }
          return row("\(name).\(inner)", layer, layers: [], isLayer: true)
        }
        rows.append(row(name, module, layers: layers, isLayer: false))
        rows += layers
      case .parameter(_, let parameter): otherCount += parameter.tensor.count
      case .buffer: break
      }
    }
    self.rows = rows
    self.otherCount = otherCount
    trainableCount = model.trainedParameterCount
    auxiliaryCount = (model as? any CompressionModel)?.auxiliaryParameters.reduce(0) { $0 + $1.parameter.tensor.count } ?? 0
    multiplyAccumulatesPerPixel = trace.flatMap { trace in pixels.map { Double(trace.multiplyAccumulates) / $0 } }
    self.side = side
  }

  /// The number of all parameters.
  public var parameterCount: Int { rows.reduce(otherCount) { $0 + ($1.isLayer ? 0 : $1.parameterCount) } }
}
