public import Models
import Torch

/// What a model costs for a picture of one size: parameters, multiply–accumulates and memory, of the whole and of its parts.
///
/// Small pictures are coded, and what is found grows with the pixels; what grows faster is put on a parabola, or the picture itself is coded where it is
/// small enough for that.
public struct ModelCost: Sendable, Equatable {
  /// How the numbers were found.
  public enum Basis: String, Sendable, Equatable, Codable {
    /// With a picture of the size itself.
    case measured
    /// With smaller ones; everything grows with the pixels.
    case proportional
    /// With smaller ones; a part grows faster than the pixels.
    case quadratic
  }

  /// A part of the model.
  public struct Row: Sendable, Equatable {
    /// The name in the state_dict.
    public let name: String
    /// The type.
    public let type: String
    /// How many parts it lies in, from 0.
    public let depth: Int
    /// The number of its parameters.
    public let parameterCount: Int
    /// The shape of its output; nil where the forward pass did not show it.
    public let outputShape: [Int]?
    /// The multiply–accumulates for each pixel; nil where the forward pass did not show it.
    public let multiplyAccumulatesPerPixel: Double?
    /// What is in memory after it and was not before, in the forward pass of a training step with this picture; nil where it did not show.
    public let activationBytes: Int?
    /// Whether its multiply–accumulates grow faster than the pixels.
    public let isQuadratic: Bool
  }

  /// The height of the picture with its padding.
  public let height: Int
  /// The width of the picture with its padding.
  public let width: Int
  /// The parts in the order of the state_dict, each followed by those in it.
  public let rows: [Row]
  /// The number of parameters.
  public let parameterCount: Int
  /// The multiply–accumulates of a forward pass for each pixel.
  public let multiplyAccumulatesPerPixel: Double
  /// Those of no part.
  public let otherMultiplyAccumulatesPerPixel: Double
  /// The most that tensors take while the picture is coded, weights included.
  public let encodingBytes: Int
  /// The most that tensors take while it is decoded, weights included.
  public let decodingBytes: Int
  /// How the numbers were found.
  public let basis: Basis
  /// The pictures they were found with.
  public let probes: [[Int]]

  /// The multiply–accumulates of a pass that is made to find out rather than to extrapolate.
  private static let affordableOperations = 1e11

  /// What attention of all places with all takes at most, whose scores are computed in pieces of 2²² numbers, with a few copies of a piece.
  ///
  /// Small pictures do not show it: their scores are few beside the features.
  private static let attentionBytes = 4 * 4 << 22

  /// Codes small pictures with a model, which needs no trained weights; its tables are made anew.
  ///
  /// - Parameters:
  ///   - height: of the picture; rounded up to what the model takes, as coding pads it.
  ///   - width: of the picture.
  ///   - depth: how deep the rows go, from 1.
  ///   - memoryLimit: a picture of the size itself is not coded where that would take more bytes.
  public init(_ model: any CompressionModel, height: Int, width: Int, depth: Int = 2, memoryLimit: Int = 8 << 30) throws {
    let multiple = model.sideMultiple
    func padded(_ side: Int) -> Int { (side + multiple - 1) / multiple * multiple }
    (self.height, self.width) = (padded(height), padded(width))
    let size = (height: self.height, width: self.width)
    try model.updateTables()
    let coder = try model.atRate(nil, name: "\(type(of: model))")
    let side = padded(64)
    let weights = (model.namedParameters().map(\.parameter.tensor) + model.namedBuffers().map(\.buffer.tensor)).reduce(0) {
      $0 + $1.count * 4
    }
    var probes = [(side, side), (2 * side, 2 * side), (2 * side, 3 * side)].map { (height: $0.0, width: $0.1) }
    if size.height * size.width <= 6 * side * side { probes = [size] }
    var found = try probes.map { try CostProbe(coder, height: $0.height, width: $0.width) }
    var growth = CostGrowth(found)
    if growth.isQuadratic {
      let operations = growth.value { Double($0.multiplyAccumulates) }
      let bytes = growth.memory { max($0.encodingBytes, $0.decodingBytes) }
      if operations(size) <= Self.affordableOperations, bytes(size) <= Double(memoryLimit) / 2 {
        found = [try CostProbe(coder, height: size.height, width: size.width)]
        growth = CostGrowth(found)
      }
    }
    self.probes = found.map { [$0.height, $0.width] }
    basis = found.count == 1 ? .measured : growth.isQuadratic ? .quadratic : .proportional
    rows = CostRows(growth, size: size, depth: depth).rows(of: model)
    parameterCount = model.parameterCount
    multiplyAccumulatesPerPixel = growth.value { Double($0.multiplyAccumulates) }(size) / Double(size.height * size.width)
    otherMultiplyAccumulatesPerPixel =
      multiplyAccumulatesPerPixel - rows.filter { $0.depth == 0 }.reduce(0) { $0 + ($1.multiplyAccumulatesPerPixel ?? 0) }
    let fixed = weights + (basis == .quadratic ? Self.attentionBytes : 0)
    encodingBytes = fixed + Int(growth.memory { $0.encodingBytes }(size))
    decodingBytes = fixed + Int(growth.memory { $0.decodingBytes }(size))
  }
}
