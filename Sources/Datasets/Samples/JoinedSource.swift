/// Several data sets as one; the pictures of the first come first.
struct JoinedSource: SampleSource {
  /// A data set among others.
  struct Part: Sendable {
    let source: any SampleSource
    /// The transform of its own; nil for that of the loader.
    let transform: (any ImageTransform)?
  }

  private let parts: [Part]
  private let starts: [Int]
  let groupSizes: [Int]
  let files: [String]?
  let mixture: DatasetMixture?

  /// - Precondition: there is at least one part, none is empty, and there are as many weights, if any.
  init(_ parts: [Part], weights: [Double]?) {
    self.parts = parts
    let counts = parts.map(\.source.count)
    var (starts, sum) = ([Int](), 0)
    for count in counts {
      starts.append(sum)
      sum += count
    }
    self.starts = starts
    groupSizes = parts.flatMap(\.source.groupSizes)
    let lists = parts.compactMap(\.source.files)
    files = lists.count == parts.count ? Array(lists.joined()) : nil
    mixture = weights.map { DatasetMixture(counts: counts, weights: $0) }
  }

  func sample(_ index: Int, draw: SampleDraw, cache: ImageCache?) throws(DatasetError) -> Sample {
    let part = part(of: index)
    return try parts[part].source.sample(index - starts[part], draw: draw, cache: cache)
  }

  func transform(of index: Int) -> (any ImageTransform)? {
    let part = part(of: index)
    return parts[part].transform ?? parts[part].source.transform(of: index - starts[part])
  }

  /// The last part that starts at or before `index`.
  private func part(of index: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= index { low = middle } else { high = middle }
    }
    return low
  }
}
