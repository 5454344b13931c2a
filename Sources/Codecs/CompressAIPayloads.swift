import EntropyCoding
public import Images
import Models
import Torch

/// The coded form of one picture as CompressAI's `compress` returns it and its `decompress` takes it, without a container.
public struct CompressAIPayloads: Sendable, Equatable {
  /// The number whose multiples CompressAI pads the sides of pictures to, whatever the model needs.
  public static let padMultiple = 64

  /// The payloads: those of y, one or one for each group, then that of z where there is one.
  public let strings: [[UInt8]]
  /// The height and the width of the latent that is decoded first, `shape` in CompressAI; nil where only the size of the picture is known.
  public let shape: [Int]?
  /// The width of the picture without padding, in pixels.
  public let width: Int
  /// The height of the picture without padding, in pixels.
  public let height: Int

  /// Creates payloads of a picture of `width` × `height` pixels, which are padded as CompressAI pads.
  public init(strings: [[UInt8]], shape: [Int]? = nil, width: Int, height: Int) {
    self.strings = strings
    self.shape = shape
    self.width = width
    self.height = height
  }

  /// The samples added on the left, above, on the right and below, the picture in the middle.
  public var padding: (left: Int, top: Int, right: Int, bottom: Int) {
    let padding = Container.Padding(width: width, height: height, toMultipleOf: Self.padMultiple)
    return (padding.left, padding.top, padding.right, padding.bottom)
  }
}

extension LearnedCodec {
  /// Returns the payloads of a picture that is padded as CompressAI pads; with the same weights and tables they are those of CompressAI.
  ///
  /// - Throws: ``CodecError/padMultiple(value:sideMultiple:)`` for a model whose sides CompressAI's padding does not suit, and
  ///   ``CodecError/payloadForm(form:)`` for a codec that writes another form than the compatible one.
  public func compressAIPayloads(of image: Image) throws -> CompressAIPayloads {
    guard streamForm == .compatible else { throw CodecError.payloadForm(form: streamForm.rawValue) }
    try checkCompressAIPadding()
    let padding = Container.Padding(width: image.width, height: image.height, toMultipleOf: CompressAIPayloads.padMultiple)
    let plan = try plan(count: 1, width: image.width, height: image.height, padding: padding)
    let coded = try compress([image], padding: padding, plan: plan).coded
    guard coded.payloads.allSatisfy({ $0.count == 1 }) else {
      throw CodecError.count(codec: identity, expected: 1, found: coded.payloads.first?.count ?? 0)
    }
    return CompressAIPayloads(
      strings: coded.payloads.map { $0[0] }, shape: [coded.latentHeight, coded.latentWidth], width: image.width, height: image.height)
  }

  /// Returns the picture of payloads of CompressAI; `name` is what errors call them.
  ///
  /// - Throws: ``CodecError`` when they do not fit the model, and when a payload is damaged or of other weights; ``EntropyCodingError`` for
  ///   sizes that no picture has.
  public func decode(_ payloads: CompressAIPayloads, name: String) throws -> Image {
    try checkCompressAIPadding()
    let multiple = CompressAIPayloads.padMultiple
    let padding = Container.Padding(width: payloads.width, height: payloads.height, toMultipleOf: multiple)
    let padded = (
      height: padding.top + payloads.height + padding.bottom, width: padding.left + payloads.width + padding.right
    )
    guard padded.height * padded.width <= maximumPixelCount else {
      throw EntropyCodingError.containerPixels(
        name: name, pixels: padded.height * padded.width, maximum: maximumPixelCount)
    }
    let latent = Container.SpatialShape(height: padded.height / model.sideMultiple, width: padded.width / model.sideMultiple)
    if let shape = payloads.shape, shape != [latent.height, latent.width] {
      let found = shape.map(String.init).joined(separator: "×")
      throw CodecError.sizes(
        name: name,
        reason:
          "a picture of \(payloads.width)×\(payloads.height) pixels has a latent of \(latent.height)×\(latent.width), and it has \(found)"
      )
    }
    let container = try Container(
      modelIdentity: identity, weightsHash: shortHash, ratePosition: rate?.coded, width: payloads.width, height: payloads.height,
      padding: padding,
      latentShapes: [latent], payloads: payloads.strings)
    try check(container, name: name)
    return try images(in: [container], plan: plan(of: [container]), name: name)[0]
  }

  private func checkCompressAIPadding() throws(CodecError) {
    guard CompressAIPayloads.padMultiple % model.sideMultiple == 0 else {
      throw .padMultiple(value: CompressAIPayloads.padMultiple, sideMultiple: model.sideMultiple)
    }
  }
}
