import Codecs
import Configuration
import Images
import Models
import Registry
import Torch
import Weights

/// Weights of CompressAI as a model of the catalogue.
struct CompressAIImport {
  let component: Component<ModelKind>
  let model: any CompressionModel
  /// Whether the coder's tables were computed, as the checkpoint lacks them or they were asked for.
  let tablesAreNew: Bool

  /// Reads a checkpoint and loads it into the model that `architecture` means.
  ///
  /// - Parameters:
  ///   - lambda: what the weights were trained with, where it is known.
  ///   - updatesTables: whether the coder's tables are computed even where the checkpoint has them.
  /// - Throws: ``ImportError/architecture(file:name:differences:others:)`` when the tensors are of another model; `WeightsError`.
  init(path: String, architecture: Architecture, lambda: Double?, updatesTables: Bool) throws {
    let weights = try WeightsFile.read(path)
    do {
      component = try architecture.component(for: weights, lambda: lambda)
      model = try architecture.model(component, weights: weights)
    } catch let error where error is StateMismatch || error is ImportError {
      throw ImportError.architecture(
        file: path, name: architecture.name, differences: (error as? StateMismatch)?.differences ?? "\(error)",
        others: architecture.others(fitting: weights))
    }
    let tables = model.namedBuffers().filter { $0.name.hasSuffix("._quantized_cdf") }
    tablesAreNew = updatesTables || tables.contains { (weights[$0.name]?.elementCount ?? 0) == 0 }
    if tablesAreNew { try model.updateTables() }
  }

  /// Decodes payloads of CompressAI, and compares with `decoded.png` where that lies beside them.
  ///
  /// - Parameter rate: that of a model of several; nil for the highest.
  /// - Returns: Whether there was a picture to compare with.
  /// - Throws: `CodecError` when the payloads are of other weights or tables, ``ImportError`` when the picture differs by more than one.
  func verify(_ folder: PayloadFolder, size: PictureSize?, rate: RatePosition? = nil) throws -> Bool {
    try Runtime.setThreads(1)
    let reference = "\(folder.path)/decoded.png"
    let expected = try PathText.exists(reference) ? ImageFile.read(reference) : nil
    let size = size ?? expected.map { PictureSize(width: $0.width, height: $0.height) }
    var options = LearnedCodec.Options()
    options.rate = rate
    let codec = try LearnedCodec(model: model, identity: component.classPath, options: options)
    let image = try codec.decode(folder.read(size: size), name: folder.path)
    guard let expected else { return false }
    guard (image.width, image.height) == (expected.width, expected.height) else { throw ImportError.otherSize(file: reference) }
    let differences = zip(image.pixels, expected.pixels).map { abs(Int($0) - Int($1)) }
    let largest = differences.max() ?? 0
    // The last bits of convolutions differ between processors, so that a sample between two values may be rounded either way.
    guard largest <= 1 else {
      throw ImportError.otherPicture(file: reference, samples: differences.count { $0 > 0 }, of: differences.count, largest: largest)
    }
    return true
  }
}
