import Images

/// Turns the samples of a step into a batch; the same step gives the same batch on every thread.
struct BatchPipeline: Sendable {
  let files: [String]
  let transform: any ImageTransform
  let seed: UInt64
  let shard: Shard
  let cache: ImageCache?

  /// Returns this process's piece of the batch of the samples `all`; nil when `isCancelled` turns true in between.
  func batch(step: Int, indices all: [Int], isCancelled: () -> Bool) throws(DatasetError) -> Batch? {
    let indices = shard.piece(of: all)
    var pixels: [UInt8] = []
    var size: (width: Int, height: Int)?
    for index in indices {
      if isCancelled() { return nil }
      let image = try sample(index, step: step)
      if let size, let first = indices.first {
        guard size == (image.width, image.height) else {
          throw DatasetError.differentSizes(
            name: files[first], width: size.width, height: size.height, otherName: files[index], otherWidth: image.width,
            otherHeight: image.height)
        }
      } else {
        size = (image.width, image.height)
        pixels.reserveCapacity(image.pixels.count * indices.count)
      }
      pixels += image.pixels
    }
    return Batch(
      step: step, indices: indices, names: indices.map { files[$0] }, width: size?.width ?? 0, height: size?.height ?? 0, pixels: pixels,
      countOfAllProcesses: all.count)
  }

  private func sample(_ index: Int, step: Int) throws(DatasetError) -> Image {
    let name = files[index]
    let image: Image
    do throws(ImageError) {
      if let cache { image = try cache.image(at: name) } else { image = try ImageFile.read(name) }
    } catch {
      throw DatasetError.image(error)
    }
    var random = DeterministicRandom(seed: seed, purpose: .transform, step: step, sample: index)
    do {
      return try transform.apply(image, random: &random)
    } catch let error as PatchError {
      throw DatasetError.smallerThanPatch(name: name, width: error.width, height: error.height, patchSize: error.patchSize)
    } catch {
      throw DatasetError.transform(name: name, reason: "\(error)")
    }
  }
}
