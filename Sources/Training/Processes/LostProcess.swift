import Torch

/// Another process of a training is gone, or does not answer in time.
public struct LostProcess: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the connection said.
  public let reason: String

  /// Creates the error with the words of the connection.
  public init(reason: String) { self.reason = reason }

  /// Takes gloo's words without the place in its source and without its advice: `…: [gloo/pair.cc:537] Read error [127.0.0.1]:4: … peer. This is …`.
  init(_ error: TorchError) {
    guard case .failed(_, let message) = error else {
      self.init(reason: "\(error)")
      return
    }
    var text = message.split(separator: "\n").first.map(String.init) ?? message
    if text.hasPrefix("["), let end = text.firstRange(of: "] ") { text = String(text[end.upperBound...]) }
    if let end = text.firstRange(of: ". ") { text = String(text[..<end.lowerBound]) }
    self.init(reason: text)
  }

  /// One sentence.
  public var description: String {
    "another process of the training is gone or did not answer, so all end (\(reason)); the reason may stand in its own messages; go on from the "
      + "last checkpoint with --resume"
  }
}
