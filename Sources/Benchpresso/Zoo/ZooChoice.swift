import EntropyCoding
import Weights

/// Which weights are taken when the user names none, or perhaps names them.
struct ZooChoice {
  /// The file.
  let path: String

  /// The weights to code with: those named, else a default model of the zoo.
  ///
  /// - Parameter quality: which of the default models, 1 for the lowest rate; nil for the one in the middle.
  /// - Throws: ``UsageError`` for both, for a quality that there is not, and where there is no zoo.
  init(weights: String?, quality: Int?) throws {
    if let weights {
      guard quality == nil else {
        throw UsageError.needs("--quality chooses a model of the zoo; leave it out where --weights names the file")
      }
      path = try ModelZoo.path(weights)
      return
    }
    let zoo = try ModelZoo.shipped()
    let models = zoo.defaults
    guard !models.isEmpty else { throw UsageError.needs("'\(zoo.folder)' has no default models; name weights with --weights") }
    let number = quality ?? (models.count + 1) / 2
    guard models.indices.contains(number - 1) else {
      throw UsageError.needs("--quality must be between 1 and \(models.count), found \(number)")
    }
    path = models[number - 1].path
    if quality == nil { Console.note("model zoo:\(models[number - 1].name); --quality 1 to \(models.count) or --weights choose another") }
  }

  /// The model of the zoo that a file was coded with.
  ///
  /// - Parameters:
  ///   - zoo: Where it is looked for.
  ///   - maximumPixelCount: the largest picture that may be decoded, with its padding.
  /// - Throws: ``UsageError`` where the zoo has no such model; `EntropyCodingError` for a damaged file.
  init(coded bytes: [UInt8], name: String, in zoo: ModelZoo, maximumPixelCount: Int = Container.maximumPixelCount) throws {
    let container = try Container(decoding: bytes, name: name, maximumPixelCount: maximumPixelCount)
    let identity = Hash.hexadecimal(container.weightsHash)
    guard let model = zoo.model(identity: identity) else {
      throw UsageError.needs(
        "'\(name)' was coded with weights \(identity) of \(container.modelIdentity), which are not in the zoo; name them with --weights")
    }
    path = model.path
  }
}
