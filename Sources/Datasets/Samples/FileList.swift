import Images

/// Pictures that are files.
public struct FileList: SampleSource, Equatable {
  private let paths: [String]
  /// The number of files in each group.
  public let groupSizes: [Int]

  /// Creates a list of files.
  ///
  /// - Precondition: the groups have as many files as there are, and none is empty.
  public init(_ paths: [String], groupSizes: [Int]? = nil) {
    self.paths = paths
    self.groupSizes = groupSizes ?? (paths.isEmpty ? [] : [paths.count])
    precondition(self.groupSizes.reduce(0, +) == paths.count, "every file is in a group")
  }

  /// The files.
  public var files: [String]? { paths }

  /// Returns the picture in file `index`.
  ///
  /// - Throws: ``DatasetError/image(_:)``.
  public func sample(_ index: Int, draw: SampleDraw, cache: ImageCache?) throws(DatasetError) -> Sample {
    try Sample(reading: paths[index], cache: cache)
  }
}

extension Sample {
  /// Reads a picture file, from the cache where it is kept.
  ///
  /// - Throws: ``DatasetError/image(_:)``.
  init(reading path: String, cache: ImageCache?) throws(DatasetError) {
    do throws(ImageError) {
      let image: Image
      if let cache { image = try cache.image(at: path) } else { image = try ImageFile.read(path) }
      self.init(name: path, image: image)
    } catch {
      throw DatasetError.image(error)
    }
  }
}
