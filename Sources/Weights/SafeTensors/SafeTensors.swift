import SafeFiles

/// Reading and writing the safetensors format.
///
/// A file is the header's length in 8 bytes, little endian; the header in JSON; then the tensors' bytes without gaps.
public enum SafeTensors {
  /// The longest header accepted, in bytes; the limit of the format's reference implementation.
  static let longestHeader = 100_000_000

  /// Returns the tensors of the file at `path`, in the header's order.
  ///
  /// - Throws: ``WeightsError`` when the file cannot be read or breaks a rule of the format.
  public static func read(_ path: String) throws(WeightsError) -> StoredTensors {
    try decode(try WeightsFile.bytes(path), name: path)
  }

  /// Returns the tensors in `bytes`; `name` is the file's name for errors.
  ///
  /// - Throws: ``WeightsError`` when the bytes break a rule of the format: a header longer than the file, an unknown type, a repeated name,
  ///   offsets that overlap, leave gaps or lie outside, or a size that does not follow from type and shape.
  public static func decode(_ bytes: [UInt8], name: String) throws(WeightsError) -> StoredTensors {
    try WeightsError.naming(name) { () throws(WeightsProblem) in try decode(bytes) }
  }

  /// Writes `tensors` to `path` in one step; a crash leaves either the old file or the new.
  ///
  /// - Throws: ``WeightsError`` when the file cannot be written.
  public static func write(_ tensors: StoredTensors, to path: String) throws(WeightsError) {
    do throws(FileError) {
      try AtomicFile.write(encode(tensors), to: path)
    } catch {
      throw WeightsError(file: path, problem: .file(error))
    }
  }

  private static func decode(_ bytes: [UInt8]) throws(WeightsProblem) -> StoredTensors {
    var reader = ByteReader(bytes, part: "the header")
    let length = try reader.count64()
    guard length <= longestHeader else {
      throw reader.malformed("a header of \(length) bytes, where at most \(longestHeader) are allowed")
    }
    let headerRange = try reader.range(length)
    let header = try SafeTensorsHeader(ByteReader(bytes, range: headerRange, part: "the header"))
    try checkPlaces(header.entries, dataCount: bytes.count - headerRange.upperBound)
    var tensors = StoredTensors(metadata: header.metadata)
    for entry in header.entries {
      guard let type = ElementType(safeTensorsName: entry.dtype) else { throw .unknownType(tensor: entry.name, type: entry.dtype) }
      guard ElementCount.bytes(shape: entry.shape, type: type) == entry.end - entry.begin else {
        throw .sizeMismatch(tensor: entry.name, shape: entry.shape, type: type, bytes: entry.end - entry.begin)
      }
      let slice = bytes[(headerRange.upperBound + entry.begin)..<(headerRange.upperBound + entry.end)]
      tensors[entry.name] = StoredTensor(type: type, shape: entry.shape, bytes: [UInt8](slice))
    }
    return tensors
  }

  /// Checks that the tensors fill the data one after the other, in any order of the header.
  private static func checkPlaces(_ entries: [SafeTensorsHeader.Entry], dataCount: Int) throws(WeightsProblem) {
    var expected = 0
    for entry in entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard entry.begin == expected, entry.end >= entry.begin, entry.end <= dataCount else {
        throw .misplaced(tensor: entry.name, begin: entry.begin, end: entry.end, expected: expected)
      }
      expected = entry.end
    }
    if expected != dataCount { throw .unusedBytes(dataCount - expected) }
  }
}

extension ElementType {
  /// The type's name in a safetensors header.
  var safeTensorsName: String {
    switch self {
    case .float64: "F64"
    case .float32: "F32"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .int64: "I64"
    case .int32: "I32"
    case .int16: "I16"
    case .int8: "I8"
    case .uint8: "U8"
    case .bool: "BOOL"
    }
  }

  init?(safeTensorsName: String) {
    guard let type = Self.allCases.first(where: { $0.safeTensorsName == safeTensorsName }) else { return nil }
    self = type
  }
}
