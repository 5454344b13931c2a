/// What went wrong at the door to libtorch.
public enum TorchError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The library CTorchDoor or libtorch itself cannot be opened; carries the loader's words.
  case unavailable(reason: String)
  /// An operator or another libtorch function failed; carries its name and libtorch's words.
  case failed(operation: String, message: String)
  /// A tensor does not have the element type that was asked for.
  case elementType(expected: String, found: String)
  /// A tensor does not have the shape that was asked for.
  case shape(operation: String, expected: String, found: [Int])

  /// One sentence with the cause and, where there is one, the remedy.
  public var description: String {
    switch self {
    case .unavailable(let reason):
      "libtorch cannot be loaded (\(reason)); run 'make setup && make build', or set LIBTORCH to an existing libtorch 2.13 before building"
    case .failed(let operation, let message):
      "\(operation): \(message.split(separator: "\n").first.map(String.init) ?? message)"
    case .elementType(let expected, let found):
      "a tensor of \(expected) is needed here, but this one holds \(found)"
    case .shape(let operation, let expected, let found):
      "\(operation) needs the shape \(expected), not \(found)"
    }
  }
}
