/// Which names a server on the loopback interface answers to.
///
/// A page of the web can let its own name mean 127.0.0.1 and then read what a server there answers; such a request bears the page's name as its
/// host (DNS rebinding).
struct HostGuard: Sendable, Equatable {
  /// The names in lower case, without port; nil for all.
  private let names: Set<String>?
  private let port: UInt16

  /// - Parameters:
  ///   - isLoopback: Whether only this machine can reach the server; otherwise every name is taken.
  ///   - host: What the user called it.
  init(host: String, address: String, isLoopback: Bool, port: UInt16) {
    names = isLoopback ? [host.lowercased(), address.lowercased(), "localhost", "127.0.0.1", "::1"] : nil
    self.port = port
  }

  /// Whether a request with this `Host` is answered.
  func accepts(_ header: String?) -> Bool {
    guard let names else { return true }
    guard let header, let (name, port) = Self.parts(header.lowercased()) else { return false }
    return names.contains(name) && (port ?? 80) == self.port
  }

  /// `localhost:8421` or `[::1]:8421` taken apart.
  private static func parts(_ text: String) -> (name: String, port: UInt16?)? {
    var (name, rest) = (text[...], text[text.endIndex...])
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      (name, rest) = (text[text.index(after: text.startIndex)..<end], text[text.index(after: end)...])
    } else if let colon = text.firstIndex(of: ":") {
      (name, rest) = (text[..<colon], text[colon...])
    }
    guard !rest.isEmpty else { return (String(name), nil) }
    guard rest.first == ":", let port = UInt16(rest.dropFirst()), rest.dropFirst().allSatisfy(\.isNumber) else { return nil }
    return (String(name), port)
  }
}
