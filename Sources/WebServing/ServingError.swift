/// Why a server cannot be started, or has ended.
public enum ServingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another program has the port.
  case portInUse(host: String, port: UInt16)
  /// The system lets only its administrator have the port.
  case portForbidden(port: UInt16)
  /// The name is no address of this machine.
  case badHost(String, reason: String)
  /// Anything else.
  case failed(String)

  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .portInUse(let host, let port):
      "port \(port) of \(host) is in use, perhaps by another 'benchpresso serve'; end that one, or choose another with --port (0 takes a free one)"
    case .portForbidden(let port): "port \(port) is kept for the system's administrator; choose one from 1024 on with --port"
    case .badHost(let host, let reason):
      "'\(host)' is no address of this machine that can be served on (\(reason)); --host takes a name or a number such as 127.0.0.1"
    case .failed(let reason): "the server has ended: \(reason)"
    }
  }
}
