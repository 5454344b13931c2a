import CTorch

/// A function with a backward of its own.
public enum CustomFunction {
  /// Returns what `forward` computes from `inputs` without gradients, connected to them by `backward`.
  ///
  /// - Parameters:
  ///   - inputs: the tensors with respect to which there are gradients.
  ///   - forward: computes the outputs; nothing in it is recorded.
  ///   - backward: takes the gradient of each output (nil where nothing depends on it) and returns that of each input (nil for none). It runs
  ///     when gradients are computed, without being recorded itself, on whichever thread does that.
  /// - Throws: ``TorchError``, or what `forward` throws; an error of `backward` is thrown where the gradients are computed.
  public static func apply(
    _ inputs: [Tensor], forward: () throws -> [Tensor], backward: @escaping ([Tensor?]) throws -> [Tensor?]
  ) throws -> [Tensor] {
    let outputs = try withoutGradients(forward)
    guard inputs.contains(where: \.requiresGradient), try gradientsAreEnabled() else { return outputs }
    let closure = Unmanaged.passRetained(BackwardClosure(backward)).toOpaque()
    var results = [bp_tensor](repeating: bp_tensor(ctx: nil), count: outputs.count)
    let table = try Door.table()
    let status = Tensor.withHandles(inputs) { inputs in
      Tensor.withHandles(outputs) { outputs in
        table.pointee.attach_backward(
          inputs, Int64(inputs.count), outputs, Int64(outputs.count), closure, BackwardClosure.call, BackwardClosure.release, &results)
      }
    }
    try Door.check(status, "custom function")
    return results.compactMap { Tensor(owning: $0) }
  }

  private static func gradientsAreEnabled() throws(TorchError) -> Bool {
    let table = try Door.table()
    let enabled = table.pointee.set_grad_enabled(true)
    _ = table.pointee.set_grad_enabled(enabled)
    return enabled
  }
}

/// Carries a Swift backward across the door.
private final class BackwardClosure {
  let body: ([Tensor?]) throws -> [Tensor?]

  init(_ body: @escaping ([Tensor?]) throws -> [Tensor?]) { self.body = body }

  static let call: bp_backward = { closure, grads, gradCount, results, resultCount in
    guard let closure, let table = try? Door.table() else { return 1 }
    let box = Unmanaged<BackwardClosure>.fromOpaque(closure).takeUnretainedValue()
    do {
      let given = UnsafeBufferPointer(start: grads, count: Int(gradCount)).map { each in
        each.ctx == nil ? nil : Tensor(owning: table.pointee.retain(each))
      }
      let computed = try withoutGradients { try box.body(given) }
      guard computed.count == Int(resultCount), let results else {
        throw TorchError.failed(
          operation: "custom function", message: "its backward returned \(computed.count) gradients, not \(resultCount)")
      }
      for (index, tensor) in computed.enumerated() {
        results[index] = tensor?.withHandle { table.pointee.retain($0) } ?? bp_tensor(ctx: nil)
      }
      return 0
    } catch {
      table.pointee.set_error("\(error)")
      return 1
    }
  }

  static let release: bp_release_closure = { closure in
    if let closure { Unmanaged<BackwardClosure>.fromOpaque(closure).release() }
  }
}
