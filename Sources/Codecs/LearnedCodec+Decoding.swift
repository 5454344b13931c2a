import EntropyCoding
import Images
import LatentModels
import Models
import Torch
import Weights

extension LearnedCodec {
  /// Returns the pictures in `.bps` files that were written together.
  ///
  /// The time runs from the payloads to 8-bit pixels: entropy decoding, synthesis, cropping, clamping to 0…1, multiplying by 255 and rounding,
  /// halves to even. The reading of the container is not in it. Of a model of several rates the files state theirs, whatever that of the codec is.
  ///
  /// - Throws: ``CodecError`` when a file is of another model or other weights or does not fit the model, and ``EntropyCodingError`` when it is
  ///   cut or damaged.
  public func decode(_ files: [[UInt8]], name: String) throws -> [DecodedImage] {
    precondition(!files.isEmpty, "there must be a file to decode")
    let containers = try files.map { try Container(decoding: $0, name: name, maximumPixelCount: maximumPixelCount) }
    for container in containers { try check(container, name: name) }
    let first = containers[0]
    for other in containers {
      guard (other.width, other.height) == (first.width, first.height), other.padding == first.padding else {
        throw CodecError.differentSizes(width: other.width, height: other.height, otherWidth: first.width, otherHeight: first.height)
      }
      guard other.ratePosition == first.ratePosition else {
        throw CodecError.sizes(name: name, reason: "it has another rate than a file of its batch")
      }
      guard other.streamForm == first.streamForm else {
        throw CodecError.sizes(
          name: name,
          reason: "its streams are \(other.streamForm.rawValue), and those of another file of its batch \(first.streamForm.rawValue)")
      }
      guard other.payloads.count == first.payloads.count else {
        throw CodecError.sizes(
          name: name, reason: "it has \(other.payloads.count) payloads, and another file of its batch has \(first.payloads.count)")
      }
    }
    let codec = try first.ratePosition.map { try at(RatePosition(coded: $0)) } ?? self
    let plan = try codec.plan(of: containers)
    try synchronize()
    let clock = Stopwatch()
    let images = try codec.images(in: containers, plan: plan, name: name)
    let seconds = clock.seconds / Double(files.count)
    return images.map { DecodedImage(image: $0, seconds: seconds) }
  }

  /// How the pictures of files of one size are cut, whatever their encoder did; nil for not at all.
  func plan(of containers: [Container]) throws -> TiledTransforms? {
    try plan(count: containers.count, width: containers[0].width, height: containers[0].height, padding: containers[0].padding)
  }

  func images(in containers: [Container], plan: TiledTransforms?, name: String) throws -> [Image] {
    let first = containers[0]
    let payloads = first.payloads.indices.map { stream in containers.map { $0.payloads[stream] } }
    let latent = first.latentShapes[0]
    let coded = CodedBatch(payloads: payloads, form: first.streamForm, latentHeight: latent.height, latentWidth: latent.width)
    let arithmetics = containers.map(\.arithmetic)
    if let plan {
      let latent = try decoded(name, writtenWith: arithmetics) { try plan.model.decodedLatent(of: coded) }
      return try withoutGradients {
        try plan.synthesize(latent, padding: first.padding, width: first.width, height: first.height)
      }
    }
    let pictures = try decoded(name, writtenWith: arithmetics) { try model.decompress(coded) }
    let shape = [containers.count, 3, first.paddedHeight, first.paddedWidth]
    guard pictures.shape == shape else {
      throw CodecError.sizes(name: name, reason: "the model decodes \(pictures.shape), and the file announces \(shape)")
    }
    return try StageTrace.measuring(.conversion) {
      let samples = try withoutGradients {
        try pictures.narrowed(2, from: first.padding.top, length: first.height)
          .narrowed(3, from: first.padding.left, length: first.width).interleavedSamples()
      }
      let count = first.width * first.height * 3
      if containers.count == 1 { return [Image(width: first.width, height: first.height, pixels: samples)] }
      return containers.indices.map { index in
        Image(width: first.width, height: first.height, pixels: Array(samples[index * count..<(index + 1) * count]))
      }
    }
  }

  /// Names the file in the errors of its streams, and the cause where it is known.
  ///
  /// The checksum and the hash of the weights have been found right, so that a stream which does not end as it should was most probably read
  /// with other tables than it was written with.
  func decoded(_ name: String, writtenWith arithmetics: [String], _ body: () throws -> Tensor) throws -> Tensor {
    do {
      return try withoutGradients(body)
    } catch let error as EntropyCodingError {
      if let arithmetic, let written = arithmetics.first(where: { !$0.isEmpty && $0 != arithmetic.text }) {
        let remedy = Arithmetic(text: written).map(arithmetic.remedy) ?? "where it was written"
        throw CodecError.otherArithmetic(name: name, written: written, here: arithmetic.text, remedy: remedy)
      }
      throw CodecError.damaged(name: name, reason: error.description)
    } catch LatentModelError.stream(let reason) {
      throw CodecError.damaged(name: name, reason: reason)
    } catch LatentModelError.size(let expected, let found) {
      throw CodecError.sizes(name: name, reason: "\(expected) is needed, and it has \(found)")
    }
  }

  /// Refuses files of other weights and those whose sizes no encoder of this model writes, before anything is allocated for them.
  func check(_ container: Container, name: String) throws(CodecError) {
    guard container.modelIdentity == identity else {
      throw .otherModel(name: name, found: container.modelIdentity, expected: identity)
    }
    guard container.weightsHash == shortHash else {
      throw .otherWeights(
        name: name, model: identity, found: Hash.hexadecimal(container.weightsHash), expected: Hash.hexadecimal(shortHash))
    }
    guard (container.ratePosition == nil) == (rateAxis == nil) else {
      let reason = rateAxis == nil ? "it states a rate, and the model has one" : "it states no rate, and the model has several"
      throw .sizes(name: name, reason: reason)
    }
    if let axis = rateAxis, let position = container.ratePosition, (try? axis.interval(at: RatePosition(coded: position))) == nil {
      throw .sizes(name: name, reason: "it states a rate that the model has not")
    }
    guard model.streamForms.contains(container.streamForm) else {
      throw .sizes(name: name, reason: "its streams are \(container.streamForm.rawValue), and the model has no such streams")
    }
    let multiple = model.sideMultiple
    guard container.paddedWidth % multiple == 0, container.paddedHeight % multiple == 0 else {
      throw .sizes(
        name: name, reason: "its padded size \(container.paddedWidth)×\(container.paddedHeight) is no multiple of \(multiple)")
    }
    let latent = Container.SpatialShape(height: container.paddedHeight / multiple, width: container.paddedWidth / multiple)
    guard container.latentShapes == [latent] else {
      throw .sizes(name: name, reason: "its latent is not \(latent.height)×\(latent.width)")
    }
    guard !container.payloads.isEmpty else { throw .sizes(name: name, reason: "it has no payload") }
  }
}
