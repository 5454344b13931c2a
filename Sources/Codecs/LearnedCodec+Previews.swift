import EntropyCoding
public import Images
import Models
import Torch

/// A picture of the first groups of a coded file.
public struct Preview: Sendable {
  /// How many groups were decoded.
  public let groups: Int
  /// How many groups the file has.
  public let groupCount: Int
  /// The picture.
  public let image: Image
}

extension LearnedCodec {
  /// Returns the pictures of a `.bps` file after equal parts of the groups in which it is coded, the whole picture at the end.
  ///
  /// What is not decoded yet stands at the centre that is predicted for it. Where a picture has fewer groups than stages there are as many pictures as
  /// groups.
  ///
  /// - Parameter stages: how many pictures, 2 or more.
  /// - Throws: ``CodecError`` as ``decode(_:name:)-(_,_)``, and ``CodecError/noStages(name:)`` for a model whose latent is coded in one piece.
  public func previews(_ file: [UInt8], name: String, stages: Int) throws -> [Preview] {
    let opened = try OpenedFile(file, name: name, codec: self)
    let (model, numbers) = try opened.stages(stages)
    let pictures = try decoded(name, writtenWith: [opened.container.arithmetic]) {
      try Tensor.concatenated(model.previews(of: opened.coded, after: numbers.groups))
    }
    let images = try opened.images(pictures)
    return zip(numbers.groups, images).map { Preview(groups: $0, groupCount: numbers.count, image: $1) }
  }

  /// Returns the thumbnail of a `.bps` file, which the model's small network shows of the latent.
  ///
  /// A thumbnail of a picture of W×H pixels has ⌈W/k⌉ × ⌈H/k⌉ of them, or one more on a side that was padded, where k is the network's.
  ///
  /// - Throws: ``CodecError`` as ``decode(_:name:)-(_,_)``, and ``CodecError/noThumbnails(name:)`` for a model without such a network.
  public func thumbnail(_ file: [UInt8], name: String) throws -> Image {
    let opened = try OpenedFile(file, name: name, codec: self)
    let model = try opened.thumbnailModel()
    let pictures = try decoded(name, writtenWith: [opened.container.arithmetic]) {
      try opened.thumbnails(of: model.decodedLatent(of: opened.coded))
    }
    return try opened.images(pictures)[0]
  }

  /// Returns the thumbnails of a `.bps` file after equal parts of the groups in which it is coded.
  ///
  /// - Throws: as ``previews(_:name:stages:)`` and ``thumbnail(_:name:)``.
  public func thumbnails(_ file: [UInt8], name: String, stages: Int) throws -> [Preview] {
    let opened = try OpenedFile(file, name: name, codec: self)
    _ = try opened.thumbnailModel()
    let (model, numbers) = try opened.stages(stages)
    let pictures = try decoded(name, writtenWith: [opened.container.arithmetic]) {
      try Tensor.concatenated(model.latents(of: opened.coded, after: numbers.groups).map { try opened.thumbnails(of: $0) })
    }
    return try zip(numbers.groups, opened.images(pictures)).map { Preview(groups: $0, groupCount: numbers.count, image: $1) }
  }
}

/// A coded file with the model at its rate.
private struct OpenedFile {
  let name: String
  let container: Container
  let model: any CompressionModel
  let coded: CodedBatch

  init(_ file: [UInt8], name: String, codec: LearnedCodec) throws {
    self.name = name
    container = try Container(decoding: file, name: name, maximumPixelCount: codec.maximumPixelCount)
    try codec.check(container, name: name)
    model = try container.ratePosition.map { try codec.at(RatePosition(coded: $0)).model } ?? codec.model
    let latent = container.latentShapes[0]
    coded = CodedBatch(
      payloads: container.payloads.map { [$0] }, form: container.streamForm, latentHeight: latent.height, latentWidth: latent.width)
  }

  /// The model, with the numbers of groups after equal parts and the number of all.
  func stages(_ stages: Int) throws -> (model: ComposedModel, (groups: [Int], count: Int)) {
    guard let model = model as? ComposedModel, let count = model.groupCount(of: coded), count > 1 else {
      throw CodecError.noStages(name: name)
    }
    let groups = (1...stages).map { max(1, ($0 * count + stages - 1) / stages) }.reduce(into: [Int]()) { list, group in
      if list.last != group { list.append(group) }
    }
    return (model, (groups, count))
  }

  func thumbnailModel() throws -> any ThumbnailModel {
    guard let model = model as? any ThumbnailModel, model.thumbnailSynthesis != nil else { throw CodecError.noThumbnails(name: name) }
    return model
  }

  func thumbnails(of latent: Tensor) throws -> Tensor {
    guard let thumbnails = try thumbnailModel().thumbnails(of: latent) else { throw CodecError.noThumbnails(name: name) }
    return thumbnails
  }

  /// The pictures `[N, 3, H/k, W/k]` of a padded picture of H × W without what was added around it.
  func images(_ pictures: Tensor) throws -> [Image] {
    let padding = container.padding
    let factor = (container.height + padding.top + padding.bottom) / pictures.shape[2]
    func part(_ first: Int, _ length: Int) -> (first: Int, length: Int) {
      (first / factor, (first + length + factor - 1) / factor - first / factor)
    }
    let (rows, columns) = (part(padding.top, container.height), part(padding.left, container.width))
    return try withoutGradients {
      let samples = try pictures.narrowed(2, from: rows.first, length: rows.length)
        .narrowed(3, from: columns.first, length: columns.length).interleavedSamples()
      let size = rows.length * columns.length * 3
      return (0..<pictures.shape[0]).map { number in
        Image(width: columns.length, height: rows.length, pixels: Array(samples[number * size..<(number + 1) * size]))
      }
    }
  }
}
