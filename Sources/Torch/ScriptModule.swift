import CTorch

/// A TorchScript program with its weights, as `torch.jit.save` writes it: a layer that was written elsewhere.
///
/// Its parameters and buffers bear their own names. They are the tensors that the program computes with: what is written into them counts at
/// the next call. Parameters that require no gradient are frozen. A tensor with several names appears under the first.
public final class ScriptModule: Layer, TrainingModeFollower {
  private let handle: bp_script
  /// The parameters and buffers under their own names, `0.weight`, in the order of the program.
  public private(set) var members: [Member] = []

  /// Loads a program from the bytes of its file; it is in use, not in training.
  ///
  /// - Throws: ``TorchError`` when they are none that libtorch can load, or a weight has a type that Benchpresso does not use.
  public init(_ bytes: [UInt8], device: Device = .cpu) throws(TorchError) {
    var handle = bp_script(ctx: nil)
    let table = try Door.table()
    let status = bytes.withUnsafeBytes { table.pointee.load_script($0.baseAddress, Int64($0.count), device.name, &handle) }
    try Self.check(status, "torch.jit.load")
    self.handle = handle
    members = try Self.members(
      parameters: tensors(table.pointee.script_parameters), buffers: tensors(table.pointee.script_buffers))
    try follow(isTraining: false)
  }

  deinit {
    // The module was loaded, so the door is open.
    if let table = try? Door.table() { table.pointee.release_script(handle) }
  }

  /// Returns what the program's `forward` returns for one tensor.
  ///
  /// The graph runs as it was written: a call computes the same whether it is the first or the hundredth.
  ///
  /// - Throws: ``TorchError`` with the last line of the program's own error, or when the result is not one tensor.
  public func forward(_ input: Tensor) throws(TorchError) -> Tensor {
    var result = bp_tensor(ctx: nil)
    let table = try Door.table()
    try Self.check(input.withHandle { table.pointee.script_forward(handle, $0, &result) }, "forward")
    guard let tensor = Tensor(owning: result) else { throw .failed(operation: "forward", message: "it returns an undefined tensor") }
    return tensor
  }

  /// Sets the program's `training` flags, as `train()` and `eval()` do.
  public func follow(isTraining: Bool) throws(TorchError) {
    try Self.check(try Door.table().pointee.set_script_training(handle, isTraining), isTraining ? "train" : "eval")
  }

  private typealias Named = (name: String, tensor: Tensor)
  private typealias Listing = (bp_script, UnsafeMutableRawPointer?, bp_named_tensor?) -> Int32

  private func tensors(_ list: Listing) throws(TorchError) -> [Named] {
    var found: [Named] = []
    let status = withUnsafeMutablePointer(to: &found) { pointer in
      list(handle, pointer) { closure, name, tensor in
        guard let tensor = Tensor(owning: tensor), let name else { return }
        closure?.assumingMemoryBound(to: [Named].self).pointee.append((String(cString: name), tensor))
      }
    }
    try Self.check(status, "the tensors of a TorchScript program")
    return found
  }

  private static func members(parameters: [Named], buffers: [Named]) throws(TorchError) -> [Member] {
    var seen: Set<UnsafeMutableRawPointer> = []
    var members: [Member] = []
    for (isParameter, list) in [(true, parameters), (false, buffers)] {
      for (name, tensor) in list {
        guard let identity = tensor.withHandle({ $0.ctx }), seen.insert(identity).inserted else { continue }
        guard tensor.elementType != nil else {
          throw .failed(
            operation: "torch.jit.load", message: "its tensor '\(name)' has a type that is not supported, such as a quantised one")
        }
        members.append(
          isParameter
            ? .parameter(name, try Parameter(tensor, isTrained: tensor.requiresGradient))
            : .buffer(name, Buffer(tensor, loading: .overwrites)))
      }
    }
    return members
  }

  /// As ``Door/check(_:_:)``, with the line of libtorch's words that says what went wrong: the last one of a traceback.
  private static func check(_ status: Int32, _ operation: String) throws(TorchError) {
    do {
      try Door.check(status, operation)
    } catch {
      guard case .failed(let operation, let message) = error, message.contains("Traceback of TorchScript") else { throw error }
      throw .failed(operation: operation, message: message.split(separator: "\n").last.map(String.init) ?? message)
    }
  }
}
