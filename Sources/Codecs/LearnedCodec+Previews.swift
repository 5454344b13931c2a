import EntropyCoding
public import Images
import Models
import Torch

extension LearnedCodec {
  /// Returns the pictures of a `.bps` file after equal parts of the groups in which it is coded, the whole picture at the end.
  ///
  /// What is not decoded yet stands at the centre that is predicted for it. Where a picture has fewer groups than stages there are as many pictures as
  /// groups.
  ///
  /// - Parameter stages: how many pictures, 2 or more.
  /// - Throws: ``CodecError`` as ``decode(_:name:)-(_,_)``, and ``CodecError/noStages(name:)`` for a model whose latent is coded in one piece.
  public func previews(_ file: [UInt8], name: String, stages: Int) throws -> [(groups: Int, of: Int, image: Image)] {
    let container = try Container(decoding: file, name: name, maximumPixelCount: maximumPixelCount)
    try check(container, name: name)
    let codec = try container.ratePosition.map { try at(RatePosition(coded: $0)) } ?? self
    let latent = container.latentShapes[0]
    let coded = CodedBatch(
      payloads: container.payloads.map { [$0] }, form: container.streamForm, latentHeight: latent.height, latentWidth: latent.width)
    guard let model = codec.model as? ComposedModel, let count = model.groupCount(of: coded), count > 1 else {
      throw CodecError.noStages(name: name)
    }
    let groups = (1...stages).map { max(1, ($0 * count + stages - 1) / stages) }.reduce(into: [Int]()) { list, group in
      if list.last != group { list.append(group) }
    }
    let pictures = try decoded(name, writtenWith: [container.arithmetic]) {
      try Tensor.concatenated(model.previews(of: coded, after: groups))
    }
    return try withoutGradients {
      let samples = try pictures.narrowed(2, from: container.padding.top, length: container.height)
        .narrowed(3, from: container.padding.left, length: container.width).interleavedSamples()
      let size = container.width * container.height * 3
      return groups.enumerated().map { number, group in
        let image = Image(width: container.width, height: container.height, pixels: Array(samples[number * size..<(number + 1) * size]))
        return (group, count, image)
      }
    }
  }
}
