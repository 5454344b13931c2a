import SafeFiles

extension TorchCheckpoint {
  /// Returns the contents of a checkpoint as torch.save writes a state_dict: a zip archive with a pickle that names tensors alone.
  ///
  /// `torch.load(…, weights_only=True)` reads it as an `OrderedDict`. Equal tensors in equal order give equal bytes; metadata is left out,
  /// since a state_dict has no place for it.
  ///
  /// - Throws: ``WeightsError`` when the file would be larger than 4 GiB; `name` is what it calls the file.
  public static func encode(_ tensors: StoredTensors, name: String) throws(WeightsError) -> [UInt8] {
    try WeightsError.naming(name) { () throws(WeightsProblem) in
      let size = tensors.reduce(0) { $0 + $1.tensor.bytes.count }
      guard size <= ZipWriter.largestSize else { throw .archiveTooLarge(bytes: size, limit: ZipWriter.largestSize) }
      var zip = ZipWriter(capacity: size + 256 * tensors.count + 4096)
      zip.add("archive/data.pkl", PickleWriter.stateDictionary(tensors))
      zip.add("archive/byteorder", Array("little".utf8))
      for (index, (_, tensor)) in tensors.enumerated() { zip.add("archive/data/\(index)", tensor.bytes) }
      zip.add("archive/version", Array("3\n".utf8))
      return try zip.archive()
    }
  }

  /// Writes `tensors` to `path` in one step, in the form of ``encode(_:name:)``; a crash leaves either the old file or the new.
  ///
  /// - Throws: ``WeightsError`` when the file cannot be written or would be larger than 4 GiB.
  public static func write(_ tensors: StoredTensors, to path: String) throws(WeightsError) {
    let bytes = try encode(tensors, name: path)
    do throws(FileError) {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw WeightsError(file: path, problem: .file(error))
    }
  }
}
