public import SafeFiles

/// A weights file that cannot be read or written, with the reason.
public struct WeightsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name of the file concerned.
  public let file: String
  /// What is wrong with it.
  public let problem: WeightsProblem

  /// Creates an error about the file called `file`.
  public init(file: String, problem: WeightsProblem) {
    self.file = file
    self.problem = problem
  }

  /// One sentence with the file, the cause and, where there is one, the remedy.
  public var description: String {
    if case .file(let error) = problem { return error.description }
    if case .archiveTooLarge = problem { return "cannot write the weights '\(file)': \(problem)" }
    return "cannot read the weights '\(file)': \(problem)"
  }

  /// Runs `body` and names the file in the problem that it throws.
  static func naming<Value>(_ file: String, _ body: () throws(WeightsProblem) -> Value) throws(WeightsError) -> Value {
    do throws(WeightsProblem) {
      return try body()
    } catch {
      throw WeightsError(file: file, problem: error)
    }
  }
}

/// What can be wrong with a weights file.
public enum WeightsProblem: Error, Sendable, Equatable {
  /// The system refused the file operation.
  case file(FileError)
  /// The first bytes are of no known weights file; `looksLike` says what they are, where that can be told.
  case unknownFormat(looksLike: String?)
  /// The file ends inside `part`.
  case cutShort(part: String)
  /// The bytes of `part` break the rules of the format at `offset`, counted from the part's start.
  case malformed(part: String, offset: Int, reason: String)
  /// Two tensors or archive entries have one name.
  case duplicateName(String)
  /// A tensor's number type is not among those supported.
  case unknownType(tensor: String, type: String)
  /// A tensor's bytes do not match its type and shape.
  case sizeMismatch(tensor: String, shape: [Int], type: ElementType, bytes: Int)
  /// A tensor's bytes lie outside the file's data, overlap another tensor's or leave a gap before them.
  case misplaced(tensor: String, begin: Int, end: Int, expected: Int)
  /// The data is longer than its tensors.
  case unusedBytes(Int)
  /// An archive entry is compressed.
  case compressedEntry(String)
  /// An archive entry is missing.
  case missingEntry(String)
  /// An archive entry's checksum is wrong.
  case wrongChecksum(String)
  /// The archive is a compiled program, not a checkpoint.
  case compiledProgram
  /// The numbers are stored most significant byte first.
  case bigEndian
  /// The pickle names a function or a class that this reader does not know.
  case forbiddenGlobal(String)
  /// The tensor reaches outside its storage.
  case outsideStorage(tensor: String, storage: String)
  /// The tensors repeat the file's bytes so often that they would take more than `limit` bytes.
  case tooLarge(limit: Int)
  /// The checkpoint that is to be written has more bytes than its format can count.
  case archiveTooLarge(bytes: Int, limit: Int)
  /// No dictionary of tensors was found; `keys` are the names on the top level.
  case noTensors(keys: [String])
}

extension WeightsProblem: CustomStringConvertible {
  /// The cause and, where there is one, the remedy; without the file's name.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .unknownFormat(let looksLike?): "it is \(looksLike); give a safetensors file or a PyTorch checkpoint (.pth, .pth.tar, .pt, .ckpt)"
    case .unknownFormat(nil): "it is neither a safetensors file nor a PyTorch checkpoint (.pth, .pth.tar, .pt, .ckpt)"
    case .cutShort(let part): "the file ends inside \(part); copy or download it again"
    case .malformed(let part, let offset, let reason): "\(part) is damaged at byte \(offset): \(reason)"
    case .duplicateName(let name): "the name '\(name)' occurs twice"
    case .unknownType(let tensor, let type):
      "the tensor '\(tensor)' has the type '\(type)'; known are \(ElementType.allCases.map(\.rawValue).joined(separator: ", "))"
    case .sizeMismatch(let tensor, let shape, let type, let bytes):
      "the tensor '\(tensor)' has \(bytes) bytes, which is not what \(type) of shape \(shape) takes"
    case .misplaced(let tensor, let begin, let end, let expected):
      "the tensor '\(tensor)' takes the bytes \(begin) to \(end) of the data, but should begin at \(expected) and end inside the file"
    case .unusedBytes(let count): "\(count) bytes at the end belong to no tensor"
    case .compressedEntry(let name): "the archive entry '\(name)' is compressed; unpack the archive and pack it again with 'zip -0'"
    case .missingEntry(let name): "the archive has no entry '\(name)'; save the checkpoint again with torch.save"
    case .wrongChecksum(let name): "the checksum of the archive entry '\(name)' is wrong, so the file is damaged; copy or download it again"
    case .compiledProgram: "it is a TorchScript program; save the model's state_dict() with torch.save instead"
    case .bigEndian: "its numbers are big endian; load and save it again with PyTorch on a little-endian machine"
    case .forbiddenGlobal(let name):
      "the pickle names \(name), which is not a tensor or plain container; refusing to run code from a checkpoint: "
        + "save only the model's state_dict() with torch.save"
    case .outsideStorage(let tensor, let storage): "the tensor '\(tensor)' reaches outside its storage '\(storage)'"
    case .tooLarge(let limit): "its tensors share their bytes so often that they would take more than \(limit) bytes"
    case .archiveTooLarge(let bytes, let limit): "it would have \(bytes) bytes, and a checkpoint of this form has at most \(limit)"
    case .noTensors(let keys):
      keys.isEmpty
        ? "it holds no dictionary of tensors; save the model's state_dict() with torch.save"
        : "it holds no dictionary of tensors, only \(keys.joined(separator: ", ")); save the model's state_dict() with torch.save"
    }
  }
}
