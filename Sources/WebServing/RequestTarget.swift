/// The target of a request line, taken apart strictly.
struct RequestTarget: Equatable {
  let path: String
  let query: [WebRequest.Parameter]

  /// Why a target is refused.
  enum Refusal: Error, Equatable {
    /// It is no path: an address of another form, a broken escape, a control character, bytes that are no UTF-8.
    case malformed
    /// It leads out of the site.
    case outside
  }

  /// The longest target that is looked at.
  private static let longest = 8192

  /// Takes a path with its escapes and a query apart.
  init(path raw: String, query rawQuery: String) throws(Refusal) {
    guard raw.utf8.count + rawQuery.utf8.count <= Self.longest, raw.hasPrefix("/"), !raw.hasPrefix("//") else { throw .malformed }
    guard let decoded = Self.decoded(raw.dropFirst()) else { throw .malformed }
    guard decoded.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else { throw .malformed }
    // Escaped slashes and backslashes are of no use here, and they are what tricks are made of.
    let escapes = raw.lowercased()
    guard !escapes.contains("%2f"), !escapes.contains("%5c"), !decoded.contains("\\") else { throw .outside }
    guard !decoded.split(separator: "/", omittingEmptySubsequences: false).contains(where: { $0 == ".." || $0 == "." }) else {
      throw .outside
    }
    path = decoded
    var parameters: [WebRequest.Parameter] = []
    for part in rawQuery.split(separator: "&") {
      let sign = part.firstIndex(of: "=")
      let name = Self.decoded(part[..<(sign ?? part.endIndex)], plusIsSpace: true)
      let value = Self.decoded(sign.map { part[part.index(after: $0)...] } ?? "", plusIsSpace: true)
      guard let name, let value else { throw .malformed }
      parameters.append(WebRequest.Parameter(name: name, value: value))
    }
    query = parameters
  }

  /// A text with its escapes as characters; nil for a broken escape and for what is no UTF-8.
  private static func decoded(_ text: Substring, plusIsSpace: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2)
        guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16),
          digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
        else { return nil }
        rest = rest.dropFirst(2)
        bytes.append(value)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
