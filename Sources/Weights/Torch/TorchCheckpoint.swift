/// Reading PyTorch checkpoints without Python: `.pth`, `.pth.tar`, `.pt` and `.ckpt`, in the zip form and in the older stream form.
///
/// The state_dict is found inside a training checkpoint, so optimiser state, epochs and losses beside it are passed over. Nothing in the
/// file is run: the pickle inside may name tensors and plain containers only.
public enum TorchCheckpoint {
  /// Returns the tensors of the state_dict in the checkpoint at `path`, contiguous, in the file's order, with current names.
  ///
  /// A `module.` or `_orig_mod.` before every name is removed; CompressAI's old names of the bottleneck's parameters, as `_matrices.0` or
  /// `_matrix0`, become `matrices.0`, and beside a bottleneck `downsample` becomes `skip`.
  /// - Throws: ``WeightsError`` when the file cannot be read, is damaged, names anything but tensors and plain containers, is big endian
  ///   or holds no tensors.
  public static func read(_ path: String) throws(WeightsError) -> StoredTensors {
    try decode(try WeightsFile.bytes(path), name: path)
  }

  /// Returns the tensors in the contents of a checkpoint as ``read(_:)`` does; `name` is the file's name for errors.
  ///
  /// - Throws: ``WeightsError`` as ``read(_:)`` does.
  public static func decode(_ bytes: [UInt8], name: String) throws(WeightsError) -> StoredTensors {
    try WeightsError.naming(name) { () throws(WeightsProblem) in try decode(bytes) }
  }

  static func decode(_ bytes: [UInt8], checksAreMade: Bool = true) throws(WeightsProblem) -> StoredTensors {
    switch FileKind(bytes) {
    case .zipCheckpoint: return try ZipCheckpoint(bytes, checksAreMade: checksAreMade).tensors()
    case .legacyCheckpoint: return try LegacyCheckpoint(bytes).tensors()
    case .safeTensors: throw .unknownFormat(looksLike: "a safetensors file")
    case .other(let looksLike): throw .unknownFormat(looksLike: looksLike)
    }
  }

  /// Returns the tensors of the state_dict in what a pickle built, their storages already found.
  static func tensors(root: PickleValue, heap: PickleHeap, storages: inout StorageTable) throws(WeightsProblem) -> StoredTensors {
    var tensors = StoredTensors()
    for (name, reference) in try StateDictionary.find(in: root, heap: heap) {
      tensors[name] = try storages.tensor(reference, name: name)
    }
    return try ParameterNames.current(tensors)
  }
}
