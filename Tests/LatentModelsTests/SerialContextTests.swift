import Layers
import Testing
import Torch
import Weights

@testable import LatentModels

/// The walk over the places against the formulas in 64 bits, and the weights that are kept between walks.
struct SerialContextTests {
  struct Size: Sendable, CustomTestStringConvertible {
    let channels: Int
    let height: Int
    let width: Int
    var testDescription: String { "\(channels)×\(height)×\(width)" }
  }

  static let sizes = [(3, 1, 1), (3, 1, 6), (3, 6, 1), (4, 2, 2), (3, 3, 3), (20, 4, 9), (6, 5, 14)].map {
    Size(channels: $0.0, height: $0.1, width: $0.2)
  }

  /// Weights, biases and mask as plain numbers, and the formulas of ``ContextModel``.
  struct Reference {
    let size: Size
    let weight: [Float]
    let bias: [Float]
    let layers: [(weight: [Float], bias: [Float])]

    init(_ model: ContextModel, _ size: Size) throws {
      self.size = size
      weight = try model.prediction.weight.tensor.detached().elements()
      bias = try model.prediction.bias.tensor.detached().elements()
      layers = try model.entropyParameters.map { (try $0.weight.tensor.detached().elements(), try $0.bias.tensor.detached().elements()) }
    }

    /// Scales and then means of a place, from ŷ as `[H, W, M]` and ψ as `[H, W, 2·M]`.
    func output(row: Int, column: Int, values: [Float], hyper: [Float]) -> [Double] {
      let m = size.channels
      var context = bias.map(Double.init)
      for tap in 0..<12 {
        let (y, x) = (row + tap / 5 - 2, column + tap % 5 - 2)
        guard y >= 0, x >= 0, x < size.width else { continue }
        for output in 0..<2 * m {
          for channel in 0..<m {
            context[output] += Double(weight[(output * m + channel) * 25 + tap]) * Double(values[(y * size.width + x) * m + channel])
          }
        }
      }
      let place = row * size.width + column
      var numbers = hyper[place * 2 * m..<(place + 1) * 2 * m].map(Double.init) + context
      for (index, layer) in layers.enumerated() {
        if index > 0 { numbers = numbers.map { $0 > 0 ? $0 : $0 * 0.01 } }
        numbers = layer.bias.indices.map { output in
          numbers.indices.reduce(Double(layer.bias[output])) {
            $0 + Double(layer.weight[output * numbers.count + $1]) * numbers[$1]
          }
        }
      }
      return numbers
    }
  }

  /// ŷ of a step: any numbers that tell places and channels apart.
  private func value(_ place: Int, _ channel: Int) -> Float { Float((place * 7 + channel * 3) % 11) - 5 + Float(channel) / 16 }

