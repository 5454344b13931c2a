import Configuration
import Registry
public import Torch
import Weights

/// A network that was written elsewhere, in a TorchScript file.
///
/// Its weights bear the names that they have there. One more buffer holds the SHA-256 of the file, because the operations and constants in it
/// are no weights: it goes into checkpoints and into the hash of the weights, and weights that were trained with another file are refused.
public final class TorchScriptNetwork: Layer {
  /// The name of the buffer with the hash of the file; no TorchScript name has a hyphen.
  static let fingerprintName = "torchscript-sha256"

  private let script: ScriptModule
  private let fingerprint: Buffer
  private let ends: TorchScriptEnds
  private let file: String

  /// Loads the program and tries it on a small input.
  ///
  /// - Throws: `TorchError` when libtorch cannot load it, ``TorchScriptMismatch`` when it does not take or give what `ends` says.
  init(_ file: TorchScriptFile, ends: TorchScriptEnds) throws {
    self.file = file.path
    self.ends = ends
    script = try ScriptModule(file.bytes)
    fingerprint = Buffer(
      try Tensor(file.sha256, shape: [file.sha256.count]),
      loading: .compares { [path = file.path, sha256 = file.sha256] stored in
        guard stored.bytes != sha256 else { return nil }
        let (own, theirs) = (Hash.hexadecimal(sha256).prefix(12), Hash.hexadecimal(stored.bytes).prefix(12))
        return
          "the TorchScript file '\(path)' has the SHA-256 \(own)…, and theirs had \(theirs)…; name the file that they were trained with"
      })
    for case .parameter(let name, let parameter) in script.members where parameter.tensor.elementType != .float32 {
      throw TorchScriptMismatch(
        file: self.file, reason: "has the parameter '\(name)' of \(parameter.tensor), and needed are those of float32")
    }
    try withoutGradients { _ = try forward(Tensor.full(ends.probe, 0.5)) }
  }

  /// The weights under their own names, and the hash of the file.
  public var members: [Member] { script.members + [.buffer(Self.fingerprintName, fingerprint)] }

  /// Returns the output, after checking its shape.
  ///
  /// The input is handed over in row-major order, so that a decoder computes what the encoder did, whatever came before.
  public func forward(_ input: Tensor) throws -> Tensor {
    let output: Tensor
    do {
      output = try script.forward(input.contiguous())
    } catch {
      throw TorchScriptMismatch(file: file, reason: "cannot take \(input.shape)\(ends.input.clause): \(error)")
    }
    if let reason = ends.difference(output, input: input.shape) { throw TorchScriptMismatch(file: file, reason: reason) }
    return output
  }
}

extension TorchScriptNetwork: TrainingModeFollower {
  /// Passes the mode on to the program.
  public func follow(isTraining: Bool) throws { try script.follow(isTraining: isTraining) }
}

/// A network in a TorchScript file that is not what the configuration says.
struct TorchScriptMismatch: Error, Equatable, CustomStringConvertible {
  let file: String
  let reason: String

  var description: String { "the network in '\(file)' \(reason)" }
}
