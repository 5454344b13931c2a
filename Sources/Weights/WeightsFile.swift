import SafeFiles

/// Reading weights whatever their file format.
public enum WeightsFile {
  /// Returns the tensors of the safetensors file or PyTorch checkpoint at `path`, with current parameter names.
  ///
  /// The format is told by the first bytes, not by the suffix. Names are made current as ``TorchCheckpoint/read(_:)`` says in both
  /// formats, because old checkpoints are also passed on as safetensors; files of Benchpresso are taken as they are.
  /// - Throws: ``WeightsError`` when the file cannot be read, is of neither format or breaks a rule of its format.
  public static func read(_ path: String) throws(WeightsError) -> StoredTensors {
    try decode(try bytes(path), name: path)
  }

  /// Returns the tensors in the contents of a weights file as ``read(_:)`` does; `name` is the file's name for errors.
  ///
  /// - Throws: ``WeightsError`` as ``read(_:)`` does.
  public static func decode(_ bytes: [UInt8], name: String) throws(WeightsError) -> StoredTensors {
    switch FileKind(bytes) {
    case .safeTensors:
      let tensors = try SafeTensors.decode(bytes, name: name)
      // Our own names are current, and networks of others may have names that only look old.
      if tensors.metadata["benchpresso.format"] != nil { return tensors }
      return try WeightsError.naming(name) { () throws(WeightsProblem) in try ParameterNames.current(tensors) }
    case .zipCheckpoint, .legacyCheckpoint:
      return try TorchCheckpoint.decode(bytes, name: name)
    case .other(let looksLike):
      throw WeightsError(file: name, problem: .unknownFormat(looksLike: looksLike))
    }
  }

  /// Returns the SHA-256 hash of the file at `path` in lower-case hexadecimal, 64 characters.
  ///
  /// - Throws: ``WeightsError`` when the file cannot be read.
  public static func sha256(of path: String) throws(WeightsError) -> String {
    Hash.hexadecimal(Hash.sha256(try bytes(path)))
  }

  static func bytes(_ path: String) throws(WeightsError) -> [UInt8] {
    do throws(FileError) {
      return try FileBytes.read(path)
    } catch {
      throw WeightsError(file: path, problem: .file(error))
    }
  }
}
