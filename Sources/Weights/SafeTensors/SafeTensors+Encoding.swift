extension SafeTensors {
  /// Returns the file contents for `tensors`; equal tensors in equal order give equal bytes.
  ///
  /// The header lists the tensors in their order. Their bytes are ordered by falling element size, so that every tensor begins at a
  /// multiple of its element size, and the header is padded with spaces so that the data begins at a multiple of 8.
  public static func encode(_ tensors: StoredTensors) -> [UInt8] {
    let placed = tensors.indices.sorted { first, second in
      let (left, right) = (tensors[first].tensor.type.byteCount, tensors[second].tensor.type.byteCount)
      return left == right ? first < second : left > right
    }
    var begins = [Int](repeating: 0, count: tensors.count)
    var end = 0
    for index in placed {
      begins[index] = end
      end += tensors[index].tensor.bytes.count
    }
    var header = [UInt8](Self.header(tensors, begins: begins).utf8)
    header.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8))

    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + end)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: header)
    for index in placed { bytes.append(contentsOf: tensors[index].tensor.bytes) }
    return bytes
  }

  private static func header(_ tensors: StoredTensors, begins: [Int]) -> String {
    var members: [String] = []
    if !tensors.metadata.isEmpty {
      let pairs = tensors.metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    for (begin, (name, tensor)) in zip(begins, tensors) {
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(name)):{\"dtype\":\"\(tensor.type.safeTensorsName)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(begin),\(begin + tensor.bytes.count)]}")
    }
    return "{\(members.joined(separator: ","))}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
