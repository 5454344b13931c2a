public import Codecs
import Images
public import Models
import Results
public import Torch
import Weights

/// A learned codec that is timed.
public final class LearnedSubject: MeasuringSubject {
  /// What results say about it.
  public let facts: SubjectFacts
  private let model: any CompressionModel
  private let codec: LearnedCodec
  private let device: Device
  private var cell: MeasuringCell?
  private var pictures: CellPictures?
  private var tensor: Tensor?

  /// Creates a subject from a model that is ready to code.
  ///
  /// - Parameters:
  ///   - model: the model, on `device`.
  ///   - codec: the codec made of it.
  ///   - weights: where the weights come from, in a few words.
  public init(model: any CompressionModel, codec: LearnedCodec, device: Device, weights: String) throws {
    (self.model, self.codec, self.device) = (codec.model, codec, device)
    facts = SubjectFacts(
      threads: try Runtime.threads(), libtorchVersion: try Runtime.version(), parameterCount: model.parameterCount, weights: weights,
      weightsSHA256: Hash.hexadecimal(codec.weightsHash))
  }

  /// Makes the pictures and counts multiply–accumulates in a first pass.
  ///
  /// - Throws: ``MeasuringError`` where `transform` is asked of a model without ``CodingTransforms``.
  public func prepare(_ cell: MeasuringCell) throws -> CellFacts {
    self.cell = cell
    if let threads = cell.threads { try Runtime.setThreads(threads) }
    var facts = CellFacts(memoryBeforeBytes: Machine.residentBytes)
    if cell.what != .transform || cell.pictures.isFiles { pictures = try CellPictures(cell) }
    // What is counted is a pass over whole pictures, which is not what a codec does that cuts them.
    if cell.what != .transform, try !cell.countsOperations || codec.cuts(count: cell.batchSize, width: cell.width, height: cell.height) {
      return facts
    }
    guard let transforms = model as? any CodingTransforms else {
      guard cell.what != .transform else { throw MeasuringError.noTransforms(model: codec.identity) }
      return facts
    }
    try withoutGradients {
      let input = try networkInput(cell)
      var latents: [Tensor] = []
      facts.encodingMultiplyAccumulates = try LayerTrace.recording { latents = try transforms.encodingTransforms(input) }
        .multiplyAccumulates
      facts.decodingMultiplyAccumulates =
        try LayerTrace.recording { _ = try transforms.decodingTransforms(latents) }.multiplyAccumulates
      if cell.what == .transform, !cell.pictures.isFiles { tensor = input }
    }
    return facts
  }

  /// Encodes and decodes the batch of a round.
  public func measure(round: Int) throws -> Repetition {
    guard let cell else { throw MeasuringError.notPrepared }
    switch cell.what {
    case .transform: return try transform(round: round, cell)
    case .codec: return try code(round: round, cell, stages: false)
    case .stages: return try code(round: round, cell, stages: true)
    }
  }

  private func transform(round: Int, _ cell: MeasuringCell) throws -> Repetition {
    guard let transforms = model as? any CodingTransforms else { throw MeasuringError.noTransforms(model: codec.identity) }
    return try withoutGradients {
      let input = try tensor ?? paddedTensor(of: pictures?.batch(round: round) ?? [], cell)
      let (latents, encoding) = try timed { try transforms.encodingTransforms(input) }
      let (_, decoding) = try timed { try transforms.decodingTransforms(latents) }
      return Repetition(encoding: encoding, decoding: decoding)
    }
  }

  private func code(round: Int, _ cell: MeasuringCell, stages: Bool) throws -> Repetition {
    guard let batch = pictures?.batch(round: round) else { throw MeasuringError.notPrepared }
    func recorded<Value>(_ body: () throws -> Value) throws -> (Value, [Repetition.Stage]) {
      guard stages else { return (try body(), []) }
      let (value, records) = try StageTrace.recording(on: device, body)
      return (value, Repetition.Stage.sums(of: records))
    }
    let (coded, encodingStages) = try recorded { try codec.encode(batch) }
    let (decoded, decodingStages) = try recorded { try codec.decode(coded.map(\.file), name: "the measured file") }
    guard coded.count == batch.count, decoded.count == batch.count else { throw MeasuringError.count(codec: codec.identity) }
    // Each picture's time is its share of the batch.
    var repetition = Repetition(
      encoding: coded.reduce(0) { $0 + $1.seconds }, decoding: decoded.reduce(0) { $0 + $1.seconds })
    (repetition.encodingStages, repetition.decodingStages) = (encodingStages, decodingStages)
    repetition.payloadBits = coded.reduce(0) { $0 + $1.payloadByteCount * 8 }
    return repetition
  }

  private func timed<Value>(_ body: () throws -> Value) throws -> (Value, Double) {
    try synchronize()
    let clock = Stopwatch()
    let value = try body()
    try synchronize()
    return (value, clock.seconds)
  }

  /// What the networks get: normal random numbers, or photographs.
  private func networkInput(_ cell: MeasuringCell) throws -> Tensor {
    if case .random(let seed) = cell.pictures {
      return try Tensor.normal([cell.batchSize, 3, padded(cell.height), padded(cell.width)], seed: seed).to(device)
    }
    return try paddedTensor(of: pictures?.batch(round: 0) ?? [], cell)
  }

  private func paddedTensor(of images: [Image], _ cell: MeasuringCell) throws -> Tensor {
    let samples = images.flatMap(\.pixels)
    let tensor = try Tensor.pictures(
      interleaved: samples, count: images.count, height: cell.height, width: cell.width, format: .channelsLast)
    let (right, bottom) = (padded(cell.width) - cell.width, padded(cell.height) - cell.height)
    guard right + bottom > 0 else { return try tensor.to(device) }
    return try tensor.padded(left: 0, right: right, top: 0, bottom: bottom).contiguous(.channelsLast).to(device)
  }

  private func padded(_ side: Int) -> Int { (side + model.sideMultiple - 1) / model.sideMultiple * model.sideMultiple }

  private func synchronize() throws {
    if device != .cpu { try Runtime.synchronize(device) }
  }
}

extension PictureSource {
  /// Whether they are files.
  var isFiles: Bool { if case .random = self { false } else { true } }
}

extension Repetition.Stage {
  /// The stages in the order of the work, those that occur several times added up.
  static func sums(of records: [StageTrace.Record]) -> [Repetition.Stage] {
    var order: [CodingStage] = []
    var sums: [CodingStage: Double] = [:]
    for record in records {
      if sums[record.stage] == nil { order.append(record.stage) }
      sums[record.stage, default: 0] += record.seconds
    }
    return order.map { Repetition.Stage(stage: $0.rawValue, seconds: sums[$0] ?? 0) }
  }
}
