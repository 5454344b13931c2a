import FlyingSocks

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The address of a name of this machine.
struct ServerAddress: Equatable {
  /// In numbers: `127.0.0.1`, `::1`.
  let number: String
  let isVersion6: Bool

  /// Whether only this machine can reach it.
  var isLoopback: Bool { isVersion6 ? number == "::1" : number.hasPrefix("127.") }

  /// Looks the name up; of several addresses the first of version 4 is taken, as browsers find it in most systems.
  init(_ host: String) throws(ServingError) {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_flags = AI_PASSIVE
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      hints.ai_socktype = SOCK_STREAM
    #endif
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    guard code == 0 else { throw .badHost(host, reason: String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(list) }
    var found: [(number: String, isVersion6: Bool)] = []
    var entry = list
    while let current = entry?.pointee {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let isKnown = current.ai_family == AF_INET || current.ai_family == AF_INET6
      if isKnown, getnameinfo(current.ai_addr, current.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 {
        found.append(
          (String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self), current.ai_family == AF_INET6))
      }
      entry = current.ai_next
    }
    guard let best = found.first(where: { !$0.isVersion6 }) ?? found.first else { throw .badHost(host, reason: "it has no address") }
    (number, isVersion6) = best
  }

  /// As sockets want it.
  func socket(port: UInt16) throws -> any SocketAddress {
    if isVersion6 { return try sockaddr_in6.inet6(ip6: number, port: port) }
    return try sockaddr_in.inet(ip4: number, port: port)
  }
}
