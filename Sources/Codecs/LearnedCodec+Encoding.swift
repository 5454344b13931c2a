import EntropyCoding
public import Images
import Models
import Torch
import Weights

extension LearnedCodec {
  /// Returns the `.bps` file of each picture.
  ///
  /// The time runs from the 8-bit pixels to the payloads: conversion, padding, analysis, entropy coding. The making of the container is not in
  /// it.
  ///
  /// - Throws: ``CodecError``, and the model's errors, such as missing coder tables.
  public func encode(_ images: [Image]) throws -> [CodedImage] { try encoded(images).coded }

  /// Encodes, and estimates from the latent that was coded.
  public func encodeForEstimation(_ images: [Image]) throws -> (coded: [CodedImage], estimatedBits: () throws -> [Double]?) {
    let result = try encoded(images)
    guard let (model, latent) = result.source else { return (result.coded, { try estimatedBits(images) }) }
    return (
      result.coded,
      { try withoutGradients { try Self.bits(of: model.likelihoods(ofLatent: latent), count: images.count) } }
    )
  }

  /// The files, and the latent that is in them with the model of its densities, where a model tells.
  private func encoded(_ images: [Image]) throws -> (coded: [CodedImage], source: (any TransformCodingModel, Tensor)?) {
    let size = try commonSize(of: images)
    let padding = Container.Padding(width: size.width, height: size.height, toMultipleOf: padMultiple)
    let plan = try plan(count: images.count, width: size.width, height: size.height, padding: padding)
    try synchronize()
    let clock = Stopwatch()
    let (coded, source) = try compress(images, padding: padding, plan: plan)
    let seconds = clock.seconds / Double(images.count)
    guard coded.payloads.allSatisfy({ $0.count == images.count }) else {
      throw CodecError.count(codec: identity, expected: images.count, found: coded.payloads.first?.count ?? 0)
    }
    let files = try images.indices.map { index in
      let payloads = coded.payloads.map { $0[index] }
      let container = try Container(
        modelIdentity: identity, weightsHash: shortHash, arithmetic: arithmetic?.text ?? "", tiling: plan?.note, streamForm: coded.form,
        ratePosition: rate?.coded, width: size.width, height: size.height, padding: padding,
        latentShapes: [Container.SpatialShape(height: coded.latentHeight, width: coded.latentWidth)], payloads: payloads)
      return CodedImage(file: container.encode(), payloadByteCounts: payloads.map(\.count), seconds: seconds)
    }
    return (files, source)
  }

  /// Returns for each picture the sum of −log2 of the likelihoods of all its latents, rounded as in coding.
  public func estimatedBits(_ images: [Image]) throws -> [Double]? {
    let size = try commonSize(of: images)
    let padding = Container.Padding(width: size.width, height: size.height, toMultipleOf: padMultiple)
    let plan = try plan(count: images.count, width: size.width, height: size.height, padding: padding)
    return try withoutGradients {
      let likelihoods =
        try plan.map { try $0.model.likelihoods(ofLatent: latent(of: images, padding: padding, plan: $0)) }
        ?? model.likelihoods(of: tensor(of: images, padding: padding))
      return try Self.bits(of: likelihoods, count: images.count)
    }
  }

  private static func bits(of likelihoods: [(name: String, tensor: Tensor)], count: Int) throws -> [Double] {
    var bits = [Double](repeating: 0, count: count)
    for (_, likelihoods) in likelihoods {
      // 64-bit sums: a large picture has millions of terms.
      let sums = try likelihoods.reshaped([count, -1]).logarithm().to(.float64).sum(over: [1]).elements(Double.self)
      for index in bits.indices { bits[index] -= sums[index] / logarithmOf2 }
    }
    return bits
  }

  private static let logarithmOf2 = 0.693_147_180_559_945_3

  /// The first bytes of the weights' hash, as a file holds them.
  var shortHash: [UInt8] { Array(weightsHash.prefix(Container.weightsHashByteCount)) }

  /// Waits for a device that works in the background, so that the clock does not count what was started before.
  func synchronize() throws {
    if device != .cpu { try Runtime.synchronize(device) }
  }

  private func commonSize(of images: [Image]) throws(CodecError) -> (width: Int, height: Int) {
    precondition(!images.isEmpty, "there must be a picture to code")
    let (width, height) = (images[0].width, images[0].height)
    for image in images where image.width != width || image.height != height {
      throw .differentSizes(width: image.width, height: image.height, otherWidth: width, otherHeight: height)
    }
    return (width, height)
  }

  /// Whether pictures of a size that are coded together are cut into tiles.
  ///
  /// - Throws: ``CodecError`` when the wanted tiles are not possible with the model.
  public func cuts(count: Int, width: Int, height: Int) throws -> Bool {
    try plan(count: count, width: width, height: height, padding: .init(width: width, height: height, toMultipleOf: padMultiple)) != nil
  }

  /// How pictures of one size are cut; nil for not at all.
  func plan(count: Int, width: Int, height: Int, padding: Container.Padding) throws -> TiledTransforms? {
    try tiles.plan(
      count: count, paddedWidth: padding.left + width + padding.right, paddedHeight: padding.top + height + padding.bottom)
  }

  func compress(
    _ images: [Image], padding: Container.Padding, plan: TiledTransforms?
  ) throws -> (coded: CodedBatch, source: (any TransformCodingModel, Tensor)?) {
    try withoutGradients {
      if let plan {
        let latent = try latent(of: images, padding: padding, plan: plan)
        return (try plan.model.compress(latent: latent, form: streamForm), (plan.model, latent))
      }
      let pictures = try StageTrace.measuring(.conversion) { try tensor(of: images, padding: padding) }
      guard let model = model as? any TransformCodingModel else { return (try model.compress(pictures), nil) }
      let latent = try StageTrace.measuring(.analysis) { try model.analyze(pictures) }
      return (try model.compress(latent: latent, form: streamForm), (model, latent))
    }
  }

  private func latent(of images: [Image], padding: Container.Padding, plan: TiledTransforms) throws -> Tensor {
    let (width, height) = (images[0].width, images[0].height)
    return try plan.analyze(
      count: images.count, paddedWidth: padding.left + width + padding.right, paddedHeight: padding.top + height + padding.bottom
    ) { picture, rows, columns in
      guard let part = images[picture].part(rows: rows, columns: columns, left: padding.left, top: padding.top) else {
        return try Tensor.zeros([1, 3, rows.count, columns.count], device: device).contiguous(.channelsLast)
      }
      let around = Container.Padding(
        left: part.x, top: part.y, right: columns.count - part.x - part.image.width, bottom: rows.count - part.y - part.image.height)
      return try tensor(of: [part.image], padding: around)
    }
  }

  func tensor(of images: [Image], padding: Container.Padding) throws -> Tensor {
    let samples = images.count == 1 ? images[0].pixels : images.flatMap(\.pixels)
    let pictures = try Tensor.pictures(
      interleaved: samples, count: images.count, height: images[0].height, width: images[0].width, format: .channelsLast
    ).to(device)
    if padding == Container.Padding() { return pictures }
    return try pictures.padded(left: padding.left, right: padding.right, top: padding.top, bottom: padding.bottom)
      .contiguous(.channelsLast)
  }
}
