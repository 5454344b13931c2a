import CImageCodecs

/// The two shapes of a call into the C codecs.
enum Bridge {
  typealias Message = UnsafeMutablePointer<CChar>

  static func decode(
    format: String, name: String, width: Int, height: Int, call: (UnsafeMutablePointer<UInt8>?, Message) -> Int32
  ) throws(ImageError) -> Image {
    var failure: String?
    // Left uninitialised: pages of a large picture are only taken when rows are really decoded.
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
      failure = words { call(target.baseAddress, $0) }
      count = failure == nil ? width * height * 3 : 0
    }
    if let failure { throw ImageError.damaged(name: name, format: format, reason: failure) }
    return Image(width: width, height: height, pixels: pixels)
  }

  static func encode(
    format: String, call: (UnsafeMutablePointer<bpic_bytes>, Message) -> Int32
  ) throws(ImageError) -> [UInt8] {
    var output = bpic_bytes(data: nil, count: 0)
    if let failure = words({ call(&output, $0) }) { throw ImageError.notEncodable(format: format, reason: failure) }
    defer { bpic_release(&output) }
    return [UInt8](UnsafeBufferPointer(start: output.data, count: output.count))
  }

  /// Returns nil when `call` succeeds, else what the library said.
  private static func words(_ call: (Message) -> Int32) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(BPIC_MESSAGE_LENGTH)) { message in
      guard let start = message.baseAddress else { return "out of memory" }
      start.initialize(repeating: 0, count: message.count)
      return call(start) == 0 ? nil : String(cString: start)
    }
  }
}
