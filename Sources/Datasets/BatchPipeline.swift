import Images

/// Turns the samples of a step into a batch; the same step gives the same batch on every thread.
struct BatchPipeline: Sendable {
  let source: any SampleSource
  let transform: any ImageTransform
  let seed: UInt64
  let shard: Shard
  let cache: ImageCache?

  /// Returns this process's piece of the batch of the samples `all`; nil when `isCancelled` turns true in between.
  func batch(step: Int, indices all: [Int], isCancelled: () -> Bool) throws(DatasetError) -> Batch? {
    let indices = shard.piece(of: all)
    var pixels: [UInt8] = []
    var names: [String] = []
    var size: (width: Int, height: Int)?
    for index in indices {
      if isCancelled() { return nil }
      let sample = try sample(index, step: step)
      let image = sample.image
      if let size, let first = names.first {
        guard size == (image.width, image.height) else {
          throw DatasetError.differentSizes(
            name: first, width: size.width, height: size.height, otherName: sample.name, otherWidth: image.width,
            otherHeight: image.height)
        }
      } else {
        size = (image.width, image.height)
        pixels.reserveCapacity(image.pixels.count * indices.count)
      }
      pixels += image.pixels
      names.append(sample.name)
    }
    return Batch(
      step: step, indices: indices, names: names, width: size?.width ?? 0, height: size?.height ?? 0, pixels: pixels,
      countOfAllProcesses: all.count)
  }

  private func sample(_ index: Int, step: Int) throws(DatasetError) -> Sample {
    let sample = try source.sample(index, draw: SampleDraw(seed: seed, step: step), cache: cache)
    let (name, transform) = (sample.name, source.transform(of: index) ?? transform)
    var random = DeterministicRandom(seed: seed, purpose: .transform, step: step, sample: index)
    do {
      return Sample(name: name, image: try transform.apply(sample.image, random: &random))
    } catch let error as PatchError {
      throw DatasetError.smallerThanPatch(name: name, width: error.width, height: error.height, patchSize: error.patchSize)
    } catch {
      throw DatasetError.transform(name: name, reason: "\(error)")
    }
  }
}
