import Downloads
import Images
import SafeFiles

extension FolderManifest {
  /// What is wrong with a file of a folder.
  public struct Finding: Sendable, Equatable, Codable {
    /// The path inside the folder.
    public let path: String
    /// What is wrong, as a phrase: `is missing`.
    public let sentence: String

    /// Says what is wrong with a file.
    public init(path: String, sentence: String) { (self.path, self.sentence) = (path, sentence) }
  }

  /// Compares the files of `folder` with the manifest.
  ///
  /// - Parameters:
  ///   - shouldStop: asked for each file; true throws ``ManifestError/stopped``.
  ///   - progress: told how many files are done, of how many.
  /// - Returns: What is wrong, and the pictures in the folder that the manifest does not name.
  /// - Throws: `FileError` when a file is there and cannot be read, ``ManifestError/stopped``.
  public func verify(
    _ folder: String, shouldStop: () -> Bool = { false }, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> (wrong: [Finding], unknown: [String]) {
    var wrong: [Finding] = []
    for (number, file) in files.enumerated() {
      if shouldStop() { throw ManifestError.stopped }
      let path = "\(folder)/\(file.path)"
      if FilePlace.isFile(path) {
        guard let digest = try FileDigest(of: path, shouldStop: shouldStop) else { throw ManifestError.stopped }
        if digest.size != file.bytes {
          wrong.append(Finding(path: file.path, sentence: "has \(digest.size) bytes instead of \(file.bytes)"))
        } else if digest.sha256 != file.sha256 {
          wrong.append(Finding(path: file.path, sentence: "has other contents: SHA-256 \(digest.sha256) instead of \(file.sha256)"))
        }
      } else {
        wrong.append(Finding(path: file.path, sentence: "is missing"))
      }
      progress(number + 1, files.count)
    }
    let named = Set(files.map(\.path))
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    let present = (try? ImageFolder(whole: folder).files) ?? []
    return (wrong, present.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }.filter { !named.contains($0) })
  }
}

extension KnownDataset {
  /// Compares the pictures of `folder` with the samples that are known of the set.
  ///
  /// - Returns: What is wrong, and the pictures in the folder that are not known.
  /// - Throws: ``DatasetError`` when a picture cannot be read, ``ManifestError/stopped``.
  public func verify(
    _ folder: String, shouldStop: () -> Bool = { false }, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> (wrong: [FolderManifest.Finding], unknown: [String]) {
    var wrong: [FolderManifest.Finding] = []
    for (number, name) in samples.keys.sorted().enumerated() {
      if shouldStop() { throw ManifestError.stopped }
      let path = "\(folder)/\(name)"
      if FilePlace.isFile(path) {
        if let sentence = try sampleMistake(path, name: name) { wrong.append(.init(path: name, sentence: sentence)) }
      } else {
        wrong.append(.init(path: name, sentence: "is missing"))
      }
      progress(number + 1, samples.count)
    }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    let present = (try? ImageFolder(whole: folder).files) ?? []
    return (wrong, present.map { String($0.dropFirst(prefix.count)) }.filter { samples[$0] == nil })
  }

  /// Returns what is wrong with the samples of the picture at `path`, which is called `name` in the set; nil when nothing is, or nothing is known.
  ///
  /// - Throws: ``DatasetError/image(_:)`` when it is no picture.
  public func sampleMistake(_ path: String, name: String) throws(DatasetError) -> String? {
    guard let expected = samples[name] else { return nil }
    let image: Image
    do {
      image = try ImageFile.read(path)
    } catch {
      throw DatasetError.image(error)
    }
    let found = SampleDigest.sha256(image)
    return found == expected ? nil : "has other samples than the picture of the set: SHA-256 \(found) instead of \(expected)"
  }
}
