/// The header of a safetensors file: JSON of a fixed form, read strictly and in order.
///
/// `{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …, "__metadata__": {"key": "text"}}`; any other form is an error.
struct SafeTensorsHeader {
  struct Entry {
    let name: String
    let dtype: String
    let shape: [Int]
    let begin: Int
    let end: Int
  }

  let entries: [Entry]
  let metadata: [String: String]

  init(_ reader: ByteReader) throws(WeightsProblem) {
    var json = JSONReader(reader)
    var names: Set<String> = []
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    try json.object { (reader: inout JSONReader, name: String) throws(WeightsProblem) in
      guard names.insert(name).inserted else { throw .duplicateName(name) }
      if name == "__metadata__" {
        metadata = try Self.metadata(&reader)
      } else {
        entries.append(try Self.entry(name, &reader))
      }
    }
    try json.end()
    self.entries = entries
    self.metadata = metadata
  }

  private static func metadata(_ json: inout JSONReader) throws(WeightsProblem) -> [String: String] {
    var metadata: [String: String] = [:]
    try json.object { (reader: inout JSONReader, key: String) throws(WeightsProblem) in
      let text = try reader.string()
      guard metadata.updateValue(text, forKey: key) == nil else { throw .duplicateName(key) }
    }
    return metadata
  }

  private static func entry(_ name: String, _ json: inout JSONReader) throws(WeightsProblem) -> Entry {
    var dtype: String?
    var shape: [Int]?
    var offsets: [Int]?
    try json.object { (reader: inout JSONReader, key: String) throws(WeightsProblem) in
      switch key {
      case "dtype" where dtype == nil: dtype = try reader.string()
      case "shape" where shape == nil: shape = try reader.counts()
      case "data_offsets" where offsets == nil: offsets = try reader.counts()
      default: throw reader.malformed("the tensor '\(name)' has an unknown or repeated field '\(key)'")
      }
    }
    guard let dtype, let shape, let offsets, offsets.count == 2 else {
      throw json.malformed("the tensor '\(name)' needs dtype, shape and two data_offsets")
    }
    return Entry(name: name, dtype: dtype, shape: shape, begin: offsets[0], end: offsets[1])
  }
}
