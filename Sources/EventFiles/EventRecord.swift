/// The framing of TensorFlow's record files: length, its check, the data, their check.
enum EventRecord {
  /// Returns the data with what surrounds them in a file.
  static func framed(_ data: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(data.count))
    return length + littleEndian(CRC32C.masked(length)) + data + littleEndian(CRC32C.masked(data))
  }
}
