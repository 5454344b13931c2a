/// The one thing that is read from EXIF data.
enum EXIF {
  /// Returns the orientation in the APP1 segment `segment`; nil when it is no EXIF segment, `.upright` when it names none or a wrong one.
  ///
  /// The segment is a TIFF header (byte order, 42, offset of the first directory) and directories of 12-byte entries.
  /// Every offset is checked against the segment; only the first directory is looked at.
  static func orientation(in segment: ArraySlice<UInt8>) -> Orientation? {
    let prefix: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0x00, 0x00]  // "Exif", 0, 0
    guard segment.starts(with: prefix) else { return nil }
    let bytes = Array(segment.dropFirst(prefix.count))
    guard bytes.count >= 8 else { return .upright }
    let littleEndian: Bool
    switch (bytes[0], bytes[1]) {
    case (0x49, 0x49): littleEndian = true
    case (0x4D, 0x4D): littleEndian = false
    default: return .upright
    }
    let number = { (start: Int, length: Int) -> Int? in
      guard start >= 0 && start <= bytes.count - length else { return nil }
      let digits = bytes[start..<(start + length)]
      return littleEndian ? digits.reversed().reduce(0) { $0 << 8 | Int($1) } : digits.reduce(0) { $0 << 8 | Int($1) }
    }
    guard number(2, 2) == 42, let directory = number(4, 4), let count = number(directory, 2) else { return .upright }
    for index in 0..<count {
      let entry = directory + 2 + index * 12
      guard let tag = number(entry, 2) else { return .upright }
      guard tag == 0x0112 else { continue }
      guard number(entry + 2, 2) == 3, number(entry + 4, 4) == 1, let value = number(entry + 8, 2) else { return .upright }
      return Orientation(rawValue: value) ?? .upright
    }
    return .upright
  }
}