  @Test(arguments: sizes, [SerialContext.Order.raster, .diagonals])
  func theWalkFollowsTheFormulas(size: Size, order: SerialContext.Order) throws {
    let model = try ContextModel(channels: size.channels, seeds: SeedSequence(5))
    let m = size.channels
    let hyper = try Tensor.uniform([size.height, size.width, 2 * m], in: -2...2, seed: 6).elements(Float.self)
    var outputs = [[Float]](repeating: [], count: size.height * size.width)
    var visited: [Int] = []
    var values = [Float](repeating: .nan, count: size.height * size.width * m)
    let context = try SerialContext(ContextWeights(model))
    try values.withUnsafeMutableBufferPointer { values in
      try hyper.withUnsafeBufferPointer { hyper in
        let (hyper, values) = (try #require(hyper.baseAddress), try #require(values.baseAddress))
        try context.walk(order, height: size.height, width: size.width, hyper: hyper, values: values) { place, scales, means, found in
          visited.append(place)
          outputs[place] = (0..<m).map { scales[$0] } + (0..<m).map { means[$0] }
          for channel in 0..<m { found[channel] = value(place, channel) }
        }
      }
    }
    let reference = try Reference(model, size)
    for place in 0..<size.height * size.width {
      let expected = reference.output(row: place / size.width, column: place % size.width, values: values, hyper: hyper)
      for (found, wanted) in zip(outputs[place], expected) { #expect(abs(Double(found) - wanted) < 2e-6, "place \(place)") }
    }
    #expect((order == .raster ? visited : visited.sorted()) == Array(0..<size.height * size.width))
  }

  /// Scales, means and ŷ of a walk whose values are the means plus whole numbers, so that means feed means.
  private func everything(_ context: SerialContext, _ order: SerialContext.Order, _ size: Size) throws -> [UInt32] {
    let (m, places) = (size.channels, size.height * size.width)
    let latent = try Tensor.uniform([places, m], in: -4...4, seed: 9).elements(Float.self)
    let hyper = try Tensor.uniform([places, 2 * m], in: -2...2, seed: 6).elements(Float.self)
    var (values, found) = ([Float](repeating: .nan, count: places * m), [Float](repeating: .nan, count: places * 2 * m))
    try values.withUnsafeMutableBufferPointer { values in
      try hyper.withUnsafeBufferPointer { hyper in
        let (hyper, values) = (try #require(hyper.baseAddress), try #require(values.baseAddress))
        try context.walk(order, height: size.height, width: size.width, hyper: hyper, values: values) { place, scales, means, values in
          for channel in 0..<m {
            found[place * 2 * m + channel] = scales[channel]
            found[place * 2 * m + m + channel] = means[channel]
            values[channel] = (latent[place * m + channel] - means[channel]).rounded(.toNearestOrEven) + means[channel]
          }
        }
      }
    }
    #expect(!(values + found).contains { $0.isNaN })
    return (values + found).map(\.bitPattern)
  }

  static let walks = [
    (3, 1, 1), (3, 1, 2), (5, 1, 17), (5, 17, 1), (4, 9, 2), (4, 9, 3), (4, 9, 4), (20, 7, 5), (20, 5, 7), (12, 32, 48), (33, 6, 13),
    (192, 4, 11),
  ].map { Size(channels: $0.0, height: $0.1, width: $0.2) }

  @Test(arguments: walks)
  func bothOrdersGiveTheSameBits(size: Size) throws {
    let context = try SerialContext(ContextWeights(ContextModel(channels: size.channels, seeds: SeedSequence(5))))
    #expect(try everything(context, .diagonals, size) == everything(context, .raster, size))
  }

  /// Each place once, and only after those that its kernel reaches.
  @Test(arguments: walks)
  func diagonalsKeepWhatIsNeededBefore(size: Size) {
    let (height, width) = (size.height, size.width)
    var lines = [Int](repeating: -1, count: height * width)
    for number in 0..<PlaceLine.diagonals(height: height, width: width) {
      let line = PlaceLine.diagonal(number, height: height, width: width)
      #expect(line.count <= PlaceLine.longestDiagonal(height: height, width: width))
      for index in 0..<max(0, line.count) {
        #expect(lines[line.place(index)] == -1)
        lines[line.place(index)] = number
      }
    }
    #expect(!lines.contains(-1))
    for (place, line) in lines.enumerated() {
      for tap in 0..<12 {
        let (row, column) = (place / width + tap / 5 - 2, place % width + tap % 5 - 2)
        guard row >= 0, column >= 0, column < width else { continue }
        #expect(lines[row * width + column] < line)
      }
    }
  }

  private func quantized(_ model: ContextModel) throws -> [Float] {
    let latent = try Tensor.uniform([1, model.channels, 3, 5], in: -4...4, seed: 7)
    return try model.quantized(latent, hyper: Tensor.uniform([1, 2 * model.channels, 3, 5], in: -4...4, seed: 8)).values.elements()
  }

  /// In place, as an optimiser does and as the loading of a file.
  @Test func changedWeightsAreSeen() throws {
    let model = try ContextModel(channels: 4, seeds: SeedSequence(1))
    var seen = try [quantized(model)]
    #expect(try quantized(model) == seen[0])
    for (name, parameter) in model.namedParameters() {
      try withoutGradients { try parameter.tensor.assign(parameter.tensor * 1.5 + 0.01) }
      let found = try quantized(model)
      #expect(!seen.contains(found), "\(name)")
      seen.append(found)
      let fresh = try ContextModel(channels: 4, seeds: SeedSequence(2))
      try fresh.load(model.storedState())
      #expect(try quantized(fresh) == found, "\(name)")
    }
    #expect(seen.count == 9)
    let other = try ContextModel(channels: 4, seeds: SeedSequence(3))
    try model.load(other.storedState())
    #expect(try quantized(model) == quantized(other))
  }

  @Test func aReplacedMaskIsSeen() throws {
    let model = try ContextModel(channels: 4, seeds: SeedSequence(1))
    let before = try quantized(model)
    let mask = model.prediction.mask
    mask.tensor = try mask.tensor * 0
    #expect(try quantized(model) != before)
    mask.tensor = try mask.tensor + 1
    #expect(throws: LatentModelError.notCausal) { try quantized(model) }
  }
}
