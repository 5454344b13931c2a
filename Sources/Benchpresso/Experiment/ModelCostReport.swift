import Codecs
import Configuration
import Datasets
import Models
import Registry
import Reporting
import Training

/// What a model costs before it is trained, for people and as JSON.
struct ModelCostReport: Encodable {
  let classPath: String
  /// Width and height of the picture.
  let size: PictureSize
  let cost: ModelCost
  /// A step of the training; nil where it cannot be made.
  let training: TrainingNeed?
  /// Why it cannot.
  let trainingProblem: String?
  /// What is worth telling of the configuration.
  let notes: [String]

  /// Builds the model that the words mean and codes small pictures with it.
  ///
  /// - Throws: `ConfigurationError`, what is wrong with the words; what the model throws.
  init(_ words: ConfigurationWords, size: PictureSize, depth: Int, batch: Int?, patch: Int?, catalogue: Catalogue) throws {
    let file = try ExperimentFile(words.request(stage: "fit", environment: ProcessEnvironment.settings), catalogue: catalogue)
    guard file.written["model"].map({ !$0.isNull }) ?? false else {
      throw UsageError.needs("there is no model whose cost could be told; name one with --model CLASS or in --config FILE")
    }
    notes = file.notes.map { "\($0)" }
    self.size = size
    classPath = file.experiment.model.classPath
    let plan: ModelPlan = try catalogue.build(file.experiment.model)
    cost = try ModelCost(
      try plan.build(seed: 0), height: size.height, width: size.width, depth: depth,
      memoryLimit: MemorySize.current.map { $0.available ?? $0.total } ?? 8 << 30)
    do {
      let session = try Session(file.experiment, catalogue: catalogue)
      let side = patch ?? TrainingNeed.patchSize(in: file.written["data"]) ?? 256
      let isWritten = file.written["data"].map { !$0.isNull } ?? false
      training = try TrainingNeed(
        measuring: session, pictures: batch ?? (isWritten ? session.data.batchSize : 16), height: side, width: side)
      trainingProblem = nil
    } catch {
      training = nil
      trainingProblem = "\(error)"
    }
  }

  /// What a process takes that codes the picture with weights of a checkpoint, which it reads with the moments that lie there, in bytes.
  func process(_ tensors: Int) -> Int {
    let checkpoint = Double(cost.parameterCount) * TrainingMemory.checkpointBytesPerParameter
    return Int(Double(tensors) * TrainingMemory.margin + TrainingMemory.processBytes + checkpoint)
  }

  // MARK: JSON

  private enum Key: String, CodingKey {
    case model, width, height, parameters, probes, basis, encoding, decoding, training, parts
    case paddedWidth = "padded_width"
    case paddedHeight = "padded_height"
    case multiplyAccumulates = "multiply_accumulates_per_pixel"
    case otherMultiplyAccumulates = "other_multiply_accumulates_per_pixel"
  }

  private struct Memory: Encodable {
    let tensorBytes: Int
    let processBytes: Int

    enum CodingKeys: String, CodingKey {
      case tensorBytes = "tensor_bytes"
      case processBytes = "process_bytes"
    }
  }

  private struct Training: Encodable {
    let batch, width, height, tensorBytes, fixedBytes, bytesPerPicture, processBytes: Int

    enum CodingKeys: String, CodingKey {
      case batch, width, height
      case tensorBytes = "tensor_bytes"
      case fixedBytes = "fixed_bytes"
      case bytesPerPicture = "bytes_per_picture"
      case processBytes = "process_bytes"
    }

    init(_ need: TrainingNeed) {
      (batch, width, height) = (need.pictures, need.width, need.height)
      (tensorBytes, processBytes) = (need.memory.tensorBytes(pictures: need.pictures), need.bytes)
      (fixedBytes, bytesPerPicture) = (Int(need.memory.fixedBytes), Int(need.memory.bytesPerPicture))
    }
  }

  private struct Part: Encodable {
    let row: ModelCost.Row
    let share: Double?

    enum CodingKeys: String, CodingKey {
      case name, type, depth, parameters, share
      case outputShape = "output_shape"
      case multiplyAccumulates = "multiply_accumulates_per_pixel"
      case activationBytes = "activation_bytes"
      case growsFasterThanPixels = "grows_faster_than_pixels"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(row.name, forKey: .name)
      try container.encode(row.type, forKey: .type)
      try container.encode(row.depth, forKey: .depth)
      try container.encode(row.parameterCount, forKey: .parameters)
      try container.encode(row.outputShape, forKey: .outputShape)
      try container.encode(row.multiplyAccumulatesPerPixel, forKey: .multiplyAccumulates)
      try container.encode(share, forKey: .share)
      try container.encode(row.activationBytes, forKey: .activationBytes)
      try container.encode(row.isQuadratic, forKey: .growsFasterThanPixels)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(classPath, forKey: .model)
    try container.encode(size.width, forKey: .width)
    try container.encode(size.height, forKey: .height)
    try container.encode(cost.width, forKey: .paddedWidth)
    try container.encode(cost.height, forKey: .paddedHeight)
    try container.encode(cost.parameterCount, forKey: .parameters)
    try container.encode(cost.multiplyAccumulatesPerPixel, forKey: .multiplyAccumulates)
    try container.encode(cost.otherMultiplyAccumulatesPerPixel, forKey: .otherMultiplyAccumulates)
    try container.encode(cost.basis, forKey: .basis)
    try container.encode(cost.probes.map { ["height": $0[0], "width": $0[1]] }, forKey: .probes)
    try container.encode(
      Memory(tensorBytes: cost.encodingBytes, processBytes: process(cost.encodingBytes)), forKey: .encoding)
    try container.encode(
      Memory(tensorBytes: cost.decodingBytes, processBytes: process(cost.decodingBytes)), forKey: .decoding)
    try container.encode(training.map { Training($0) }, forKey: .training)
    try container.encode(cost.rows.map { Part(row: $0, share: share(of: $0)) }, forKey: .parts)
  }

  /// The share of a part in all multiply–accumulates.
  func share(of row: ModelCost.Row) -> Double? {
    cost.multiplyAccumulatesPerPixel > 0 ? row.multiplyAccumulatesPerPixel.map { $0 / cost.multiplyAccumulatesPerPixel } : nil
  }
}
